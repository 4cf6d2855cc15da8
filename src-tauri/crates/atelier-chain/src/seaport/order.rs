use std::future::Future;

use alloy::{
    eips::BlockId,
    primitives::{Address, B256, Bytes, U256},
    rpc::types::TransactionRequest,
    sol_types::{Eip712Domain, SolCall, SolStruct},
};

use super::{
    Market,
    bindings::{ConsiderationItem, ISeaport, OfferItem, Order, OrderComponents, OrderParameters},
    item_type,
};
use crate::{ChainError, Endpoint, bindings::IAtelierDrop, practice};

/// How long a listing stays open: a day.
const OPEN_SECONDS: u64 = 86_400;
/// Anyone may fulfil it, completely only.
const FULL_OPEN: u8 = 0;

/// What is offered, and for how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRequest {
    /// The drop.
    pub drop: Address,
    /// The token.
    pub token: U256,
    /// Who owns it and signs the listing.
    pub seller: Address,
    /// Who buys it: an account of the practice chain.
    pub buyer: Address,
    /// The whole price in wei, royalty included.
    pub price: U256,
    /// Makes two equal listings different.
    pub salt: U256,
}

/// A listing that waits for its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What Seaport hashes.
    pub components: OrderComponents,
    /// Seaport's name for the order; `OrderFulfilled` repeats it.
    pub order_hash: B256,
    /// The 32 bytes the seller signs (EIP-712).
    pub digest: B256,
    /// Who receives the royalty: zero when there is none.
    pub royalty_receiver: Address,
    /// The royalty in wei, one of the payments of the order.
    pub royalty: U256,
}

/// A sale that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// The listing it fulfilled.
    pub listing: Listing,
    /// The buyer's transaction.
    pub transaction: B256,
    /// Block it is in.
    pub block_number: u64,
    /// Gas the buyer paid for.
    pub gas_used: u64,
}

/// Seaport's signing domain.
#[must_use]
pub fn domain(chain_id: u64, seaport: Address) -> Eip712Domain {
    Eip712Domain::new(
        Some("Seaport".into()),
        Some("1.6".into()),
        Some(U256::from(chain_id)),
        Some(seaport),
        None,
    )
}

/// Write a listing for `request`, with the royalty the drop asks for (ERC-2981) as one of its payments.
/// Times come from the chain's newest block, not from this machine's clock.
pub async fn prepare_listing(
    endpoint: &Endpoint,
    market: Market,
    request: &SaleRequest,
) -> Result<Listing, ChainError> {
    let latest = BlockId::latest();
    let now = endpoint.block(latest).await?.map_or(0, |block| block.header.timestamp);
    let royalty_info = IAtelierDrop::royaltyInfoCall { tokenId: request.token, salePrice: request.price };
    let asked = endpoint.read(request.drop, &royalty_info, latest).await?;
    if asked.royaltyAmount > request.price {
        return Err(ChainError::Market { reason: "the royalty is larger than the price".to_owned() });
    }
    let counter = ISeaport::getCounterCall { offerer: request.seller };
    let counter = endpoint.read(market.seaport, &counter, latest).await?;
    let payment = |amount: U256, recipient: Address| ConsiderationItem {
        itemType: item_type::NATIVE,
        token: Address::ZERO,
        identifierOrCriteria: U256::ZERO,
        startAmount: amount,
        endAmount: amount,
        recipient,
    };
    let mut consideration = vec![payment(request.price - asked.royaltyAmount, request.seller)];
    if !asked.royaltyAmount.is_zero() {
        consideration.push(payment(asked.royaltyAmount, asked.receiver));
    }
    let components = OrderComponents {
        offerer: request.seller,
        zone: Address::ZERO,
        offer: vec![OfferItem {
            itemType: item_type::ERC721,
            token: request.drop,
            identifierOrCriteria: request.token,
            startAmount: U256::ONE,
            endAmount: U256::ONE,
        }],
        consideration,
        orderType: FULL_OPEN,
        startTime: U256::from(now),
        endTime: U256::from(now + OPEN_SECONDS),
        zoneHash: B256::ZERO,
        salt: request.salt,
        conduitKey: B256::ZERO,
        counter,
    };
    Ok(Listing {
        order_hash: components.eip712_hash_struct(),
        digest: components.eip712_signing_hash(&domain(endpoint.chain_id(), market.seaport)),
        royalty_receiver: asked.receiver,
        royalty: asked.royaltyAmount,
        components,
    })
}

