//! What the indexer asks of a node.

mod rpc;

use alloy::primitives::{Address, B256, Bloom, U256};
use alloy::rpc::types::Log;
use async_trait::async_trait;

use crate::{BlockRef, IndexError};

pub use rpc::RpcSource;

/// A header, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Number.
    pub number: u64,
    /// Hash.
    pub hash: B256,
    /// Parent's hash.
    pub parent_hash: B256,
    /// Unix seconds.
    pub timestamp: u64,
    /// What logs it can hold.
    pub logs_bloom: Bloom,
}

/// Which logs are wanted: from `address`, with the first topic among `events`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Contract.
    pub address: Address,
    /// Event signatures.
    pub events: Vec<B256>,
}

/// Why a range of logs was not given.
#[derive(Debug)]
pub enum LogsError {
    /// The range or its result is too large for this node: ask for less.
    TooLarge(String),
    /// Anything else.
    Failed(IndexError),
}

/// ERC-2981's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoyaltyAnswer {
    /// Who is owed.
    pub receiver: Address,
    /// How much.
    pub amount: U256,
}

/// The reads the indexer makes, one method each, so that a test can falsify every one.
#[async_trait]
pub trait LogSource: Send + Sync {
    /// EIP-155 chain id.
    async fn chain_id(&self) -> Result<u64, IndexError>;
    /// Number of the newest block.
    async fn head(&self) -> Result<u64, IndexError>;
    /// The canonical header with this number, if the node has it.
    async fn header(&self, number: u64) -> Result<Option<Header>, IndexError>;
    /// Logs of a range, both ends included.
    async fn logs(&self, from: u64, to: u64, query: &Query) -> Result<Vec<Log>, LogsError>;
    /// Logs of exactly one block, by hash.
    async fn logs_of_block(&self, hash: B256, query: &Query) -> Result<Vec<Log>, IndexError>;
    /// All logs of one transaction (its receipt), and the block it is in. `None` when it is not mined.
    async fn transaction_logs(&self, tx: B256) -> Result<Option<(BlockRef, Vec<Log>)>, IndexError>;
    /// `royaltyInfo(token, price)` in the state after block `at` (`None`: the newest state). `Ok(None)` when
    /// the contract or the node has no answer for that state.
    async fn royalty(
        &self,
        collection: Address,
        token: u64,
        price: U256,
        at: Option<BlockRef>,
    ) -> Result<Option<RoyaltyAnswer>, IndexError>;
}
