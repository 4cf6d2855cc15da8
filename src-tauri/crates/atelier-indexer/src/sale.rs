//! What counts as a sale, and how its money is read. Pure: logs of one transaction in, trades out.
//!
//! Rules, stated:
//! * A Seaport `OrderFulfilled` is a sale when a token of ours is on one side and money (native or ERC-20) on
//!   the other. Tokens against tokens are a swap, not a sale.
//! * **Listing** (token offered): seller = offerer, buyer = recipient, price = all money asked.
//!   **Accepted bid** (money offered): buyer = offerer, seller = recipient, price = the money offered.
//! * **Matched orders**: two events tell of one trade. They are told by `OrdersMatched` or by a zero recipient,
//!   and counted once per token: the listing's event gives the seller, the bid's gives buyer and price, money to
//!   the royalty receiver counts from both.
//! * **Bundle**: the price is split equally over all NFTs of the bundle (ours or not), what does not divide goes
//!   to the first; so is the royalty received. The rows say so.
//! * **Several currencies** in one order: the first one is counted, the row says `mixed`.
//! * **Royalty received** = money items to the receiver ERC-2981 names. When that receiver is the seller, the
//!   largest of these items is the proceeds and the others are the royalty.

use std::collections::BTreeMap;

use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use atelier_chain::seaport::ISeaport::{OrderFulfilled, OrdersMatched};
use atelier_chain::seaport::item_type::{ERC20, ERC721, ERC1155, NATIVE};

use crate::Transfer;

/// Money in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// Who gets it.
    pub to: Address,
    /// How much.
    pub amount: U256,
}

/// One token sold, before anybody was asked what royalty it owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade {
    /// Index of the event's log in the block.
    pub log_index: u64,
    /// Market contract.
    pub market: Address,
    /// Token id.
    pub token: u64,
    /// Seller.
    pub seller: Address,
    /// Buyer.
    pub buyer: Address,
    /// Currency; zero for the chain's own coin.
    pub currency: Address,
    /// This token's share of the price.
    pub price: U256,
    /// Payments of the whole order in `currency`, in order.
    pub payments: Vec<Payment>,
    /// NFTs in the order.
    pub parts: u64,
    /// This token's position among them.
    pub part: u64,
    /// Counted from a matched pair.
    pub matched: bool,
    /// Paid in several currencies.
    pub mixed: bool,
}

impl Trade {
    /// What `receiver` got of this token's sale.
    pub fn received_by(&self, receiver: Address) -> U256 {
        let mut amounts: Vec<U256> = self
            .payments
            .iter()
            .filter(|payment| payment.to == receiver)
            .map(|payment| payment.amount)
            .collect();
        if receiver == self.seller
            && let Some(largest) = amounts.iter().copied().max()
            && let Some(proceeds) = amounts.iter().position(|amount| *amount == largest)
        {
            amounts.remove(proceeds);
        }
        let whole = amounts.into_iter().fold(U256::ZERO, U256::saturating_add);
        share(whole, self.parts, self.part)
    }
}

/// The trades of tokens of `collection` in one transaction. `transfers` are the collection's in the same
/// transaction: they name the parties where a matched order does not.
pub fn trades(collection: Address, markets: &[Address], logs: &[Log], transfers: &[Transfer]) -> Vec<Trade> {
    let ours: Vec<&Log> = logs.iter().filter(|log| markets.contains(&log.address())).collect();
    let matched: Vec<B256> = ours
        .iter()
        .filter_map(|log| OrdersMatched::decode_log(&log.inner).ok())
        .flat_map(|event| event.data.orderHashes)
        .collect();
    let mut single = Vec::new();
    let mut pairs: BTreeMap<(Address, u64), Vec<Side>> = BTreeMap::new();
    for log in ours {
        let Ok(event) = OrderFulfilled::decode_log(&log.inner) else { continue };
        let in_match = event.recipient == Address::ZERO || matched.contains(&event.orderHash);
        for side in sides(collection, log, &event.data) {
            if in_match {
                pairs.entry((side.trade.market, side.trade.token)).or_default().push(side);
            } else {
                single.push(side.trade);
            }
        }
    }
    let mut all: Vec<Trade> =
        single.into_iter().chain(pairs.into_values().filter_map(|sides| join(sides, transfers))).collect();
    all.sort_by_key(|trade| (trade.log_index, trade.token));
    all
}