/// Buy a signed listing from an account of the practice chain.
pub async fn buy(
    endpoint: &Endpoint,
    market: Market,
    listing: Listing,
    signature: Bytes,
    buyer: Address,
) -> Result<Sale, ChainError> {
    let price = listing.components.consideration.iter().map(|item| item.startAmount).sum();
    let call = ISeaport::fulfillOrderCall {
        order: Order { parameters: parameters(&listing.components), signature },
        fulfillerConduitKey: B256::ZERO,
    };
    let request = TransactionRequest::default()
        .to(market.seaport)
        .value(price)
        .input(Bytes::from(call.abi_encode()).into());
    let receipt = practice::send_unlocked(endpoint, buyer, request, "buying the listed token").await?;
    Ok(Sale {
        listing,
        transaction: receipt.transaction_hash,
        block_number: receipt.block_number.unwrap_or_default(),
        gas_used: receipt.gas_used,
    })
}

/// List a token and buy it: one real sale on the practice chain. The seller must own the token and have let
/// Seaport move it ([`approve_unlocked`], or a transaction of their own). `sign` gets the listing's digest
/// and returns r, s, v.
pub async fn list_and_buy<S, F, E>(
    endpoint: &Endpoint,
    market: Market,
    request: &SaleRequest,
    sign: S,
) -> Result<Sale, E>
where
    S: FnOnce(B256) -> F,
    F: Future<Output = Result<Bytes, E>>,
    E: From<ChainError>,
{
    require_ready(endpoint, market, request).await?;
    let listing = prepare_listing(endpoint, market, request).await?;
    let signature = sign(listing.digest).await?;
    Ok(buy(endpoint, market, listing, signature, request.buyer).await?)
}

async fn require_ready(endpoint: &Endpoint, market: Market, request: &SaleRequest) -> Result<(), ChainError> {
    let latest = BlockId::latest();
    let refuse = |reason: String| Err(ChainError::Market { reason });
    let owner = IAtelierDrop::ownerOfCall { tokenId: request.token };
    let owner = endpoint.read(request.drop, &owner, latest).await?;
    if owner != request.seller {
        return refuse(format!("token {} belongs to {owner}, not to the seller", request.token));
    }
    let all = IAtelierDrop::isApprovedForAllCall { account: request.seller, operator: market.seaport };
    let one = IAtelierDrop::getApprovedCall { tokenId: request.token };
    if !endpoint.read(request.drop, &all, latest).await?
        && endpoint.read(request.drop, &one, latest).await? != market.seaport
    {
        return refuse(format!("{} has not let the market move token {}", request.seller, request.token));
    }
    Ok(())
}

/// Let the market move one token of `seller`, an account of the practice chain, without its key. Not for an
/// account whose nonces the relayer keeps.
pub async fn approve_unlocked(
    endpoint: &Endpoint,
    market: Market,
    drop: Address,
    token: U256,
    seller: Address,
) -> Result<(), ChainError> {
    let (to, calldata) = approval(market, drop, token);
    let request = TransactionRequest::default().to(to).input(calldata.into());
    practice::send_unlocked(endpoint, seller, request, "letting the market move the token").await?;
    Ok(())
}

/// The call with which a seller lets the market move one token: (to, calldata).
#[must_use]
pub fn approval(market: Market, drop: Address, token: U256) -> (Address, Bytes) {
    let call = IAtelierDrop::approveCall { to: market.seaport, tokenId: token };
    (drop, call.abi_encode().into())
}

fn parameters(components: &OrderComponents) -> OrderParameters {
    OrderParameters {
        offerer: components.offerer,
        zone: components.zone,
        offer: components.offer.clone(),
        consideration: components.consideration.clone(),
        orderType: components.orderType,
        startTime: components.startTime,
        endTime: components.endTime,
        zoneHash: components.zoneHash,
        salt: components.salt,
        conduitKey: components.conduitKey,
        totalOriginalConsiderationItems: U256::from(components.consideration.len()),
    }
}
