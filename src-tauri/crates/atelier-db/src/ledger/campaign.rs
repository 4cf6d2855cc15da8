use rusqlite::{Connection, OptionalExtension, Row};

use super::LedgerError;
use super::codec::Wei;
use super::row::Campaign;

pub(super) fn open(db: &Connection, id: &str, limit: u128) -> Result<Campaign, LedgerError> {
    db.execute(
        "INSERT INTO campaign (id, limit_wei) VALUES (?1, ?2)
         ON CONFLICT (id) DO UPDATE SET limit_wei = excluded.limit_wei",
        (id, Wei(limit)),
    )?;
    known(db, id)
}

pub(super) fn find(db: &Connection, id: &str) -> Result<Option<Campaign>, LedgerError> {
    let sql = "SELECT id, limit_wei, reserved_wei, spent_wei FROM campaign WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id], read).optional()?)
}

pub(super) fn known(db: &Connection, id: &str) -> Result<Campaign, LedgerError> {
    find(db, id)?.ok_or_else(|| LedgerError::CampaignUnknown { campaign: id.to_owned() })
}

/// What happens to a reservation when it changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// More is refused when it does not fit.
    Enforced,
    /// The money is committed already (public bytes, a mined transaction): the books follow the facts.
    Followed,
}

/// Replaces an intent's reservation of `old` wei by `new` wei.
pub(super) fn change_reserved(
    db: &Connection,
    id: &str,
    old: u128,
    new: u128,
    limit: Limit,
) -> Result<(), LedgerError> {
    let campaign = known(db, id)?;
    let others = campaign.reserved.saturating_sub(old);
    let left = campaign.limit.saturating_sub(campaign.spent).saturating_sub(others);
    if limit == Limit::Enforced && new > old && new > left {
        return Err(LedgerError::BudgetExhausted { campaign: id.to_owned(), needed: new, left });
    }
    let reserved = others.checked_add(new).ok_or(LedgerError::AmountTooLarge)?;
    db.execute("UPDATE campaign SET reserved_wei = ?2 WHERE id = ?1", (id, Wei(reserved)))?;
    Ok(())
}

/// Adds to what is spent.
pub(super) fn spend(db: &Connection, id: &str, wei: u128) -> Result<(), LedgerError> {
    let spent = known(db, id)?.spent.checked_add(wei).ok_or(LedgerError::AmountTooLarge)?;
    db.execute("UPDATE campaign SET spent_wei = ?2 WHERE id = ?1", (id, Wei(spent)))?;
    Ok(())
}

/// Takes back what was spent in a block that is gone.
pub(super) fn unspend(db: &Connection, id: &str, wei: u128) -> Result<(), LedgerError> {
    let spent = known(db, id)?.spent.saturating_sub(wei);
    db.execute("UPDATE campaign SET spent_wei = ?2 WHERE id = ?1", (id, Wei(spent)))?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Campaign> {
    Ok(Campaign {
        id: row.get("id")?,
        limit: row.get::<_, Wei>("limit_wei")?.0,
        reserved: row.get::<_, Wei>("reserved_wei")?.0,
        spent: row.get::<_, Wei>("spent_wei")?.0,
    })
}
