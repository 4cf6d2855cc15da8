use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::codec::{Count, Hex, Wei};
use super::row::{Attention, Intent, IntentState, LaneId, NewIntent};
use super::{LedgerError, inconsistent};

const COLUMNS: &str = "id, key, chain_id, signer, target, calldata, value_wei, gas_limit, campaign, subject, units, \
     reserved_wei, state, attention_code, attention_reason";

pub(super) fn insert(db: &Connection, new: &NewIntent) -> Result<i64, LedgerError> {
    db.execute(
        "INSERT INTO intent (key, payload_hash, chain_id, signer, target, calldata, value_wei, gas_limit, campaign,
                             subject, units, reserved_wei, state)
         VALUES (:key, :payload, :chain, :signer, :target, :calldata, :value, :gas, :campaign,
                 :subject, :units, :hold, 'queued')",
        named_params! {
            ":key": new.key,
            ":payload": Hex(new.payload_hash),
            ":chain": Count(new.lane.chain_id),
            ":signer": Hex(new.lane.signer),
            ":target": new.to.map(Hex),
            ":calldata": new.calldata,
            ":value": Wei(new.value),
            ":gas": new.gas_limit.map(Count),
            ":campaign": new.campaign,
            ":subject": new.subject,
            ":units": Count(new.units),
            ":hold": Wei(new.hold),
        },
    )?;
    Ok(db.last_insert_rowid())
}

pub(super) fn by_key(db: &Connection, key: &str) -> Result<Option<Intent>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM intent WHERE key = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([key], read).optional()?)
}

pub(super) fn by_id(db: &Connection, id: i64) -> Result<Intent, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM intent WHERE id = ?1");
    db.prepare_cached(&sql)?
        .query_row([id], read)
        .optional()?
        .ok_or_else(|| inconsistent(format!("there is no intent {id}")))
}

pub(super) fn payload_hash(db: &Connection, key: &str) -> Result<Option<[u8; 32]>, LedgerError> {
    let found: Option<Hex<32>> =
        db.query_row("SELECT payload_hash FROM intent WHERE key = ?1", [key], |row| row.get(0)).optional()?;
    Ok(found.map(|hash| hash.0))
}

pub(super) fn open(db: &Connection, lane: LaneId) -> Result<Vec<Intent>, LedgerError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM intent WHERE chain_id = ?1 AND signer = ?2
         AND state IN ('queued', 'reserved', 'signed', 'sent', 'included') ORDER BY id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((Count(lane.chain_id), Hex(lane.signer)), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn page(db: &Connection, after: i64, limit: u32) -> Result<Vec<Intent>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM intent WHERE id > ?1 ORDER BY id LIMIT ?2");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((after, limit), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Units of a subject that are taken or may still be: everything but what was refused or found done.
pub(super) fn units(db: &Connection, campaign: &str, subject: &str) -> Result<u64, LedgerError> {
    let sum: Count = db.query_row(
        "SELECT coalesce(sum(units), 0) FROM intent
         WHERE campaign = ?1 AND subject = ?2 AND state NOT IN ('refused', 'reverted', 'done-elsewhere')",
        (campaign, subject),
        |row| row.get(0),
    )?;
    Ok(sum.0)
}

/// Moves an intent, only out of one of the states `from`.
pub(super) fn step(
    db: &Connection,
    id: i64,
    from: &[IntentState],
    to: IntentState,
) -> Result<Intent, LedgerError> {
    let now = by_id(db, id)?;
    if !from.contains(&now.state) {
        return Err(inconsistent(format!(
            "\"{}\" is {} and cannot become {}",
            now.key,
            now.state.name(),
            to.name()
        )));
    }
    db.execute("UPDATE intent SET state = ?2 WHERE id = ?1", (id, to.name()))?;
    Ok(now)
}

pub(super) fn set_reserved(db: &Connection, id: i64, wei: u128) -> Result<(), LedgerError> {
    db.execute("UPDATE intent SET reserved_wei = ?2 WHERE id = ?1", (id, Wei(wei)))?;
    Ok(())
}

pub(super) fn set_gas_limit(db: &Connection, id: i64, gas: u64) -> Result<(), LedgerError> {
    db.execute("UPDATE intent SET gas_limit = ?2 WHERE id = ?1", (id, Count(gas)))?;
    Ok(())
}

pub(super) fn set_attention(db: &Connection, id: i64, why: Option<&Attention>) -> Result<(), LedgerError> {
    db.execute(
        "UPDATE intent SET attention_code = ?2, attention_reason = ?3 WHERE id = ?1",
        (id, why.map(|why| &why.code), why.map(|why| &why.reason)),
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Intent> {
    let state: String = row.get("state")?;
    let state = IntentState::ALL.into_iter().find(|known| known.name() == state).ok_or_else(|| {
        let unknown = format!("unknown intent state {state}");
        rusqlite::Error::FromSqlConversionFailure(12, rusqlite::types::Type::Text, unknown.into())
    })?;
    let code: Option<String> = row.get("attention_code")?;
    let reason: Option<String> = row.get("attention_reason")?;
    Ok(Intent {
        id: row.get("id")?,
        key: row.get("key")?,
        lane: LaneId {
            chain_id: row.get::<_, Count>("chain_id")?.0,
            signer: row.get::<_, Hex<20>>("signer")?.0,
        },
        to: row.get::<_, Option<Hex<20>>>("target")?.map(|to| to.0),
        calldata: row.get("calldata")?,
        value: row.get::<_, Wei>("value_wei")?.0,
        gas_limit: row.get::<_, Option<Count>>("gas_limit")?.map(|gas| gas.0),
        campaign: row.get("campaign")?,
        subject: row.get("subject")?,
        units: row.get::<_, Count>("units")?.0,
        reserved: row.get::<_, Wei>("reserved_wei")?.0,
        state,
        attention: code.zip(reason).map(|(code, reason)| Attention { code, reason }),
    })
}
