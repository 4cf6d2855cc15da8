//! The rows of the outbox. The database has the same shapes, field by field.

use alloy::primitives::{Address, B256, Bytes, keccak256};

/// One queue of nonces: a signer on a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LaneId {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// The sender.
    pub signer: Address,
}

/// What should happen, before it has a nonce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIntent {
    /// Idempotency key: the same key is the same intent, for ever.
    pub key: String,
    /// Where it is sent from.
    pub lane: LaneId,
    /// Target; `None` creates a contract.
    pub to: Option<Address>,
    /// Call data, or creation code.
    pub calldata: Bytes,
    /// Wei sent along.
    pub value: u128,
    /// Gas limit, where the rehearsal has fixed one. Else it is estimated before a nonce is taken.
    pub gas_limit: Option<u64>,
    /// Which budget pays.
    pub campaign: String,
    /// Who it is for, where a per-recipient cap counts (an address as text).
    pub subject: Option<String>,
    /// How much it counts against that cap.
    pub units: u64,
    /// Wei held in the budget from now on, until the reservation replaces it. 0 holds nothing.
    pub hold: u128,
}

impl NewIntent {
    /// Hash over everything that decides what the transaction does. A key seen again with another hash is
    /// refused.
    pub fn payload_hash(&self) -> B256 {
        let mut bytes = Vec::with_capacity(96 + self.calldata.len());
        bytes.extend_from_slice(&self.lane.chain_id.to_be_bytes());
        bytes.extend_from_slice(self.lane.signer.as_slice());
        match self.to {
            Some(to) => {
                bytes.push(1);
                bytes.extend_from_slice(to.as_slice());
            }
            None => bytes.push(0),
        }
        bytes.extend_from_slice(&self.value.to_be_bytes());
        bytes.extend_from_slice(&self.calldata);
        keccak256(bytes)
    }
}

/// A per-recipient limit, checked in the same commit as the enqueuing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Most units one subject may have in the campaign.
    pub units: u64,
}

/// Where an intent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Known, nothing taken.
    Queued,
    /// Has a nonce row and its worst case is reserved.
    Reserved,
    /// Raw bytes are committed.
    Signed,
    /// The bytes were handed to a node (which may have lost them).
    Sent,
    /// A receipt was seen in a block the header chain holds.
    Included,
    /// Deep enough, succeeded.
    Final,
    /// Deep enough, reverted.
    Reverted,
    /// Refused before a nonce was taken: it would revert.
    Refused,
    /// Found done on chain without a transaction of this ledger.
    DoneElsewhere,
}

impl State {
    /// Nothing will change any more.
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Queued | Self::Reserved | Self::Signed | Self::Sent | Self::Included => false,
            Self::Final | Self::Reverted | Self::Refused | Self::DoneElsewhere => true,
        }
    }

    /// Stable lower-case name, as stored.
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

    /// The state with this stored name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Queued,
            Self::Reserved,
            Self::Signed,
            Self::Sent,
            Self::Included,
            Self::Final,
            Self::Reverted,
            Self::Refused,
            Self::DoneElsewhere,
        ]
        .into_iter()
        .find(|state| state.name() == name)
    }
}

/// Why a person should look. Does not change the state: driving again goes on from there.
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
    pub to: Option<Address>,
    /// Call data, or creation code.
    pub calldata: Bytes,
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
    pub state: State,
    /// Why a person should look, if they should.
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

/// Why an attempt exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptKind {
    /// The first transaction of a slot.
    Original,
    /// The same transaction with higher fees.
    Bump,
}

/// Signed bytes for a slot. Committed before they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Transaction hash.
    pub hash: B256,
    /// Its intent.
    pub intent: i64,
    /// Its nonce.
    pub nonce: u64,
    /// EIP-2718 bytes.
    pub raw: Bytes,
    /// `maxFeePerGas` in wei.
    pub max_fee: u128,
    /// `maxPriorityFeePerGas` in wei.
    pub tip: u128,
    /// Why it exists.
    pub kind: AttemptKind,
    /// Head number when it was first handed to a node; `None` before.
    pub sent_at_block: Option<u64>,
}

/// The block that holds an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inclusion {
    /// Its intent.
    pub intent: i64,
    /// Which attempt.
    pub hash: B256,
    /// Block number.
    pub block_number: u64,
    /// Block hash, checked against the header.
    pub block_hash: B256,
    /// Receipt status.
    pub success: bool,
    /// Gas used.
    pub gas_used: u64,
    /// `effectiveGasPrice` in wei.
    pub effective_price: u128,
    /// Wei that left the signer: gas, and the value when it succeeded.
    pub cost: u128,
    /// The cost is in the spend ledger.
    pub settled: bool,
}

/// A transaction of the same key made elsewhere that took one of our nonces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// Its hash.
    pub hash: B256,
    /// Block number.
    pub block_number: u64,
    /// Block hash.
    pub block_hash: B256,
    /// Wei it cost the signer.
    pub cost: u128,
}

/// A budget in wei. `reserved + spent ≤ limit` at every commit of a reservation.
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

impl Campaign {
    /// Neither reserved nor spent. Zero when the limit was lowered below what is gone.
    pub fn left(&self) -> u128 {
        self.limit.saturating_sub(self.reserved).saturating_sub(self.spent)
    }
}
