//! The relay outbox and its money: `ledger.sqlite`. Never rebuilt, always on disk before it returns.
//!
//! Every public method is one transaction. Methods that move an intent name the states it may come from and
//! answer [`LedgerError::Inconsistent`] otherwise; then nothing has changed.

mod attempt;
mod campaign;
pub(crate) mod codec;
mod error;
mod inclusion;
mod intent;
mod row;
mod slot;
mod spend;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{DbError, file};
use campaign::Limit;
pub use error::LedgerError;
pub use row::{
    Attempt, Attention, Campaign, Foreign, Inclusion, Intent, IntentState, LaneId, NewIntent, Slot, Spend,
};

/// The outbox behind one writer.
pub struct Outbox {
    connection: Mutex<Connection>,
}

impl Outbox {
    /// Opens `ledger.sqlite` of a project.
    ///
    /// # Errors
    /// Those of [`file::open`].
    pub fn open(project: &Path) -> Result<Self, DbError> {
        Ok(Self::over(file::open(project, &file::LEDGER)?))
    }

    /// Takes over a migrated connection to `ledger.sqlite`.
    pub fn over(connection: Connection) -> Self {
        Self { connection: Mutex::new(connection) }
    }

    /// Opens a budget, or moves its limit.
    pub fn open_campaign(&self, id: &str, limit: u128) -> Result<Campaign, LedgerError> {
        self.write(|db| campaign::open(db, id, limit))
    }

    /// Reads a budget.
    pub fn campaign(&self, id: &str) -> Result<Option<Campaign>, LedgerError> {
        campaign::find(&self.lock(), id)
    }

    /// Stores an intent once per key; answers the stored row and whether it is new. `cap` is the most units
    /// its subject may have in the campaign.
    pub fn enqueue(&self, new: &NewIntent, cap: Option<u64>) -> Result<(Intent, bool), LedgerError> {
        self.write(|db| {
            if let Some(known) = intent::by_key(db, &new.key)? {
                if intent::payload_hash(db, &new.key)? == Some(new.payload_hash) {
                    return Ok((known, false));
                }
                return Err(LedgerError::KeyConflict { key: new.key.clone() });
            }
            campaign::known(db, &new.campaign)?;
            if let (Some(limit), Some(subject)) = (cap, &new.subject) {
                let used = intent::units(db, &new.campaign, subject)?;
                if used.saturating_add(new.units) > limit {
                    return Err(LedgerError::CapReached { subject: subject.clone(), used, limit });
                }
            }
            campaign::change_reserved(db, &new.campaign, 0, new.hold, Limit::Enforced)?;
            let id = intent::insert(db, new)?;
            Ok((intent::by_id(db, id)?, true))
        })
    }

    /// The intent with this key.
    pub fn intent(&self, key: &str) -> Result<Option<Intent>, LedgerError> {
        intent::by_key(&self.lock(), key)
    }

    /// Intents in enqueuing order, after row `after` (0 for the start).
    pub fn intents(&self, after: i64, limit: u32) -> Result<Vec<Intent>, LedgerError> {
        intent::page(&self.lock(), after, limit)
    }

    /// The intents of a lane that are not terminal, oldest first.
    pub fn open_intents(&self, lane: LaneId) -> Result<Vec<Intent>, LedgerError> {
        intent::open(&self.lock(), lane)
    }

    /// The nonce an intent holds now.
    pub fn slot(&self, intent: i64) -> Result<Option<Slot>, LedgerError> {
        slot::live(&self.lock(), intent)
    }

