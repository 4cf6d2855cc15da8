use alloy::primitives::B256;

use crate::{
    Attempt, Attention, Campaign, Cap, Foreign, Inclusion, Intent, LaneId, NewIntent, RelayError, Slot, State,
};

/// What [`Ledger::enqueue`] found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enqueued {
    /// The stored intent.
    pub intent: Intent,
    /// False when the key was known already.
    pub fresh: bool,
}

/// The durable side of the outbox. **Every method is one transaction, on disk when it returns.** Calls are
/// short (well under a millisecond on a disk that is awake), so they are not async.
///
/// A method that finds the intent in a state it cannot leave that way answers
/// [`RelayError::LedgerInconsistent`] and changes nothing.
pub trait Ledger: Send + Sync {
    /// Opens a budget, or moves its limit.
    fn open_campaign(&self, id: &str, limit: u128) -> Result<Campaign, RelayError>;

    /// Reads a budget.
    fn campaign(&self, id: &str) -> Result<Option<Campaign>, RelayError>;

    /// Stores an intent, once per key: a known key answers the stored row and changes nothing.
    ///
    /// # Errors
    /// [`RelayError::KeyConflict`] when the known key has another payload hash,
    /// [`RelayError::CampaignUnknown`], [`RelayError::CapReached`],
    /// [`RelayError::BudgetExhausted`] when the hold does not fit.
    fn enqueue(&self, new: &NewIntent, cap: Option<Cap>) -> Result<Enqueued, RelayError>;

    /// The intent with this key.
    fn intent(&self, key: &str) -> Result<Option<Intent>, RelayError>;

    /// All intents of a lane that are not terminal, oldest first.
    fn open_intents(&self, lane: LaneId) -> Result<Vec<Intent>, RelayError>;

    /// The nonce an intent holds now.
    fn slot(&self, intent: i64) -> Result<Option<Slot>, RelayError>;

    /// Takes the lowest nonce at or above `chain_nonce` that has no row, and reserves `worst_case` in place of
    /// the hold. Queued → reserved.
    ///
    /// # Errors
    /// [`RelayError::BudgetExhausted`].
    fn reserve(
        &self,
        intent: i64,
        chain_nonce: u64,
        gas_limit: u64,
        worst_case: u128,
    ) -> Result<Slot, RelayError>;

    /// Commits signed bytes and raises the reservation to `worst_case` if that is more. Reserved → signed; a
    /// bump leaves the state alone.
    ///
    /// # Errors
    /// [`RelayError::BudgetExhausted`]: then no row was written.
    fn record_attempt(&self, attempt: &Attempt, worst_case: u128) -> Result<(), RelayError>;

    /// The attempts for the slot the intent holds now, oldest first.
    fn attempts(&self, intent: i64) -> Result<Vec<Attempt>, RelayError>;

    /// The attempt was handed to a node when the head was `block`. Signed → sent; kept when sent before.
    fn mark_sent(&self, hash: B256, block: u64) -> Result<(), RelayError>;

    /// A receipt was seen in a block of the header chain. Signed or sent → included.
    fn record_inclusion(&self, inclusion: &Inclusion) -> Result<(), RelayError>;

    /// The inclusion of an intent.
    fn inclusion(&self, intent: i64) -> Result<Option<Inclusion>, RelayError>;

    /// Writes the actual cost to the spend ledger and releases the rest of the reservation. Doing it twice
    /// changes nothing.
    fn settle(&self, intent: i64) -> Result<(), RelayError>;

    /// The block is gone: takes the spend back, reserves `worst_case` again, included → sent. The budget may
    /// pass its limit here, for the money was spent in good faith and the bytes are public.
    fn undo_inclusion(&self, intent: i64, worst_case: u128) -> Result<(), RelayError>;

    /// Included → final or reverted, by the receipt's status.
    fn finish(&self, intent: i64) -> Result<State, RelayError>;

    /// The slot's nonce went to another transaction of the same key: the slot keeps its row, marked foreign, the
    /// cost is written to the spend ledger outside any budget, the intent goes back to queued.
    fn absorb_foreign(&self, intent: i64, foreign: &Foreign) -> Result<(), RelayError>;

    /// Queued → refused or done elsewhere; the hold is released.
    fn set_aside(&self, intent: i64, state: State, why: &Attention) -> Result<(), RelayError>;

    /// Puts a refused intent back to queued (a launch step after its cause was mended).
    fn requeue(&self, intent: i64) -> Result<(), RelayError>;

    /// Sets or clears the note for a person.
    fn note(&self, intent: i64, attention: Option<&Attention>) -> Result<(), RelayError>;

    /// Wei spent by a lane in all, foreign transactions that took our nonces included.
    fn spent(&self, lane: LaneId) -> Result<u128, RelayError>;
}
