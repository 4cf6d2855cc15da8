//! Sales: a real one on Seaport, and the stated rules on made-up events.

use alloy::primitives::{Address, B256, LogData, U256};
use alloy::rpc::types::Log;
use alloy::signers::SignerSync;
use alloy::sol_types::SolEvent;
use atelier_chain::ChainError;
use atelier_chain::seaport::ISeaport::{OrderFulfilled, OrdersMatched};
use atelier_chain::seaport::item_type::{ERC20, ERC721, NATIVE};
use atelier_chain::seaport::{
    ReceivedItem, SaleRequest, SpentItem, approve_unlocked, deploy_practice_market, list_and_buy,
};
use atelier_indexer::sale::{Trade, trades};
use atelier_indexer::{Place, Transfer};

use crate::world::{World, checkout};

const ETHER: u128 = 1_000_000_000_000_000_000;

#[tokio::test]
async fn a_sale_on_seaport_shows_price_royalty_owed_and_royalty_received() {
    let mut world = World::new().await;
    let seaport_js = checkout().join("tests/peers/oracles/node_modules/@opensea/seaport-js");
    let market = deploy_practice_market(&world.endpoint, &seaport_js).await.unwrap_or_else(|error| {
        panic!("this test needs Seaport: {error}. Run `npm ci` in tests/peers/oracles/")
    });
    world.markets = vec![market.seaport];
    let (seller, buyer) = (world.owner.address(), world.account(6));
    world.batch(seller, 5).await;
    let mut bought = Vec::new();
    for token in [2_u64, 4] {
        let id = U256::from(token);
        approve_unlocked(&world.endpoint, market, world.drop, id, seller).await.expect("approved");
        let price = U256::from(2 * ETHER);
        let request = SaleRequest { drop: world.drop, token: id, seller, buyer, price, salt: id };
        let owner = world.owner.clone();
        let sale = list_and_buy(&world.endpoint, market, &request, |digest| async move {
            Ok::<_, ChainError>(owner.sign_hash_sync(&digest).expect("signs").as_bytes().to_vec().into())
        })
        .await
        .expect("it is sold");
        bought.push(sale);
    }
    world.transfer(buyer, seller, 2).await;
    let home = world.home();

    world.sync(&home).await;

    let sales = home.store.facts.sales(None, 10).expect("reads");
    assert_eq!(sales.len(), 2, "two sales; the gift back is none: {sales:?}");
    let newest = sales[0];
    assert_eq!((newest.token, newest.price), (4, 2 * ETHER), "newest first, the whole price");
    assert_eq!(Address::from(newest.seller), seller, "the seller");
    assert_eq!(Address::from(newest.buyer), buyer, "the buyer");
    assert_eq!(B256::from(newest.tx_hash), bought[1].transaction, "its transaction");
    assert_eq!(newest.royalty_owed, Some(ETHER / 10), "5 % by ERC-2981 at that block");
    assert_eq!(newest.royalty_received, ETHER / 10, "which the market paid");
    assert_eq!(bought[1].listing.royalty, U256::from(ETHER / 10), "as the listing said");
    assert_eq!(newest.royalty_receiver, Some([0xaa; 20]), "to the receiver");
    assert_eq!(newest.basis, atelier_db::index::Basis::Block, "asked at the sale's block");
    let balance =
        alloy::providers::Provider::get_balance(world.endpoint.provider(), Address::repeat_byte(0xaa));
    assert_eq!(
        balance.await.expect("a balance"),
        U256::from(ETHER / 5),
        "both royalties reached the receiver"
    );
    let totals = home.store.facts.totals().expect("reads");
    assert_eq!((totals.sales, totals.transfers), (2, 3), "a gift is a transfer, not a sale");
    assert_eq!(totals.money.len(), 1, "one currency");
    assert_eq!((totals.money[0].volume, totals.money[0].royalty_received), (4 * ETHER, ETHER / 5), "sums");
    let page = home.store.facts.sales(Some((newest.place, newest.token)), 10).expect("reads");
    assert_eq!(page, sales[1..], "the page after the first row");
    assert_eq!(home.store.dump(), world.fresh_dump().await, "rebuilt from zero: identical tables");

    // A market nobody vouched for is not believed.
    world.markets = vec![Address::repeat_byte(0xcc)];
    let strange = world.home();
    world.sync(&strange).await;
    assert_eq!(strange.store.facts.totals().expect("reads").sales, 0, "only the markets of the settings");
}

