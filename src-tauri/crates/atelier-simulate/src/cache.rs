use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use alloy::primitives::{Address, B256, U256};

/// One thing read from a chain at one block. What a block holds never changes, so neither does an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ForkItem {
    /// The block's own header.
    Header,
    /// Balance, nonce and code.
    Account(Address),
    /// One word of storage.
    Storage(Address, U256),
    /// Hash of an earlier block.
    BlockHash(u64),
}

impl fmt::Display for ForkItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header => write!(f, "header"),
            Self::Account(address) => write!(f, "account/{address}"),
            Self::Storage(address, slot) => write!(f, "storage/{address}/{slot:#x}"),
            Self::BlockHash(number) => write!(f, "block-hash/{number}"),
        }
    }
}

/// Keeps what was read of copied chains. Implemented over SQLite by the application; the key is chain id,
/// block hash and item (whose `Display` is stable), the value is opaque.
pub trait ForkCache: fmt::Debug + Send + Sync {
    /// What was put before. The error is a sentence.
    fn get(&self, chain_id: u64, block_hash: B256, item: ForkItem) -> Result<Option<Vec<u8>>, String>;
    /// Keep `value`.
    fn put(&self, chain_id: u64, block_hash: B256, item: ForkItem, value: &[u8]) -> Result<(), String>;
}

/// A cache that ends with the process.
#[derive(Debug, Default)]
pub struct MemoryCache(Mutex<BTreeMap<(u64, B256, ForkItem), Vec<u8>>>);

impl MemoryCache {
    /// How many items it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// True when it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl ForkCache for MemoryCache {
    fn get(&self, chain_id: u64, block_hash: B256, item: ForkItem) -> Result<Option<Vec<u8>>, String> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(held.get(&(chain_id, block_hash, item)).cloned())
    }

    fn put(&self, chain_id: u64, block_hash: B256, item: ForkItem, value: &[u8]) -> Result<(), String> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert((chain_id, block_hash, item), value.to_vec());
        Ok(())
    }
}
