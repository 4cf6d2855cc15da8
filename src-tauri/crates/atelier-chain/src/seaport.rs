//! Seaport 1.6: what a sale looks like, and a market of our own on the practice chain.
//!
//! On public chains Seaport 1.6 has one address ([`SEAPORT_1_6`]) and only its events matter to us. On the
//! practice chain [`deploy_practice_market`] puts the published contracts there, from the npm package
//! `@opensea/seaport-js`, and [`list_and_buy`] makes one real sale: the seller signs an order, the buyer
//! fulfils it, and the royalty of ERC-2981 is one of the payments in it.

mod bindings;
mod market;
mod order;

pub use bindings::{
    ConsiderationItem, ISeaport, OfferItem, Order, OrderComponents, OrderParameters, ReceivedItem, SpentItem,
};
pub use market::{Market, deploy_practice_market, market_available};
pub use order::{
    Listing, Sale, SaleRequest, approval, approve_unlocked, buy, domain, list_and_buy, prepare_listing,
};

use alloy::primitives::{Address, address};

/// Seaport 1.6 on every public chain.
pub const SEAPORT_1_6: Address = address!("0x0000000000000068F116a894984e2DB1123eB395");
/// Seaport 1.5 on every public chain.
pub const SEAPORT_1_5: Address = address!("0x00000000000000ADc04C56Bf30aC9d3c0aAF14dC");

/// Item types of Seaport's `ItemType`.
pub mod item_type {
    /// The chain's own coin.
    pub const NATIVE: u8 = 0;
    /// An ERC-20 token.
    pub const ERC20: u8 = 1;
    /// An ERC-721 token.
    pub const ERC721: u8 = 2;
    /// An ERC-1155 token.
    pub const ERC1155: u8 = 3;
    /// An ERC-721 token chosen by criteria.
    pub const ERC721_CRITERIA: u8 = 4;
    /// An ERC-1155 token chosen by criteria.
    pub const ERC1155_CRITERIA: u8 = 5;
}
