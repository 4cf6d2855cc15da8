//! The rows of the index, as plain data. Amounts are in the smallest unit of their currency.

/// A block by number and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockRef {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// A stored header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Its number.
    pub number: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// Its parent's hash.
    pub parent_hash: [u8; 32],
    /// Unix seconds.
    pub timestamp: u64,
    /// A fact lies in it.
    pub touched: bool,
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
    pub tx_hash: [u8; 32],
    /// Token id.
    pub token: u64,
    /// Sender; zero for a mint.
    pub from: [u8; 20],
    /// Recipient; zero for a burn.
    pub to: [u8; 20],
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
    pub tx_hash: [u8; 32],
    /// Token id.
    pub token: u64,
    /// First holder.
    pub to: [u8; 20],
    /// By what.
    pub kind: MintKind,
    /// Its share of the price, in wei.
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
    pub tx_hash: [u8; 32],
    /// Token id.
    pub token: u64,
    /// Market contract.
    pub market: [u8; 20],
    /// Seller.
    pub seller: [u8; 20],
    /// Buyer.
    pub buyer: [u8; 20],
    /// Currency; zero for the chain's own coin.
    pub currency: [u8; 20],
    /// Price of this token.
    pub price: u128,
    /// Sold together with others; the price is an equal share.
    pub bundle: bool,
    /// Two orders matched with each other; counted once.
    pub matched: bool,
    /// Paid in several currencies; only `currency` is counted.
    pub mixed: bool,
    /// Royalty receiver by ERC-2981.
    pub royalty_receiver: Option<[u8; 20]>,
    /// Royalty owed.
    pub royalty_owed: Option<u128>,
    /// Royalty received in the sale.
    pub royalty_received: u128,
    /// When ERC-2981 was asked.
    pub basis: Basis,
}

/// Everything learned of a range of blocks.
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
    /// Mints.
    pub mints: Vec<Mint>,
    /// Sales.
    pub sales: Vec<Sale>,
    /// Headers without facts below this number may go, but for every ten-thousandth.
    pub prune_below: u64,
}

/// The collection in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Tokens ever minted.
    pub minted: u64,
    /// Of these by batches.
    pub minted_by_batch: u64,
    /// Of these by vouchers.
    pub minted_by_voucher: u64,
    /// Wei paid for mints.
    pub mint_revenue: u128,
    /// Tokens burned.
    pub burned: u64,
    /// Addresses that hold at least one.
    pub holders: u64,
    /// Transfers that are neither mint nor burn.
    pub transfers: u64,
    /// Sales.
    pub sales: u64,
    /// Per currency, in address order.
    pub money: Vec<Money>,
}

/// Sales and royalties in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// Currency; zero for the chain's own coin.
    pub currency: [u8; 20],
    /// Sum of prices.
    pub volume: u128,
    /// Sum of royalties owed, where known.
    pub royalty_owed: u128,
    /// Sum of royalties received.
    pub royalty_received: u128,
}

/// An address and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The address.
    pub address: [u8; 20],
    /// Tokens held.
    pub tokens: u64,
}

/// A transaction with facts, newest first in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransactionRow {
    /// Where its first fact was logged.
    pub place: Place,
    /// Hash.
    pub tx_hash: [u8; 32],
    /// Unix seconds of its block.
    pub timestamp: u64,
    /// Tokens minted in it.
    pub mints: u64,
    /// Tokens moved in it, mints not counted.
    pub transfers: u64,
    /// Tokens sold in it.
    pub sales: u64,
}
