use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::codec::{Count, Hex, Wei};
use super::row::{Attempt, Slot};
use super::{LedgerError, inconsistent};

const COLUMNS: &str = "hash, intent, nonce, raw, max_fee_wei, tip_wei, kind, sent_at_block";

pub(super) fn insert(db: &Connection, attempt: &Attempt) -> Result<(), LedgerError> {
    db.execute(
        "INSERT INTO attempt (hash, intent, nonce, raw, max_fee_wei, tip_wei, kind, sent_at_block)
         VALUES (:hash, :intent, :nonce, :raw, :max_fee, :tip, :kind, :sent)",
        named_params! {
            ":hash": Hex(attempt.hash),
            ":intent": attempt.intent,
            ":nonce": Count(attempt.nonce),
            ":raw": attempt.raw,
            ":max_fee": Wei(attempt.max_fee),
            ":tip": Wei(attempt.tip),
            ":kind": if attempt.bump { "bump" } else { "original" },
            ":sent": attempt.sent_at_block.map(Count),
        },
    )?;
    Ok(())
}

/// The attempts for the nonce of `slot`, oldest first.
pub(super) fn of_slot(db: &Connection, slot: Slot) -> Result<Vec<Attempt>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM attempt WHERE intent = ?1 AND nonce = ?2 ORDER BY id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((slot.intent, Count(slot.nonce)), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn by_hash(db: &Connection, hash: [u8; 32]) -> Result<Attempt, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM attempt WHERE hash = ?1");
    db.prepare_cached(&sql)?
        .query_row([Hex(hash)], read)
        .optional()?
        .ok_or_else(|| inconsistent(format!("there is no attempt 0x{}", hex::encode(hash))))
}

pub(super) fn set_sent(db: &Connection, hash: [u8; 32], block: u64) -> Result<(), LedgerError> {
    db.execute(
        "UPDATE attempt SET sent_at_block = coalesce(sent_at_block, ?2) WHERE hash = ?1",
        (Hex(hash), Count(block)),
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    Ok(Attempt {
        hash: row.get::<_, Hex<32>>("hash")?.0,
        intent: row.get("intent")?,
        nonce: row.get::<_, Count>("nonce")?.0,
        raw: row.get("raw")?,
        max_fee: row.get::<_, Wei>("max_fee_wei")?.0,
        tip: row.get::<_, Wei>("tip_wei")?.0,
        bump: row.get::<_, String>("kind")? == "bump",
        sent_at_block: row.get::<_, Option<Count>>("sent_at_block")?.map(|block| block.0),
    })
}