    /// Takes the lowest free nonce at or above `chain_nonce` and reserves `worst_case` in place of the hold.
    pub fn reserve(
        &self,
        id: i64,
        chain_nonce: u64,
        gas_limit: u64,
        worst_case: u128,
    ) -> Result<Slot, LedgerError> {
        self.write(|db| {
            let intent = intent::step(db, id, &[IntentState::Queued], IntentState::Reserved)?;
            campaign::change_reserved(db, &intent.campaign, intent.reserved, worst_case, Limit::Enforced)?;
            intent::set_reserved(db, id, worst_case)?;
            intent::set_gas_limit(db, id, gas_limit)?;
            intent::set_attention(db, id, None)?;
            let nonce = slot::lowest_hole(db, intent.lane, chain_nonce)?;
            let taken = Slot { lane: intent.lane, nonce, intent: id };
            slot::insert(db, taken)?;
            Ok(taken)
        })
    }

    /// Commits signed bytes; raises the reservation to `worst_case` if that is more.
    pub fn record_attempt(&self, attempt: &Attempt, worst_case: u128) -> Result<(), LedgerError> {
        self.write(|db| {
            let intent = if attempt.bump {
                intent::step(db, attempt.intent, &[IntentState::Sent], IntentState::Sent)?
            } else {
                intent::step(db, attempt.intent, &[IntentState::Reserved], IntentState::Signed)?
            };
            let held = slot::live(db, intent.id)?;
            if held.is_none_or(|slot| slot.nonce != attempt.nonce) {
                return Err(inconsistent(format!(
                    "\"{}\" does not hold nonce {}",
                    intent.key, attempt.nonce
                )));
            }
            if worst_case > intent.reserved {
                campaign::change_reserved(
                    db,
                    &intent.campaign,
                    intent.reserved,
                    worst_case,
                    Limit::Enforced,
                )?;
                intent::set_reserved(db, intent.id, worst_case)?;
            }
            attempt::insert(db, attempt)
        })
    }

    /// The attempts for the nonce the intent holds now, oldest first.
    pub fn attempts(&self, intent: i64) -> Result<Vec<Attempt>, LedgerError> {
        let db = self.lock();
        match slot::live(&db, intent)? {
            Some(slot) => attempt::of_slot(&db, slot),
            None => Ok(Vec::new()),
        }
    }

    /// The attempt was handed to a node when the head was `block`.
    pub fn mark_sent(&self, hash: [u8; 32], block: u64) -> Result<(), LedgerError> {
        self.write(|db| {
            let attempt = attempt::by_hash(db, hash)?;
            intent::step(db, attempt.intent, &[IntentState::Signed, IntentState::Sent], IntentState::Sent)?;
            attempt::set_sent(db, hash, block)
        })
    }

    /// A receipt was seen in a block of the header chain.
    pub fn record_inclusion(&self, inclusion: &Inclusion) -> Result<(), LedgerError> {
        self.write(|db| {
            let attempt = attempt::by_hash(db, inclusion.hash)?;
            if attempt.intent != inclusion.intent {
                return Err(inconsistent("a receipt belongs to another intent".to_owned()));
            }
            let from = [IntentState::Signed, IntentState::Sent];
            intent::step(db, inclusion.intent, &from, IntentState::Included)?;
            inclusion::insert(db, inclusion)
        })
    }

    /// The inclusion of an intent.
    pub fn inclusion(&self, intent: i64) -> Result<Option<Inclusion>, LedgerError> {
        inclusion::find(&self.lock(), intent)
    }

    /// Books the actual cost and releases the rest of the reservation. Twice is once.
    pub fn settle(&self, id: i64) -> Result<(), LedgerError> {
        self.write(|db| {
            let (intent, inclusion) = included(db, id)?;
            if inclusion.settled {
                return Ok(());
            }
            spend::of_intent(db, &intent, &inclusion)?;
            campaign::change_reserved(db, &intent.campaign, intent.reserved, 0, Limit::Followed)?;
            campaign::spend(db, &intent.campaign, inclusion.cost)?;
            intent::set_reserved(db, id, 0)?;
            inclusion::set_settled(db, id)
        })
    }

