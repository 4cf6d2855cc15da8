//! What the relayer asks of a node.

mod rpc;

use alloy::primitives::{Address, B256, Bytes, U256};
use async_trait::async_trait;

use crate::{Fees, RelayError};

pub use rpc::RpcWire;

/// The newest block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub number: u64,
    /// Its time, unix seconds.
    pub timestamp: u64,
}

/// The parts of a receipt that matter here. To be believed only when [`Wire::block_hash`] agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Transaction hash.
    pub hash: B256,
    /// Block number.
    pub block_number: u64,
    /// Block hash.
    pub block_hash: B256,
    /// True when the transaction did not revert.
    pub success: bool,
    /// Gas used.
    pub gas_used: u64,
    /// Wei per gas paid.
    pub effective_price: u128,
}

/// A mined transaction found by its sender's nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mined {
    /// Its hash.
    pub hash: B256,
    /// Wei it carried.
    pub value: U256,
}

/// A call to simulate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Sender.
    pub from: Address,
    /// Target; `None` creates a contract.
    pub to: Option<Address>,
    /// Call data.
    pub data: Bytes,
    /// Wei sent along.
    pub value: u128,
}

/// What a simulated call did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called<T> {
    /// It ran.
    Returned(T),
    /// It reverted.
    Reverted {
        /// Revert data, where the node passes it on.
        data: Bytes,
        /// The node's words.
        message: String,
    },
}

/// What a node said to raw bytes. None of these is proof of anything but [`SendReply::Accepted`], and that
/// only of the node's good will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendReply {
    /// Taken.
    Accepted,
    /// It had them.
    AlreadyKnown,
    /// The nonce is used: by these very bytes, by an earlier attempt, or by a stranger. The chain decides.
    NonceTooLow,
    /// Another transaction holds the nonce in the pool and this one does not pay enough more.
    Underpriced,
    /// The sender cannot pay.
    InsufficientFunds {
        /// The node's words.
        message: String,
    },
    /// Refused for another reason.
    Rejected {
        /// The node's words.
        message: String,
    },
    /// No usable answer. The bytes may or may not have arrived.
    Unknown {
        /// The transport's words.
        message: String,
    },
}

/// The calls the relayer makes, one method each, so that a test can fail or falsify every one.
#[async_trait]
pub trait Wire: Send + Sync {
    /// EIP-155 chain id.
    async fn chain_id(&self) -> Result<u64, RelayError>;
    /// The newest block.
    async fn head(&self) -> Result<Head, RelayError>;
    /// Hash of the canonical block with this number, if the node has it.
    async fn block_hash(&self, number: u64) -> Result<Option<B256>, RelayError>;
    /// Transactions mined from `account` up to and including block `at` (`None`: the newest).
    async fn nonce(&self, account: Address, at: Option<u64>) -> Result<u64, RelayError>;
    /// Wei of `account` in the newest block.
    async fn balance(&self, account: Address) -> Result<U256, RelayError>;
    /// What the market asks.
    async fn fees(&self) -> Result<Fees, RelayError>;
    /// The receipt, if the node has one.
    async fn receipt(&self, hash: B256) -> Result<Option<Receipt>, RelayError>;
    /// The mined transaction of `account` with this nonce, if it can be named.
    async fn mined_with_nonce(&self, account: Address, nonce: u64) -> Result<Option<Mined>, RelayError>;
    /// Runs a call on the newest state.
    async fn call(&self, call: &Call) -> Result<Called<Bytes>, RelayError>;
    /// Gas a call needs on the newest state.
    async fn estimate(&self, call: &Call) -> Result<Called<u64>, RelayError>;
    /// Hands over signed bytes.
    async fn send(&self, raw: &Bytes) -> SendReply;
}

/// Sorts a node's refusal by its words. Families disagree on codes, hardly on words; a revert text is looked
/// at first, for it can contain any of the others.
pub(crate) fn classify_refusal(message: &str) -> SendReply {
    let text = message.to_ascii_lowercase();
    let has = |needles: &[&str]| needles.iter().any(|needle| text.contains(needle));
    if has(&["revert"]) {
        SendReply::Rejected { message: message.to_owned() }
    } else if has(&[
        "already known",
        "known transaction",
        "already imported",
        "already in mempool",
        "alreadyknown",
    ]) {
        SendReply::AlreadyKnown
    } else if has(&[
        "nonce too low",
        "nonce is too low",
        "oldnonce",
        "nonce already used",
        "invalid nonce; got",
    ]) {
        SendReply::NonceTooLow
    } else if has(&["underpriced", "fee too low", "feetoolow", "gas price too low", "replacement"]) {
        SendReply::Underpriced
    } else if has(&["insufficient funds", "insufficient balance", "insufficientfunds", "upfront cost"]) {
        SendReply::InsufficientFunds { message: message.to_owned() }
    } else {
        SendReply::Rejected { message: message.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::{SendReply, classify_refusal};

    /// Texts as the node families send them.
    #[test]
    fn refusals_are_sorted_for_each_node_family() {
        let rejected = |text: &str| SendReply::Rejected { message: text.to_owned() };
        let poor = |text: &str| SendReply::InsufficientFunds { message: text.to_owned() };
        let cases = [
            ("already known", SendReply::AlreadyKnown),
            ("AlreadyKnown", SendReply::AlreadyKnown),
            ("Known transaction", SendReply::AlreadyKnown),
            ("transaction already imported", SendReply::AlreadyKnown),
            ("nonce too low: next nonce 5, tx nonce 4", SendReply::NonceTooLow),
            ("nonce too low", SendReply::NonceTooLow),
            ("OldNonce", SendReply::NonceTooLow),
            ("replacement transaction underpriced", SendReply::Underpriced),
            ("transaction underpriced: gas tip cap 1, minimum needed 25000000000", SendReply::Underpriced),
            ("FeeTooLowToCompete", SendReply::Underpriced),
            (
                "insufficient funds for gas * price + value: balance 0, tx cost 1",
                poor("insufficient funds for gas * price + value: balance 0, tx cost 1"),
            ),
            ("Upfront cost exceeds account balance", poor("Upfront cost exceeds account balance")),
            ("execution reverted: nonce too low", rejected("execution reverted: nonce too low")),
            ("exceeds block gas limit", rejected("exceeds block gas limit")),
        ];
        for (text, expected) in cases {
            assert_eq!(classify_refusal(text), expected, "{text}");
        }
    }
}
