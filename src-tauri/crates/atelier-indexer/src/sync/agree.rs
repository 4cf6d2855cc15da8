//! Does the chain still have what we built on?

use super::Indexer;
use crate::{BlockRef, IndexError};

pub(super) enum Agreement {
    /// The checkpoint (or nothing yet) is on the chain.
    At(Option<BlockRef>),
    /// The chain replaced blocks; the store is back at the common ancestor.
    Rewound { to: Option<BlockRef>, blocks: u64 },
    /// The node has not caught up. Not a reorg: what it does show agrees.
    Lagging,
}

impl Indexer {
    pub(super) async fn agree(&self, head: u64) -> Result<Agreement, IndexError> {
        let Some(checkpoint) = self.store.checkpoint()? else { return Ok(Agreement::At(None)) };
        match self.source.header(checkpoint.number).await? {
            Some(header) if header.hash == checkpoint.hash => return Ok(Agreement::At(Some(checkpoint))),
            Some(_) => {}
            None => {
                // Nothing there: a lagging node, or a reorg to a shorter chain. The highest block we both know
                // decides.
                let shown = head.min(checkpoint.number.saturating_sub(1));
                if let Some(known) = self.store.block_at_or_below(shown)?
                    && let Some(header) = self.source.header(known.number).await?
                    && header.hash == known.hash
                {
                    return Ok(Agreement::Lagging);
                }
            }
        }
        let to = self.common_ancestor(checkpoint).await?;
        self.store.rewind(to)?;
        let kept = to.map_or(self.settings.from_block.saturating_sub(1), |block| block.number);
        Ok(Agreement::Rewound { to, blocks: checkpoint.number.saturating_sub(kept) })
    }

    /// The highest kept header the chain still has. Equal hashes mean equal ancestors, so everything at or
    /// below it is right.
    async fn common_ancestor(&self, checkpoint: BlockRef) -> Result<Option<BlockRef>, IndexError> {
        let mut below = checkpoint.number.checked_sub(1);
        while let Some(number) = below {
            let Some(known) = self.store.block_at_or_below(number)? else { return Ok(None) };
            if let Some(header) = self.source.header(known.number).await?
                && header.hash == known.hash
            {
                return Ok(Some(known.reference()));
            }
            below = known.number.checked_sub(1);
        }
        Ok(None)
    }
}
