//! The indexer's [`Store`] on `index.sqlite`, and the questions the screens ask of it.
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use alloy::primitives::{Address, B256};
use atelier_db::index::{self as db, Facts, FactsError};
use atelier_indexer::{Basis, Batch, Block, BlockRef, IndexError, MintKind, Store};
use atelier_launch::LaunchPlan;

use crate::error::StudioError;

/// Rows asked for at once.
const PAGE: u32 = 1_000;

/// The index of one project, opened for the drop it is about. It can always be rebuilt from the chain.
pub(crate) struct IndexStore {
    project: PathBuf,
    open: Mutex<Option<(u64, Address, Arc<FactsStore>)>>,
}

/// A token's holder, and how it came to be.
pub(crate) struct Owner {
    pub(crate) address: String,
    pub(crate) mint_transaction: String,
}

/// A token that a voucher became.
pub(crate) struct VoucherMint {
    pub(crate) nonce: String,
    pub(crate) token: u32,
    pub(crate) transaction: String,
}

impl IndexStore {
    pub(crate) fn new(project: &Path) -> Self {
        Self { project: project.to_owned(), open: Mutex::new(None) }
    }

    /// The facts of a launched drop.
    pub(crate) fn of(&self, plan: &LaunchPlan) -> Result<Arc<FactsStore>, StudioError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((chain_id, drop, facts)) = &*open
            && (*chain_id, *drop) == (plan.chain_id, plan.drop)
        {
            return Ok(Arc::clone(facts));
        }
        let collection = plan.drop.into_array();
        let facts = match Facts::open(&self.project, plan.chain_id, collection) {
            // Facts of another drop are of no use to this one, and can be read again from its chain.
            Err(FactsError::OtherCollection) => {
                for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
                    let path = self.project.join(atelier_db::FOLDER).join(name);
                    if path.exists() {
                        std::fs::remove_file(&path).map_err(StudioError::file(&path, "removed"))?;
                    }
                }
                Facts::open(&self.project, plan.chain_id, collection)
            }
            opened => opened,
        };
        let facts = Arc::new(FactsStore { facts: facts.map_err(|error| StudioError::Index(lift(error)))? });
        *open = Some((plan.chain_id, plan.drop, Arc::clone(&facts)));
        Ok(facts)
    }

    /// Who holds a token, once the chain was read.
    pub(crate) fn owner(&self, plan: Option<&LaunchPlan>, token: u32) -> Result<Option<Owner>, StudioError> {
        let Some(plan) = plan else { return Ok(None) };
        let facts = self.of(plan)?;
        let Some(owner) = facts.read(|facts| facts.owner(u64::from(token)))? else { return Ok(None) };
        let history = facts.read(|facts| facts.history(u64::from(token)))?;
        let minted = history
            .iter()
            .find(|transfer| transfer.from == [0; 20])
            .map(|transfer| B256::from(transfer.tx_hash).to_string());
        Ok(Some(Owner {
            address: Address::from(owner).to_checksum(None),
            mint_transaction: minted.unwrap_or_default(),
        }))
    }

    /// Every token a voucher became.
    pub(crate) fn voucher_mints(&self, plan: &LaunchPlan) -> Result<Vec<VoucherMint>, StudioError> {
        let mints = self.of(plan)?.mints()?;
        let voucher = |mint: db::Mint| match mint.kind {
            db::MintKind::Voucher { nonce } => Some(VoucherMint {
                nonce,
                token: u32::try_from(mint.token).unwrap_or(u32::MAX),
                transaction: B256::from(mint.tx_hash).to_string(),
            }),
            db::MintKind::Batch { .. } | db::MintKind::Other => None,
        };
        Ok(mints.into_iter().filter_map(voucher).collect())
    }
}

/// The facts of one drop.
pub(crate) struct FactsStore {
    facts: Facts,
}

impl FactsStore {
    /// Asks the facts.
    pub(crate) fn read<T>(
        &self,
        ask: impl FnOnce(&Facts) -> Result<T, FactsError>,
    ) -> Result<T, StudioError> {
        ask(&self.facts).map_err(|error| StudioError::Index(lift(error)))
    }

