use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The Sales screen: facts from the chain, kept on this disk.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Sales {
    /// Newest block read, a decimal string; `None` before the first reading.
    pub block: Option<String>,
    /// Totals.
    pub totals: SalesTotals,
    /// Mints by transaction, newest first.
    pub mints: Vec<Mint>,
    /// Sales, newest first.
    pub sales: Vec<SaleView>,
    /// Holders, largest first.
    pub holders: Vec<Holder>,
    /// Why there is nothing yet.
    pub empty: Option<String>,
    /// True where a practice sale can be made.
    pub practice_sale: bool,
    /// Tokens that could be sold in practice: held by the deployer.
    pub sellable: Vec<u32>,
}

/// Totals; every figure is the sum of rows below it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SalesTotals {
    /// Tokens minted.
    pub minted: u32,
    /// Tokens planned.
    pub planned: u32,
    /// Holders.
    pub holders: u32,
    /// Sales.
    pub sales: u32,
    /// Volume, wei.
    pub volume: String,
    /// Royalty owed by ERC-2981 at each sale's block, wei.
    pub royalty_owed: String,
    /// Royalty received, wei.
    pub royalty_received: String,
    /// Sales that paid less than owed.
    pub unpaid_sales: u32,
}

impl SalesTotals {
    /// Nothing minted, nothing sold.
    #[must_use]
    pub fn zero() -> Self {
        let none = || "0".to_owned();
        Self {
            minted: 0,
            planned: 0,
            holders: 0,
            sales: 0,
            volume: none(),
            royalty_owed: none(),
            royalty_received: none(),
            unpaid_sales: 0,
        }
    }
}

/// How tokens came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MintKind {
    /// In an owner batch.
    Batch,
    /// By a voucher.
    Voucher,
    /// Neither event stood beside it.
    Other,
}

/// A mint.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Mint {
    /// Kind.
    pub kind: MintKind,
    /// First token.
    pub first_token: u32,
    /// Tokens.
    pub quantity: u32,
    /// To whom.
    pub to: String,
    /// Transaction.
    pub transaction: String,
    /// Block, a decimal string.
    pub block: String,
    /// Block time.
    pub at: String,
}

/// A sale with its royalty.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaleView {
    /// Token.
    pub token: u32,
    /// Price, wei.
    pub price: String,
    /// `ETH`, or the currency's address.
    pub currency: String,
    /// Seller.
    pub seller: String,
    /// Buyer.
    pub buyer: String,
    /// Market: "Seaport 1.6".
    pub market: String,
    /// Royalty owed, wei.
    pub royalty_owed: String,
    /// Royalty received, wei.
    pub royalty_received: String,
    /// Transaction.
    pub transaction: String,
    /// Block, a decimal string.
    pub block: String,
    /// Block time.
    pub at: String,
    /// True when several tokens were sold for one price.
    pub bundle: bool,
}

/// A holder.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Holder {
    /// Address.
    pub address: String,
    /// Our name for it, where it is one of our keys.
    pub name: Option<String>,
    /// Tokens.
    pub tokens: u32,
}

/// List a token on the practice market and buy it from a practice account.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PracticeSale {
    /// Token, held by the deployer.
    pub token: u32,
    /// Price, wei.
    pub price: String,
}
