use alloy::{
    eips::BlockId,
    primitives::{Address, U256},
    rpc::types::Filter,
    sol_types::SolEvent,
};
use atelier_chain::{
    ChainError,
    bindings::IAtelierDrop,
    seaport::{
        ISeaport, SaleRequest, approve_unlocked, deploy_practice_market, list_and_buy, prepare_listing,
    },
};

use crate::world::{config, deploy, ether, mint_batch, practice, seaport_js, sign, signer};

#[tokio::test]
async fn one_token_is_sold_on_the_real_contract_with_its_royalty() {
    let (practice, _folder) = practice().await;
    let endpoint = practice.endpoint();
    let (owner, seller) = (signer("owner"), signer("seller"));
    let buyer = Address::repeat_byte(0xb1);
    let drop = deploy(&practice, Default::default(), &config(owner.address())).await;
    mint_batch(&practice, drop, owner.address(), seller.address(), 5).await;
    practice.fund(seller.address(), ether(1)).await.expect("the faucet gives");
    practice.fund(buyer, ether(10)).await.expect("the faucet gives");

    let market = deploy_practice_market(endpoint, &seaport_js()).await.unwrap_or_else(|e| panic!("{e}"));
    let again = deploy_practice_market(endpoint, &seaport_js()).await.expect("it is found there");
    assert_eq!(market, again, "a second deployment finds the first");

    let token = U256::from(3);
    let request =
        SaleRequest { drop, token, seller: seller.address(), buyer, price: ether(2), salt: U256::from(1) };
    let attempt = async |request: &SaleRequest| {
        list_and_buy(endpoint, market, request, async |digest| Ok::<_, ChainError>(sign(&seller, digest)))
            .await
    };
    let early = attempt(&request).await.expect_err("the market may not move the token yet");
    assert_eq!(early.code(), "CHAIN-MARKET", "{early}");
    approve_unlocked(endpoint, market, drop, token, seller.address()).await.expect("it is approved");

    let listing = prepare_listing(endpoint, market, &request).await.expect("it is written");
    let hash = ISeaport::getOrderHashCall { order: listing.components.clone() };
    let hash = endpoint.read(market.seaport, &hash, BlockId::latest()).await.expect("Seaport answers");
    assert_eq!(listing.order_hash, hash, "Seaport names the order as we do");

    let receiver = config(owner.address()).royaltyReceiver;
    let before = endpoint.balance(receiver, BlockId::latest()).await.expect("it answers");
    let sale = attempt(&request).await.unwrap_or_else(|error| panic!("{error}"));
    let royalty = ether(2) * U256::from(5) / U256::from(100);
    assert_eq!(sale.listing.royalty, royalty, "ERC-2981 asked for 5 %");
    let after = endpoint.balance(receiver, BlockId::latest()).await.expect("it answers");
    assert_eq!(after - before, royalty, "and the receiver has it");
    let owner_now = IAtelierDrop::ownerOfCall { tokenId: token };
    assert_eq!(endpoint.read(drop, &owner_now, BlockId::latest()).await.expect("it answers"), buyer);

    let filter =
        Filter::new().address(market.seaport).event_signature(ISeaport::OrderFulfilled::SIGNATURE_HASH);
    let logs = endpoint.logs(&filter.from_block(0)).await.expect("it answers");
    let event = ISeaport::OrderFulfilled::decode_log(&logs[0].inner).expect("our bindings read the event");
    assert_eq!(event.orderHash, sale.listing.order_hash);
    assert_eq!(event.offer[0].identifier, token);
    let paid: U256 = event.consideration.iter().map(|item| item.amount).sum();
    assert_eq!(paid, ether(2), "the payments of the event add up to the price");
    assert_eq!(event.consideration[1].recipient, receiver, "one of them is the royalty");
}

#[tokio::test]
async fn a_missing_market_says_what_to_install() {
    let (practice, folder) = practice().await;
    let error =
        deploy_practice_market(practice.endpoint(), folder.path()).await.expect_err("nothing is there");
    assert_eq!(error.code(), "CHAIN-MARKET-MISSING");
    assert!(error.to_string().contains("@opensea/seaport-js@4.3.0"), "{error}");
}
