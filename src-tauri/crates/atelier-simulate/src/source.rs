use std::sync::Arc;

use alloy::{eips::BlockId, primitives::B256};
use atelier_chain::Endpoint;

use crate::{ForkCache, SimulateError};

/// What to rehearse on.
#[derive(Clone, Debug)]
pub enum Source {
    /// An empty chain that has nothing but the deterministic deployment proxy, and where gas is free.
    Clean {
        /// The chain it pretends to be.
        chain_id: u64,
        /// Time of its first block, unix seconds.
        timestamp: u64,
    },
    /// A copy of a real chain at one block.
    Fork {
        /// Which chain.
        chain_id: u64,
        /// Which block.
        block_hash: B256,
        /// Where to read what the cache does not hold; `None` reads the cache alone.
        endpoint: Option<Endpoint>,
        /// What was read before.
        cache: Arc<dyn ForkCache>,
    },
}

/// A block to pin a copy to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinnedBlock {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: B256,
}

impl PinnedBlock {
    /// The newest block of a chain.
    pub async fn newest(endpoint: &Endpoint) -> Result<Self, SimulateError> {
        let block = endpoint.block(BlockId::latest()).await?;
        let block = block.ok_or(SimulateError::BlockUnknown { hash: B256::ZERO })?;
        Ok(Self { number: block.header.number, hash: block.header.hash })
    }
}

impl Source {
    /// The chain it is, or pretends to be.
    #[must_use]
    pub fn chain_id(&self) -> u64 {
        match self {
            Self::Clean { chain_id, .. } | Self::Fork { chain_id, .. } => *chain_id,
        }
    }
}
