//! From the checkpoint to the head, whatever happens on the way.

mod agree;
mod read;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alloy::primitives::Address;

use crate::range::RangeSize;
use crate::{BlockRef, IndexError, LogSource, Store};

use agree::Agreement;
use read::Reading;

/// How often a range is read again before its trouble is believed to be the node's.
const TRIES: u32 = 6;

/// What is indexed, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSettings {
    /// Chain of the collection.
    pub chain_id: u64,
    /// The collection's contract.
    pub collection: Address,
    /// The block it was deployed in, or an earlier one.
    pub from_block: u64,
    /// Seaport deployments whose events are believed.
    pub markets: Vec<Address>,
    /// So many newest headers are kept and linked one by one.
    pub ring: u64,
    /// First guess of a range's size, in blocks.
    pub first_range: u64,
    /// So many logs an answer should have at most.
    pub wanted_logs: usize,
    /// Pause before a troubled range is read again.
    pub pause: Duration,
}

impl IndexSettings {
    /// The usual figures for a collection.
    pub fn new(chain_id: u64, collection: Address, from_block: u64, markets: Vec<Address>) -> Self {
        Self {
            chain_id,
            collection,
            from_block,
            markets,
            ring: 512,
            first_range: 2_000,
            wanted_logs: 5_000,
            pause: Duration::from_millis(200),
        }
    }
}

/// Told after each stored range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Last indexed block.
    pub block: u64,
    /// The chain's newest block.
    pub head: u64,
    /// Transfers in the range.
    pub transfers: usize,
    /// Sales in the range.
    pub sales: usize,
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synced {
    /// Last indexed block; `None` when the chain has not reached the first one.
    pub checkpoint: Option<BlockRef>,
    /// The chain's newest block.
    pub head: u64,
    /// The node is behind what it (or another) showed before; nothing was changed.
    pub lagging: bool,
    /// Blocks whose facts were taken back because the chain replaced them.
    pub undone: u64,
}

/// Keeps the facts of one collection level with its chain.
pub struct Indexer {
    source: Arc<dyn LogSource>,
    store: Arc<dyn Store>,
    settings: IndexSettings,
    size: Mutex<RangeSize>,
}

impl Indexer {
    /// An indexer that reads from `source` into `store`.
    pub fn new(source: Arc<dyn LogSource>, store: Arc<dyn Store>, settings: IndexSettings) -> Self {
        let size = Mutex::new(RangeSize::new(settings.first_range, settings.wanted_logs));
        Self { source, store, settings, size }
    }

    /// Reads until the store is level with the head.
    ///
    /// # Errors
    /// Every [`IndexError`]. The store is right after each of them; syncing again continues.
    pub async fn sync(
        &self,
        stop: &AtomicBool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Synced, IndexError> {
        let actual = self.source.chain_id().await?;
        if actual != self.settings.chain_id {
            return Err(IndexError::WrongChain { expected: self.settings.chain_id, actual });
        }
        let mut troubles = 0;
        let mut undone = 0;
        loop {
            let head = self.source.head().await?;
            let checkpoint = match self.agree(head).await? {
                Agreement::At(checkpoint) => checkpoint,
                Agreement::Rewound { to, blocks } => {
                    tracing::info!(blocks, ?to, "the chain replaced blocks; their facts were taken back");
                    undone += blocks;
                    to
                }
                Agreement::Lagging => {
                    return Ok(Synced { checkpoint: self.store.checkpoint()?, head, lagging: true, undone });
                }
            };
            let from = checkpoint.map_or(self.settings.from_block, |block| block.number + 1);
            if from > head {
                return Ok(Synced { checkpoint, head, lagging: false, undone });
            }
            if stop.load(Ordering::SeqCst) {
                return Err(IndexError::Stopped { block: from.saturating_sub(1) });
            }
            let to = self.size().end(from, head);
            match self.read(checkpoint, from, to, head).await? {
                Reading::Facts { batch, logs } => {
                    self.store.append(&batch)?;
                    self.with_size(|size| size.answered(logs));
                    troubles = 0;
                    progress(Progress {
                        block: to,
                        head,
                        transfers: batch.transfers.len(),
                        sales: batch.sales.len(),
                    });
                }
                Reading::TooLarge(reason) => {
                    if !self.with_size(|size| size.refused(to - from + 1)) {
                        return Err(IndexError::BlockTooLarge { block: from, reason });
                    }
                }
                Reading::Trouble(error) => {
                    troubles += 1;
                    if troubles >= TRIES {
                        return Err(error);
                    }
                    tracing::debug!(%error, troubles, "reading the range again");
                    tokio::time::sleep(self.settings.pause).await;
                }
            }
        }
    }

    /// Forgets everything; the next sync starts from the first block.
    ///
    /// # Errors
    /// [`IndexError::Store`].
    pub fn rebuild(&self) -> Result<(), IndexError> {
        self.store.rewind(None)
    }

    fn size(&self) -> RangeSize {
        *self.size.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_size<T>(&self, change: impl FnOnce(&mut RangeSize) -> T) -> T {
        change(&mut self.size.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
