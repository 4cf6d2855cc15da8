//! Facts from the chain: `index.sqlite`. Always rebuildable; rebuilt from zero it has the same rows.
//!
//! Writing is two operations: [`Facts::append`] (facts and checkpoint in one transaction) and
//! [`Facts::rewind`] (everything above a block goes, and the derived owner table follows). The rest are
//! queries for the studio.

mod error;
mod query;
mod row;
mod write;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::file;
use crate::ledger::codec::{Count, Hex};
pub use error::FactsError;
pub use row::{
    Basis, Batch, Block, BlockRef, Holder, Mint, MintKind, Money, Place, Sale, Totals, TransactionRow,
    Transfer,
};

/// The format of `index.sqlite`, oldest step first.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("migrations/index/0001_facts.sql")];

/// The facts of one collection on one chain.
pub struct Facts {
    connection: Mutex<Connection>,
    chain_id: u64,
    collection: [u8; 20],
}

impl Facts {
    /// Opens `index.sqlite` of a project.
    ///
    /// # Errors
    /// Those of [`file::open`], and [`FactsError::OtherCollection`].
    pub fn open(project: &Path, chain_id: u64, collection: [u8; 20]) -> Result<Self, FactsError> {
        Self::over(file::open(project, &file::INDEX)?, chain_id, collection)
    }

    /// Takes over a migrated connection to `index.sqlite`.
    ///
    /// # Errors
    /// [`FactsError::OtherCollection`] when the file holds facts of another one.
    pub fn over(connection: Connection, chain_id: u64, collection: [u8; 20]) -> Result<Self, FactsError> {
        let stored: Option<(Count, Hex<20>)> = connection
            .query_row("SELECT chain_id, collection FROM checkpoint", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match stored {
            Some(found) if found != (Count(chain_id), Hex(collection)) => Err(FactsError::OtherCollection),
            _ => Ok(Self { connection: Mutex::new(connection), chain_id, collection }),
        }
    }

    /// The last block the facts are complete to.
    pub fn checkpoint(&self) -> Result<Option<BlockRef>, FactsError> {
        query::checkpoint(&self.lock())
    }

    /// The highest kept header at or below `number`.
    pub fn block_at_or_below(&self, number: u64) -> Result<Option<Block>, FactsError> {
        query::block_at_or_below(&self.lock(), number)
    }

    /// Who holds a token.
    pub fn owner(&self, token: u64) -> Result<Option<[u8; 20]>, FactsError> {
        query::owner(&self.lock(), token)
    }

    /// Adds a batch and moves the checkpoint, in one transaction.
    ///
    /// # Errors
    /// [`FactsError::CheckpointMoved`] when the batch builds on another checkpoint: nothing is written.
    pub fn append(&self, batch: &Batch) -> Result<(), FactsError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stored = query::checkpoint(&transaction)?;
        if stored != batch.parent {
            return Err(FactsError::CheckpointMoved {
                stored: stored.map(|block| block.number),
                given: batch.parent.map(|block| block.number),
            });
        }
        write::append(&transaction, self.chain_id, self.collection, batch)?;
        transaction.commit()?;
        Ok(())
    }

    /// Removes everything above `ancestor`; `None` removes everything.
    pub fn rewind(&self, ancestor: Option<BlockRef>) -> Result<(), FactsError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        write::rewind(&transaction, self.chain_id, self.collection, ancestor)?;
        transaction.commit()?;
        Ok(())
    }

    /// The collection in numbers.
    pub fn totals(&self) -> Result<Totals, FactsError> {
        query::totals(&self.lock())
    }

    /// Holders, most tokens first; `after` is the last row of the page before.
    pub fn holders(&self, after: Option<Holder>, limit: u32) -> Result<Vec<Holder>, FactsError> {
        query::holders(&self.lock(), after, limit)
    }

    /// The tokens of one holder, in order, after token `after`.
    pub fn tokens_of(&self, holder: [u8; 20], after: u64, limit: u32) -> Result<Vec<u64>, FactsError> {
        query::tokens_of(&self.lock(), holder, after, limit)
    }

    /// Mints by token id, after token `after`.
    pub fn mints(&self, after: u64, limit: u32) -> Result<Vec<Mint>, FactsError> {
        query::mints(&self.lock(), after, limit)
    }

    /// Transfers of one token, oldest first.
    pub fn history(&self, token: u64) -> Result<Vec<Transfer>, FactsError> {
        query::history(&self.lock(), token)
    }

    /// Sales with royalties, newest first; `before` is place and token of the last row of the page before.
    pub fn sales(&self, before: Option<(Place, u64)>, limit: u32) -> Result<Vec<Sale>, FactsError> {
        query::sales(&self.lock(), before, limit)
    }

    /// Transactions with facts, newest first; `before` is the place of the last row of the page before.
    pub fn transactions(&self, before: Option<Place>, limit: u32) -> Result<Vec<TransactionRow>, FactsError> {
        query::transactions(&self.lock(), before, limit)
    }

    /// Unix seconds of a block that holds a fact.
    pub fn block_time(&self, number: u64) -> Result<Option<u64>, FactsError> {
        let block = query::block_at_or_below(&self.lock(), number)?;
        Ok(block.filter(|block| block.number == number).map(|block| block.timestamp))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