// ---- the rules, on made-up events -------------------------------------------------------------

const DROP: Address = Address::repeat_byte(0xd0);
const MARKET: Address = Address::repeat_byte(0x5e);
const WETH: Address = Address::repeat_byte(0x3e);
const SELLER: Address = Address::repeat_byte(0x01);
const BUYER: Address = Address::repeat_byte(0x02);
const ARTIST: Address = Address::repeat_byte(0x0a);
const FEES: Address = Address::repeat_byte(0x0f);

fn log(index: u64, data: LogData) -> Log {
    Log { inner: alloy::primitives::Log { address: MARKET, data }, log_index: Some(index), ..Log::default() }
}

fn nft(token: u64) -> SpentItem {
    SpentItem { itemType: ERC721, token: DROP, identifier: U256::from(token), amount: U256::from(1) }
}

fn spent(currency: Address, amount: u64) -> SpentItem {
    SpentItem {
        itemType: kind(currency),
        token: currency,
        identifier: U256::ZERO,
        amount: U256::from(amount),
    }
}

fn money(currency: Address, amount: u64, recipient: Address) -> ReceivedItem {
    let amount = U256::from(amount);
    ReceivedItem { itemType: kind(currency), token: currency, identifier: U256::ZERO, amount, recipient }
}

fn nft_to(token: u64, recipient: Address) -> ReceivedItem {
    let (identifier, amount) = (U256::from(token), U256::from(1));
    ReceivedItem { itemType: ERC721, token: DROP, identifier, amount, recipient }
}

fn kind(currency: Address) -> u8 {
    if currency == Address::ZERO { NATIVE } else { ERC20 }
}

fn order(
    index: u64,
    offerer: Address,
    recipient: Address,
    offer: Vec<SpentItem>,
    consideration: Vec<ReceivedItem>,
) -> Log {
    let event = OrderFulfilled {
        orderHash: B256::with_last_byte(u8::try_from(index).expect("small")),
        offerer,
        zone: Address::ZERO,
        recipient,
        offer,
        consideration,
    };
    log(index, event.encode_log_data())
}

fn read(logs: &[Log]) -> Vec<Trade> {
    let place = Place { block_number: 1, log_index: 0 };
    let moved = Transfer { place, tx_hash: B256::ZERO, token: 7, from: SELLER, to: BUYER };
    trades(DROP, &[MARKET], logs, &[moved])
}

#[test]
fn a_listing_is_a_sale_for_all_the_money_asked() {
    let native = Address::ZERO;
    let paid = vec![money(native, 900, SELLER), money(native, 25, FEES), money(native, 75, ARTIST)];
    let sold = read(&[order(3, SELLER, BUYER, vec![nft(7)], paid)]);
    assert_eq!(sold.len(), 1, "one sale");
    assert_eq!((sold[0].seller, sold[0].buyer, sold[0].token), (SELLER, BUYER, 7), "parties and token");
    assert_eq!(sold[0].price, U256::from(1_000), "proceeds, fee and royalty together");
    assert_eq!(sold[0].received_by(ARTIST), U256::from(75), "the receiver's part alone");
    assert_eq!(sold[0].received_by(Address::repeat_byte(9)), U256::ZERO, "others got nothing");
}

#[test]
fn an_accepted_bid_is_a_sale_for_the_money_offered() {
    let asked = vec![nft_to(7, BUYER), money(WETH, 40, ARTIST), money(WETH, 10, FEES)];
    let sold = read(&[order(3, BUYER, SELLER, vec![spent(WETH, 1_000)], asked)]);
    assert_eq!((sold[0].seller, sold[0].buyer), (SELLER, BUYER), "the bidder buys");
    assert_eq!((sold[0].price, sold[0].currency), (U256::from(1_000), WETH), "what the bidder gave");
    assert_eq!(sold[0].received_by(ARTIST), U256::from(40), "fees come out of it");
}

