//! The rows of the ledger, as plain data. Wei are `u128`: fees and costs of real transactions are far below.

/// One queue of nonces: a signer on a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneId {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// The sender.
    pub signer: [u8; 20],
}

/// What should happen, before it has a nonce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIntent {
    /// Idempotency key.
    pub key: String,
    /// Hash over what decides the transaction's effect.
    pub payload_hash: [u8; 32],
    /// Where it is sent from.
    pub lane: LaneId,
    /// Target; `None` creates a contract.
    pub to: Option<[u8; 20]>,
    /// Call data, or creation code.
    pub calldata: Vec<u8>,
    /// Wei sent along.
    pub value: u128,
    /// Gas limit, where fixed.
    pub gas_limit: Option<u64>,
    /// Which budget pays.
    pub campaign: String,
    /// Who it is for.
    pub subject: Option<String>,
    /// How much it counts against a cap.
    pub units: u64,
    /// Wei held in the budget from now on.
    pub hold: u128,
}

/// Where an intent stands. The stored names are those of the `CHECK` in the migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IntentState {
    /// Known, nothing taken.
    Queued,
    /// Has a nonce row and its worst case is reserved.
    Reserved,
    /// Raw bytes are committed.
    Signed,
    /// Handed to a node.
    Sent,
    /// In a block.
    Included,
    /// Deep enough, succeeded.
    Final,
    /// Deep enough, reverted.
    Reverted,
    /// Refused before a nonce was taken.
    Refused,
    /// Found done on chain.
    DoneElsewhere,
}

impl IntentState {
    pub(super) const ALL: [Self; 9] = [
        Self::Queued,
        Self::Reserved,
        Self::Signed,
        Self::Sent,
        Self::Included,
        Self::Final,
        Self::Reverted,
        Self::Refused,
        Self::DoneElsewhere,
    ];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Reserved => "reserved",
            Self::Signed => "signed",
            Self::Sent => "sent",
            Self::Included => "included",
            Self::Final => "final",
            Self::Reverted => "reverted",
            Self::Refused => "refused",
            Self::DoneElsewhere => "done-elsewhere",
        }
    }
}

/// Why a person should look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// Stable code.
    pub code: String,
    /// A sentence.
    pub reason: String,
}

/// A stored intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Row id; grows in enqueuing order.
    pub id: i64,
    /// Idempotency key.
    pub key: String,
    /// Where it is sent from.
    pub lane: LaneId,
    /// Target; `None` creates a contract.
    pub to: Option<[u8; 20]>,
    /// Call data, or creation code.
    pub calldata: Vec<u8>,
    /// Wei sent along.
    pub value: u128,
    /// Gas limit, once known.
    pub gas_limit: Option<u64>,
    /// Which budget pays.
    pub campaign: String,
    /// Who it is for.
    pub subject: Option<String>,
    /// How much it counts against a cap.
    pub units: u64,
    /// Wei now reserved for it.
    pub reserved: u128,
    /// Where it stands.
    pub state: IntentState,
    /// Why a person should look.
    pub attention: Option<Attention>,
}

/// A nonce, as a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Whose nonce.
    pub lane: LaneId,
    /// The nonce.
    pub nonce: u64,
    /// For which intent it was taken.
    pub intent: i64,
}

/// Signed bytes for a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Transaction hash.
    pub hash: [u8; 32],
    /// Its intent.
    pub intent: i64,
    /// Its nonce.
    pub nonce: u64,
    /// EIP-2718 bytes.
    pub raw: Vec<u8>,
    /// `maxFeePerGas` in wei.
    pub max_fee: u128,
    /// `maxPriorityFeePerGas` in wei.
    pub tip: u128,
    /// A bump of an earlier attempt.
    pub bump: bool,
    /// Head number when first handed to a node.
    pub sent_at_block: Option<u64>,
}

/// The block that holds an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inclusion {
    /// Its intent.
    pub intent: i64,
    /// Which attempt.
    pub hash: [u8; 32],
    /// Block number.
    pub block_number: u64,
    /// Block hash.
    pub block_hash: [u8; 32],
    /// Receipt status.
    pub success: bool,
    /// Gas used.
    pub gas_used: u64,
    /// `effectiveGasPrice` in wei.
    pub effective_price: u128,
    /// Wei that left the signer.
    pub cost: u128,
    /// The cost is in the spend table.
    pub settled: bool,
}

/// A transaction of the same key made elsewhere that took one of our nonces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// Its hash.
    pub hash: [u8; 32],
    /// Block number.
    pub block_number: u64,
    /// Block hash.
    pub block_hash: [u8; 32],
    /// Wei it cost the signer.
    pub cost: u128,
}

/// A budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: String,
    /// What may be spent in all.
    pub limit: u128,
    /// Held for what is not settled.
    pub reserved: u128,
    /// Settled.
    pub spent: u128,
}

/// Wei that left a signer in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// The transaction.
    pub hash: [u8; 32],
    /// The intent's key; `None` for a foreign transaction.
    pub key: Option<String>,
    /// The budget that paid; `None` for a foreign transaction.
    pub campaign: Option<String>,
    /// Wei.
    pub cost: u128,
    /// Block number.
    pub block_number: u64,
}