    /// The block is gone: the spend is taken back and `worst_case` reserved again.
    pub fn undo_inclusion(&self, id: i64, worst_case: u128) -> Result<(), LedgerError> {
        self.write(|db| {
            let (intent, inclusion) = included(db, id)?;
            if inclusion.settled {
                spend::remove(db, inclusion.hash)?;
                campaign::unspend(db, &intent.campaign, inclusion.cost)?;
            }
            campaign::change_reserved(db, &intent.campaign, intent.reserved, worst_case, Limit::Followed)?;
            intent::set_reserved(db, id, worst_case)?;
            inclusion::remove(db, id)?;
            intent::step(db, id, &[IntentState::Included], IntentState::Sent)?;
            Ok(())
        })
    }

    /// Included → final or reverted, by the receipt's status.
    pub fn finish(&self, id: i64) -> Result<IntentState, LedgerError> {
        self.write(|db| {
            let (intent, inclusion) = included(db, id)?;
            if !inclusion.settled {
                return Err(inconsistent(format!("\"{}\" is not settled", intent.key)));
            }
            let end = if inclusion.success { IntentState::Final } else { IntentState::Reverted };
            intent::step(db, id, &[IntentState::Included], end)?;
            intent::set_attention(db, id, None)?;
            Ok(end)
        })
    }

    /// The nonce went to another transaction of the same key: the row stays, the cost is booked outside any
    /// budget, the intent is queued again and keeps its reservation as a hold.
    pub fn absorb_foreign(&self, id: i64, foreign: &Foreign) -> Result<(), LedgerError> {
        self.write(|db| {
            let from = [IntentState::Reserved, IntentState::Signed, IntentState::Sent];
            let intent = intent::step(db, id, &from, IntentState::Queued)?;
            let slot = slot::live(db, id)?
                .ok_or_else(|| inconsistent(format!("\"{}\" holds no nonce", intent.key)))?;
            slot::give_away(db, slot, foreign.hash)?;
            spend::of_foreign(db, intent.lane, foreign)
        })
    }

    /// Queued → refused or done elsewhere; the hold is released.
    pub fn set_aside(&self, id: i64, state: IntentState, why: &Attention) -> Result<(), LedgerError> {
        self.write(|db| {
            if !matches!(state, IntentState::Refused | IntentState::DoneElsewhere) {
                return Err(inconsistent(format!("an intent cannot be set aside as {}", state.name())));
            }
            let intent = intent::step(db, id, &[IntentState::Queued], state)?;
            campaign::change_reserved(db, &intent.campaign, intent.reserved, 0, Limit::Followed)?;
            intent::set_reserved(db, id, 0)?;
            intent::set_attention(db, id, Some(why))
        })
    }

    /// Refused → queued.
    pub fn requeue(&self, id: i64) -> Result<(), LedgerError> {
        self.write(|db| {
            intent::step(db, id, &[IntentState::Refused], IntentState::Queued)?;
            intent::set_attention(db, id, None)
        })
    }

    /// Sets or clears the note for a person.
    pub fn note(&self, id: i64, why: Option<&Attention>) -> Result<(), LedgerError> {
        self.write(|db| intent::set_attention(db, id, why))
    }

    /// Wei spent by a lane in all.
    pub fn spent(&self, lane: LaneId) -> Result<u128, LedgerError> {
        spend::total(&self.lock(), lane)
    }

    /// The spendings of a lane, in booking order.
    pub fn spendings(&self, lane: LaneId) -> Result<Vec<Spend>, LedgerError> {
        spend::list(&self.lock(), lane)
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// A panic in the middle of a transaction rolls it back, so the connection stays usable.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn included(db: &Connection, id: i64) -> Result<(Intent, Inclusion), LedgerError> {
    let intent = intent::by_id(db, id)?;
    match inclusion::find(db, id)? {
        Some(inclusion) if intent.state == IntentState::Included => Ok((intent, inclusion)),
        _ => Err(inconsistent(format!("\"{}\" is {} and has no inclusion", intent.key, intent.state.name()))),
    }
}

fn inconsistent(reason: String) -> LedgerError {
    LedgerError::Inconsistent { reason }
}
