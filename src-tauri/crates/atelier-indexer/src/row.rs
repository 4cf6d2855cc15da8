//! The facts. The database has the same shapes, field by field. Amounts are in the smallest unit of their
//! currency.

use alloy::primitives::{Address, B256};

/// A block by number and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockRef {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: B256,
}

/// A header to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: B256,
    /// Its parent's hash.
    pub parent_hash: B256,
    /// Unix seconds.
    pub timestamp: u64,
    /// A fact lies in it.
    pub touched: bool,
}

impl Block {
    /// Number and hash.
    pub fn reference(&self) -> BlockRef {
        BlockRef { number: self.number, hash: self.hash }
    }
}

/// Where a fact was logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Block number.
    pub block_number: u64,
    /// Index of the log in the block.
    pub log_index: u64,
}

/// A Transfer event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Where.
    pub place: Place,
    /// Transaction.
    pub tx_hash: B256,
    /// Token id.
    pub token: u64,
    /// Sender; zero for a mint.
    pub from: Address,
    /// Recipient; zero for a burn.
    pub to: Address,
}

/// By what a token was minted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MintKind {
    /// An owner batch.
    Batch {
        /// Batch id in decimal.
        batch: String,
    },
    /// A voucher.
    Voucher {
        /// Voucher nonce in decimal.
        nonce: String,
    },
    /// Neither event named it.
    Other,
}

/// How a token came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mint {
    /// Where.
    pub place: Place,
    /// Transaction.
    pub tx_hash: B256,
    /// Token id.
    pub token: u64,
    /// First holder.
    pub to: Address,
    /// By what.
    pub kind: MintKind,
    /// Its share of the voucher's price, in wei. The first token of a voucher carries what does not divide.
    pub paid: u128,
}

/// When `royaltyInfo` was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// At the sale's block.
    Block,
    /// At the newest block, for the node had dropped the older state.
    Latest,
    /// The contract did not answer.
    Unknown,
}

/// A sale with its royalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    /// Where.
    pub place: Place,
    /// Transaction.
    pub tx_hash: B256,
    /// Token id.
    pub token: u64,
    /// Market contract.
    pub market: Address,
    /// Seller.
    pub seller: Address,
    /// Buyer.
    pub buyer: Address,
    /// Currency; zero for the chain's own coin.
    pub currency: Address,
    /// Price of this token.
    pub price: u128,
    /// Sold together with others; the price is an equal share.
    pub bundle: bool,
    /// Two orders matched with each other; counted once.
    pub matched: bool,
    /// Paid in several currencies; only `currency` is counted.
    pub mixed: bool,
    /// Royalty receiver by ERC-2981.
    pub royalty_receiver: Option<Address>,
    /// Royalty owed.
    pub royalty_owed: Option<u128>,
    /// Royalty received in the sale.
    pub royalty_received: u128,
    /// When ERC-2981 was asked.
    pub basis: Basis,
}

/// Everything learned of a range of blocks: one transaction in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The checkpoint this builds on; `None` for the first.
    pub parent: Option<BlockRef>,
    /// The checkpoint afterwards.
    pub checkpoint: BlockRef,
    /// Headers to keep.
    pub blocks: Vec<Block>,
    /// Transfers in log order.
    pub transfers: Vec<Transfer>,
    /// Mints in log order.
    pub mints: Vec<Mint>,
    /// Sales in log order.
    pub sales: Vec<Sale>,
    /// Headers without facts below this number may go, but for every ten-thousandth.
    pub prune_below: u64,
}
