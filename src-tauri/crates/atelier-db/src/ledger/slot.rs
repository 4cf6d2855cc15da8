use rusqlite::{Connection, OptionalExtension};

use super::LedgerError;
use super::codec::{Count, Hex};
use super::row::{LaneId, Slot};

/// The lowest nonce at or above `floor` that has no row.
pub(super) fn lowest_hole(db: &Connection, lane: LaneId, floor: u64) -> Result<u64, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT nonce FROM slot WHERE chain_id = ?1 AND signer = ?2 AND nonce >= ?3 ORDER BY nonce",
    )?;
    let mut rows = statement.query((Count(lane.chain_id), Hex(lane.signer), Count(floor)))?;
    let mut candidate = floor;
    while let Some(row) = rows.next()? {
        if row.get::<_, Count>(0)?.0 != candidate {
            break;
        }
        candidate += 1;
    }
    Ok(candidate)
}

pub(super) fn insert(db: &Connection, slot: Slot) -> Result<(), LedgerError> {
    db.execute(
        "INSERT INTO slot (chain_id, signer, nonce, intent) VALUES (?1, ?2, ?3, ?4)",
        (Count(slot.lane.chain_id), Hex(slot.lane.signer), Count(slot.nonce), slot.intent),
    )?;
    Ok(())
}

pub(super) fn live(db: &Connection, intent: i64) -> Result<Option<Slot>, LedgerError> {
    let sql = "SELECT chain_id, signer, nonce FROM slot WHERE intent = ?1 AND foreign_hash IS NULL";
    Ok(db
        .prepare_cached(sql)?
        .query_row([intent], |row| {
            Ok(Slot {
                lane: LaneId { chain_id: row.get::<_, Count>(0)?.0, signer: row.get::<_, Hex<20>>(1)?.0 },
                nonce: row.get::<_, Count>(2)?.0,
                intent,
            })
        })
        .optional()?)
}

pub(super) fn give_away(db: &Connection, slot: Slot, foreign: [u8; 32]) -> Result<(), LedgerError> {
    db.execute(
        "UPDATE slot SET foreign_hash = ?4 WHERE chain_id = ?1 AND signer = ?2 AND nonce = ?3",
        (Count(slot.lane.chain_id), Hex(slot.lane.signer), Count(slot.nonce), Hex(foreign)),
    )?;
    Ok(())
}
