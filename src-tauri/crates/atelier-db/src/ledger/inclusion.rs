use rusqlite::{Connection, OptionalExtension, named_params};

use super::LedgerError;
use super::codec::{Count, Hex, Wei};
use super::row::Inclusion;

pub(super) fn insert(db: &Connection, inclusion: &Inclusion) -> Result<(), LedgerError> {
    db.execute(
        "INSERT INTO inclusion (intent, hash, block_number, block_hash, success, gas_used, effective_price_wei,
                                cost_wei, settled)
         VALUES (:intent, :hash, :number, :block, :success, :gas, :price, :cost, 0)",
        named_params! {
            ":intent": inclusion.intent,
            ":hash": Hex(inclusion.hash),
            ":number": Count(inclusion.block_number),
            ":block": Hex(inclusion.block_hash),
            ":success": inclusion.success,
            ":gas": Count(inclusion.gas_used),
            ":price": Wei(inclusion.effective_price),
            ":cost": Wei(inclusion.cost),
        },
    )?;
    Ok(())
}

pub(super) fn find(db: &Connection, intent: i64) -> Result<Option<Inclusion>, LedgerError> {
    let mut statement = db.prepare_cached("SELECT * FROM inclusion WHERE intent = ?1")?;
    Ok(statement
        .query_row([intent], |row| {
            Ok(Inclusion {
                intent,
                hash: row.get::<_, Hex<32>>("hash")?.0,
                block_number: row.get::<_, Count>("block_number")?.0,
                block_hash: row.get::<_, Hex<32>>("block_hash")?.0,
                success: row.get("success")?,
                gas_used: row.get::<_, Count>("gas_used")?.0,
                effective_price: row.get::<_, Wei>("effective_price_wei")?.0,
                cost: row.get::<_, Wei>("cost_wei")?.0,
                settled: row.get("settled")?,
            })
        })
        .optional()?)
}

pub(super) fn set_settled(db: &Connection, intent: i64) -> Result<(), LedgerError> {
    db.execute("UPDATE inclusion SET settled = 1 WHERE intent = ?1", [intent])?;
    Ok(())
}

pub(super) fn remove(db: &Connection, intent: i64) -> Result<(), LedgerError> {
    db.execute("DELETE FROM inclusion WHERE intent = ?1", [intent])?;
    Ok(())
}
