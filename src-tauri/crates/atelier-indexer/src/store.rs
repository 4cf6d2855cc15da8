use alloy::primitives::Address;

use crate::{Batch, Block, BlockRef, IndexError};

/// Where facts are kept. Every method is one transaction.
pub trait Store: Send + Sync {
    /// The last block the facts are complete to.
    fn checkpoint(&self) -> Result<Option<BlockRef>, IndexError>;

    /// The highest kept header at or below `number`.
    fn block_at_or_below(&self, number: u64) -> Result<Option<Block>, IndexError>;

    /// Who holds a token.
    fn owner(&self, token: u64) -> Result<Option<Address>, IndexError>;

    /// Adds a batch and moves the checkpoint. Refuses a batch that builds on another checkpoint.
    fn append(&self, batch: &Batch) -> Result<(), IndexError>;

    /// Removes everything above `ancestor` and moves the checkpoint there; `None` removes everything.
    fn rewind(&self, ancestor: Option<BlockRef>) -> Result<(), IndexError>;
}
