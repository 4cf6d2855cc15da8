//! The real facts table behind the indexer's trait. The shapes are equal, so this is field by field.

use std::path::{Path, PathBuf};

use alloy::primitives::Address;
use atelier_db::index as db;
use atelier_indexer::{Basis, Batch, Block, BlockRef, IndexError, MintKind, Place, Store};

pub struct SqliteStore {
    pub facts: db::Facts,
    pub file: PathBuf,
}

impl SqliteStore {
    pub fn open(project: &Path, chain_id: u64, collection: Address) -> Self {
        let facts = db::Facts::open(project, chain_id, collection.into_array()).expect("the index opens");
        Self { facts, file: project.join(".atelier/index.sqlite") }
    }

    /// Every row of every table, in key order: two stores are equal when these are.
    pub fn dump(&self) -> String {
        let reader = rusqlite::Connection::open(&self.file).expect("a second reader");
        let mut text = String::new();
        for table in ["checkpoint", "block", "transfer", "owner", "mint", "sale", "royalty"] {
            let mut statement =
                reader.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).expect("a table");
            let columns = statement.column_count();
            let mut rows = statement.query([]).expect("rows");
            text.push_str(&format!("== {table}\n"));
            while let Some(row) = rows.next().expect("a row") {
                let cells: Vec<String> =
                    (0..columns).map(|index| format!("{:?}", row.get_ref(index).expect("a cell"))).collect();
                text.push_str(&cells.join(" | "));
                text.push('\n');
            }
        }
        text
    }
}

fn lift(error: &db::FactsError) -> IndexError {
    IndexError::Store { code: error.code().to_owned(), reason: error.to_string() }
}

fn reference(block: BlockRef) -> db::BlockRef {
    db::BlockRef { number: block.number, hash: block.hash.0 }
}

fn place(place: Place) -> db::Place {
    db::Place { block_number: place.block_number, log_index: place.log_index }
}

fn batch(batch: &Batch) -> db::Batch {
    db::Batch {
        parent: batch.parent.map(reference),
        checkpoint: reference(batch.checkpoint),
        blocks: batch
            .blocks
            .iter()
            .map(|row| db::Block {
                number: row.number,
                hash: row.hash.0,
                parent_hash: row.parent_hash.0,
                timestamp: row.timestamp,
                touched: row.touched,
            })
            .collect(),
        transfers: batch
            .transfers
            .iter()
            .map(|row| db::Transfer {
                place: place(row.place),
                tx_hash: row.tx_hash.0,
                token: row.token,
                from: row.from.into_array(),
                to: row.to.into_array(),
            })
            .collect(),
        mints: batch
            .mints
            .iter()
            .map(|row| db::Mint {
                place: place(row.place),
                tx_hash: row.tx_hash.0,
                token: row.token,
                to: row.to.into_array(),
                kind: match &row.kind {
                    MintKind::Batch { batch } => db::MintKind::Batch { batch: batch.clone() },
                    MintKind::Voucher { nonce } => db::MintKind::Voucher { nonce: nonce.clone() },
                    MintKind::Other => db::MintKind::Other,
                },
                paid: row.paid,
            })
            .collect(),
        sales: batch
            .sales
            .iter()
            .map(|row| db::Sale {
                place: place(row.place),
                tx_hash: row.tx_hash.0,
                token: row.token,
                market: row.market.into_array(),
                seller: row.seller.into_array(),
                buyer: row.buyer.into_array(),
                currency: row.currency.into_array(),
                price: row.price,
                bundle: row.bundle,
                matched: row.matched,
                mixed: row.mixed,
                royalty_receiver: row.royalty_receiver.map(Address::into_array),
                royalty_owed: row.royalty_owed,
                royalty_received: row.royalty_received,
                basis: match row.basis {
                    Basis::Block => db::Basis::Block,
                    Basis::Latest => db::Basis::Latest,
                    Basis::Unknown => db::Basis::Unknown,
                },
            })
            .collect(),
        prune_below: batch.prune_below,
    }
}

impl Store for SqliteStore {
    fn checkpoint(&self) -> Result<Option<BlockRef>, IndexError> {
        let found = self.facts.checkpoint().map_err(|error| lift(&error))?;
        Ok(found.map(|block| BlockRef { number: block.number, hash: block.hash.into() }))
    }

    fn block_at_or_below(&self, number: u64) -> Result<Option<Block>, IndexError> {
        let found = self.facts.block_at_or_below(number).map_err(|error| lift(&error))?;
        Ok(found.map(|row| Block {
            number: row.number,
            hash: row.hash.into(),
            parent_hash: row.parent_hash.into(),
            timestamp: row.timestamp,
            touched: row.touched,
        }))
    }

    fn owner(&self, token: u64) -> Result<Option<Address>, IndexError> {
        Ok(self.facts.owner(token).map_err(|error| lift(&error))?.map(Address::from))
    }

    fn append(&self, facts: &Batch) -> Result<(), IndexError> {
        self.facts.append(&batch(facts)).map_err(|error| lift(&error))
    }

    fn rewind(&self, ancestor: Option<BlockRef>) -> Result<(), IndexError> {
        self.facts.rewind(ancestor.map(reference)).map_err(|error| lift(&error))
    }
}