#[test]
fn a_matched_pair_is_one_sale() {
    let listing = order(3, SELLER, Address::ZERO, vec![nft(7)], vec![money(WETH, 950, SELLER)]);
    let bid = vec![nft_to(7, BUYER), money(WETH, 50, ARTIST)];
    let bid = order(4, BUYER, Address::ZERO, vec![spent(WETH, 1_000)], bid);
    let matched = OrdersMatched { orderHashes: vec![B256::with_last_byte(3), B256::with_last_byte(4)] };
    let sold = read(&[listing.clone(), bid, log(5, matched.encode_log_data())]);
    assert_eq!(sold.len(), 1, "two events, one trade");
    assert!(sold[0].matched, "and it says so");
    assert_eq!((sold[0].seller, sold[0].buyer), (SELLER, BUYER), "parties from both orders");
    assert_eq!(sold[0].price, U256::from(1_000), "the bid is the whole price");
    assert_eq!(sold[0].received_by(ARTIST), U256::from(50), "royalty hung on the bid");

    let alone = read(&[listing]);
    assert_eq!(alone[0].buyer, BUYER, "without a counterpart, the transfer names the buyer");
}

#[test]
fn a_bundle_is_split_and_nothing_is_lost() {
    let strange = SpentItem { token: Address::repeat_byte(0xee), ..nft(1) };
    let paid = vec![money(WETH, 1_000, SELLER), money(WETH, 100, ARTIST)];
    let sold = read(&[order(3, SELLER, BUYER, vec![nft(7), strange, nft(8)], paid)]);
    let shares: Vec<(u64, U256)> = sold.iter().map(|trade| (trade.token, trade.price)).collect();
    assert_eq!(
        shares,
        [(7, U256::from(368)), (8, U256::from(366))],
        "1,100 over three, the rest to the first"
    );
    assert!(sold.iter().all(|trade| trade.parts == 3), "marked as a bundle of three");
    let royalties: Vec<U256> = sold.iter().map(|trade| trade.received_by(ARTIST)).collect();
    assert_eq!(royalties, [U256::from(34), U256::from(33)], "royalty likewise");
}

#[test]
fn an_artist_who_sells_has_proceeds_and_royalty_told_apart() {
    let native = Address::ZERO;
    let paid = vec![money(native, 950, ARTIST), money(native, 50, ARTIST)];
    let sold = read(&[order(3, ARTIST, BUYER, vec![nft(7)], paid)]);
    assert_eq!(sold[0].received_by(ARTIST), U256::from(50), "the largest item is the proceeds");
    let plain = read(&[order(3, ARTIST, BUYER, vec![nft(7)], vec![money(native, 1_000, ARTIST)])]);
    assert_eq!(plain[0].received_by(ARTIST), U256::ZERO, "proceeds alone are no royalty");
}

#[test]
fn swaps_gifts_and_other_markets_are_no_sales() {
    let swap = order(3, SELLER, BUYER, vec![nft(7)], vec![nft_to(8, SELLER)]);
    assert_eq!(read(&[swap]), [], "token for token");
    let mut elsewhere = order(3, SELLER, BUYER, vec![nft(7)], vec![money(WETH, 1, SELLER)]);
    elsewhere.inner.address = Address::repeat_byte(0x66);
    assert_eq!(read(&[elsewhere]), [], "an event anybody can emit");
    let other = SpentItem { token: Address::repeat_byte(0xee), ..nft(7) };
    assert_eq!(
        read(&[order(3, SELLER, BUYER, vec![other], vec![money(WETH, 1, SELLER)])]),
        [],
        "not our token"
    );
}

#[test]
fn two_sales_of_one_token_in_a_transaction_are_two() {
    let first = order(3, SELLER, BUYER, vec![nft(7)], vec![money(WETH, 10, SELLER)]);
    let second = order(6, BUYER, FEES, vec![nft(7)], vec![money(WETH, 12, BUYER)]);
    let prices: Vec<U256> = read(&[first, second]).iter().map(|trade| trade.price).collect();
    assert_eq!(prices, [U256::from(10), U256::from(12)], "a flip is two sales");
}

#[test]
fn several_currencies_are_marked() {
    let paid = vec![money(WETH, 10, SELLER), money(Address::ZERO, 3, FEES)];
    let sold = read(&[order(3, SELLER, BUYER, vec![nft(7)], paid)]);
    assert_eq!(
        (sold[0].price, sold[0].mixed),
        (U256::from(10), true),
        "the first is counted, the row says so"
    );
}
