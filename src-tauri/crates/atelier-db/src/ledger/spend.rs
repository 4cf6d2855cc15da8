use rusqlite::{Connection, named_params};

use super::LedgerError;
use super::codec::{Count, Hex, Wei};
use super::row::{Foreign, Inclusion, Intent, LaneId, Spend};

pub(super) fn of_intent(db: &Connection, intent: &Intent, inclusion: &Inclusion) -> Result<(), LedgerError> {
    db.execute(
        "INSERT INTO spend (chain_id, signer, hash, intent, campaign, cost_wei, block_number, block_hash)
         VALUES (:chain, :signer, :hash, :intent, :campaign, :cost, :number, :block)",
        named_params! {
            ":chain": Count(intent.lane.chain_id),
            ":signer": Hex(intent.lane.signer),
            ":hash": Hex(inclusion.hash),
            ":intent": intent.id,
            ":campaign": intent.campaign,
            ":cost": Wei(inclusion.cost),
            ":number": Count(inclusion.block_number),
            ":block": Hex(inclusion.block_hash),
        },
    )?;
    Ok(())
}

pub(super) fn of_foreign(db: &Connection, lane: LaneId, foreign: &Foreign) -> Result<(), LedgerError> {
    db.execute(
        "INSERT INTO spend (chain_id, signer, hash, cost_wei, block_number, block_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (
            Count(lane.chain_id),
            Hex(lane.signer),
            Hex(foreign.hash),
            Wei(foreign.cost),
            Count(foreign.block_number),
            Hex(foreign.block_hash),
        ),
    )?;
    Ok(())
}

pub(super) fn remove(db: &Connection, hash: [u8; 32]) -> Result<(), LedgerError> {
    db.execute("DELETE FROM spend WHERE hash = ?1", [Hex(hash)])?;
    Ok(())
}

pub(super) fn total(db: &Connection, lane: LaneId) -> Result<u128, LedgerError> {
    let mut statement =
        db.prepare_cached("SELECT cost_wei FROM spend WHERE chain_id = ?1 AND signer = ?2")?;
    let mut rows = statement.query((Count(lane.chain_id), Hex(lane.signer)))?;
    let mut total: u128 = 0;
    while let Some(row) = rows.next()? {
        total = total.checked_add(row.get::<_, Wei>(0)?.0).ok_or(LedgerError::AmountTooLarge)?;
    }
    Ok(total)
}

pub(super) fn list(db: &Connection, lane: LaneId) -> Result<Vec<Spend>, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT spend.hash, intent.key, spend.campaign, spend.cost_wei, spend.block_number
         FROM spend LEFT JOIN intent ON intent.id = spend.intent
         WHERE spend.chain_id = ?1 AND spend.signer = ?2 ORDER BY spend.id",
    )?;
    let rows = statement.query_map((Count(lane.chain_id), Hex(lane.signer)), |row| {
        Ok(Spend {
            hash: row.get::<_, Hex<32>>(0)?.0,
            key: row.get(1)?,
            campaign: row.get(2)?,
            cost: row.get::<_, Wei>(3)?.0,
            block_number: row.get::<_, Count>(4)?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