struct Side {
    listing: bool,
    trade: Trade,
}

/// One side per token of ours in the order.
fn sides(collection: Address, log: &Log, event: &OrderFulfilled) -> Vec<Side> {
    let is_nft = |kind: u8| kind == ERC721 || kind == ERC1155;
    let is_money = |kind: u8| kind == NATIVE || kind == ERC20;
    let offered: Vec<(Address, U256)> = event
        .offer
        .iter()
        .filter(|item| is_nft(item.itemType))
        .map(|item| (item.token, item.identifier))
        .collect();
    let asked: Vec<(Address, U256)> = event
        .consideration
        .iter()
        .filter(|item| is_nft(item.itemType))
        .map(|item| (item.token, item.identifier))
        .collect();
    let paid: Vec<(Address, Payment)> = event
        .consideration
        .iter()
        .filter(|item| is_money(item.itemType))
        .map(|item| (item.token, Payment { to: item.recipient, amount: item.amount }))
        .collect();
    let bid: Vec<(Address, U256)> = event
        .offer
        .iter()
        .filter(|item| is_money(item.itemType))
        .map(|item| (item.token, item.amount))
        .collect();
    let listing = !offered.is_empty() && !paid.is_empty() && asked.is_empty();
    let (nfts, currencies): (_, Vec<Address>) = if listing {
        (offered, paid.iter().map(|(currency, _)| *currency).collect())
    } else if offered.is_empty() && !asked.is_empty() && !bid.is_empty() {
        (asked, bid.iter().map(|(currency, _)| *currency).collect())
    } else {
        return Vec::new();
    };
    let Some(currency) = currencies.first().copied() else { return Vec::new() };
    let payments: Vec<Payment> =
        paid.iter().filter(|(token, _)| *token == currency).map(|(_, payment)| *payment).collect();
    let price = if listing {
        payments.iter().fold(U256::ZERO, |sum, payment| sum.saturating_add(payment.amount))
    } else {
        bid.iter()
            .filter(|(token, _)| *token == currency)
            .fold(U256::ZERO, |sum, (_, amount)| sum.saturating_add(*amount))
    };
    let (seller, buyer) =
        if listing { (event.offerer, event.recipient) } else { (event.recipient, event.offerer) };
    let parts = nfts.len() as u64;
    nfts.iter()
        .zip(0_u64..)
        .filter(|((token, _), _)| *token == collection)
        .filter_map(|((_, id), part)| {
            Some(Side {
                listing,
                trade: Trade {
                    log_index: log.log_index.unwrap_or_default(),
                    market: log.address(),
                    token: u64::try_from(*id).ok()?,
                    seller,
                    buyer,
                    currency,
                    price: share(price, parts, part),
                    payments: payments.clone(),
                    parts,
                    part,
                    matched: false,
                    mixed: currencies.iter().any(|other| *other != currency),
                },
            })
        })
        .collect()
}

/// One trade out of the events that tell of it.
fn join(sides: Vec<Side>, transfers: &[Transfer]) -> Option<Trade> {
    let (listings, bids): (Vec<Side>, Vec<Side>) = sides.into_iter().partition(|side| side.listing);
    let listing = listings.into_iter().next().map(|side| side.trade);
    let bid = bids.into_iter().next().map(|side| side.trade);
    let mut trade = match (listing, bid) {
        (Some(mut listing), Some(bid)) => {
            listing.buyer = bid.buyer;
            if listing.currency == bid.currency {
                // The bid's money is the whole; fees may hang on either order.
                listing.price = bid.price;
                listing.payments.extend(bid.payments);
            } else {
                listing.mixed = true;
            }
            listing
        }
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return None,
    };
    let moves = || transfers.iter().filter(|transfer| transfer.token == trade.token);
    if trade.seller == Address::ZERO {
        trade.seller = moves().next().map_or(Address::ZERO, |transfer| transfer.from);
    }
    if trade.buyer == Address::ZERO {
        trade.buyer = moves().next_back().map_or(Address::ZERO, |transfer| transfer.to);
    }
    trade.matched = true;
    Some(trade)
}

fn share(whole: U256, parts: u64, part: u64) -> U256 {
    let parts = U256::from(parts.max(1));
    let rest = if part == 0 { whole % parts } else { U256::ZERO };
    whole / parts + rest
}