    /// Every mint, in token order.
    pub(crate) fn mints(&self) -> Result<Vec<db::Mint>, StudioError> {
        let mut all: Vec<db::Mint> = Vec::new();
        loop {
            let after = all.last().map_or(0, |mint| mint.token);
            let page = self.read(|facts| facts.mints(after, PAGE))?;
            let last = page.len() < PAGE as usize;
            all.extend(page);
            if last {
                return Ok(all);
            }
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn lift(error: FactsError) -> IndexError {
    IndexError::Store { code: error.code().to_owned(), reason: error.to_string() }
}

fn block_ref(row: db::BlockRef) -> BlockRef {
    BlockRef { number: row.number, hash: B256::from(row.hash) }
}

fn block_ref_row(reference: BlockRef) -> db::BlockRef {
    db::BlockRef { number: reference.number, hash: reference.hash.0 }
}

fn block(row: db::Block) -> Block {
    Block {
        number: row.number,
        hash: B256::from(row.hash),
        parent_hash: B256::from(row.parent_hash),
        timestamp: row.timestamp,
        touched: row.touched,
    }
}

fn place_row(place: atelier_indexer::Place) -> db::Place {
    db::Place { block_number: place.block_number, log_index: place.log_index }
}

fn batch_row(batch: &Batch) -> db::Batch {
    db::Batch {
        parent: batch.parent.map(block_ref_row),
        checkpoint: block_ref_row(batch.checkpoint),
        blocks: batch
            .blocks
            .iter()
            .map(|block| db::Block {
                number: block.number,
                hash: block.hash.0,
                parent_hash: block.parent_hash.0,
                timestamp: block.timestamp,
                touched: block.touched,
            })
            .collect(),
        transfers: batch
            .transfers
            .iter()
            .map(|transfer| db::Transfer {
                place: place_row(transfer.place),
                tx_hash: transfer.tx_hash.0,
                token: transfer.token,
                from: transfer.from.into_array(),
                to: transfer.to.into_array(),
            })
            .collect(),
        mints: batch
            .mints
            .iter()
            .map(|mint| db::Mint {
                place: place_row(mint.place),
                tx_hash: mint.tx_hash.0,
                token: mint.token,
                to: mint.to.into_array(),
                kind: match &mint.kind {
                    MintKind::Batch { batch } => db::MintKind::Batch { batch: batch.clone() },
                    MintKind::Voucher { nonce } => db::MintKind::Voucher { nonce: nonce.clone() },
                    MintKind::Other => db::MintKind::Other,
                },
                paid: mint.paid,
            })
            .collect(),
        sales: batch.sales.iter().map(sale_row).collect(),
        prune_below: batch.prune_below,
    }
}

fn sale_row(sale: &atelier_indexer::Sale) -> db::Sale {
    db::Sale {
        place: place_row(sale.place),
        tx_hash: sale.tx_hash.0,
        token: sale.token,
        market: sale.market.into_array(),
        seller: sale.seller.into_array(),
        buyer: sale.buyer.into_array(),
        currency: sale.currency.into_array(),
        price: sale.price,
        bundle: sale.bundle,
        matched: sale.matched,
        mixed: sale.mixed,
        royalty_receiver: sale.royalty_receiver.map(Address::into_array),
        royalty_owed: sale.royalty_owed,
        royalty_received: sale.royalty_received,
        basis: match sale.basis {
            Basis::Block => db::Basis::Block,
            Basis::Latest => db::Basis::Latest,
            Basis::Unknown => db::Basis::Unknown,
        },
    }
}

impl Store for FactsStore {
    fn checkpoint(&self) -> Result<Option<BlockRef>, IndexError> {
        Ok(self.facts.checkpoint().map_err(lift)?.map(block_ref))
    }

    fn block_at_or_below(&self, number: u64) -> Result<Option<Block>, IndexError> {
        Ok(self.facts.block_at_or_below(number).map_err(lift)?.map(block))
    }

    fn owner(&self, token: u64) -> Result<Option<Address>, IndexError> {
        Ok(self.facts.owner(token).map_err(lift)?.map(Address::from))
    }

    fn append(&self, batch: &Batch) -> Result<(), IndexError> {
        self.facts.append(&batch_row(batch)).map_err(lift)
    }

    fn rewind(&self, ancestor: Option<BlockRef>) -> Result<(), IndexError> {
        self.facts.rewind(ancestor.map(block_ref_row)).map_err(lift)
    }
}
