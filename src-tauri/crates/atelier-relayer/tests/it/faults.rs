//! A node that refuses, loses answers, or says there is nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::{Provider, ext::AnvilApi};
use async_trait::async_trait;
use atelier_chain::Endpoint;
use atelier_chain::wire::{Fault, FaultyWire, HttpWire};
use atelier_relayer::{
    AttemptKind, Call, Called, Ending, Fees, Head, LaneSettings, Ledger, Mined, NeverDone, Receipt,
    RelayError, RpcWire, SendReply, Wire,
};

use crate::world::{BatchMinted, CHAIN, World, settings, timeouts};

const GENEROUS: u128 = 10_u128.pow(20);

/// Waits for a transaction in the pool, then makes it too cheap and lets blocks pass.
pub async fn fee_spike(world: &World) {
    let provider = world.endpoint.provider();
    let deployer = world.deployer.address();
    while provider.get_transaction_count(deployer).pending().await.unwrap_or(0) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    loop {
        let _ = provider.anvil_set_next_block_base_fee_per_gas(60_000_000_000).await;
        let _ = provider.anvil_mine(Some(1), None).await;
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
}

/// Every call of a batch's life fails once, in each of two ways.
#[tokio::test]
async fn every_call_can_fail_once_and_the_batch_is_minted_once() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let before = world.balance(world.deployer.address()).await;
    let mut batch = 0;
    for fault in [Fault::Refuse, Fault::LoseAnswer, Fault::Answer(502, b"<html>bad gateway</html>".to_vec())]
    {
        // Call 0 is the endpoint's own check of the chain id.
        for index in 1.. {
            batch += 1;
            let http = HttpWire::new(&world.node.endpoint(), timeouts()).expect("a wire");
            let faulty = FaultyWire::new(Arc::new(http), BTreeMap::from([(index, fault.clone())]));
            let endpoint = Endpoint::over(Arc::new(faulty), "faulty", CHAIN).await.expect("connects");
            let wire: Arc<dyn Wire> = Arc::new(RpcWire::new(endpoint.provider().clone()));
            let lane = world.lane(ledger.clone(), wire.clone());
            let intent = world.batches(batch, 1).pop().expect("the newest batch");
            let already = BatchMinted { wire, drop: world.drop };

            let mut ending = None;
            for _ in 0..3 {
                match lane.drive(std::slice::from_ref(&intent), &already).await {
                    Ok(outcomes) => {
                        ending = outcomes.into_iter().next().map(|outcome| outcome.ending);
                        break;
                    }
                    Err(RelayError::Wire { .. }) => {}
                    Err(other) => panic!("call {index} {fault:?}: {other}"),
                }
            }

            assert!(
                matches!(ending, Some(Ending::Final { .. })),
                "call {index} {fault:?}: the batch is final: {ending:?}"
            );
            assert_eq!(world.minted().await, batch, "call {index} {fault:?}: minted once");
            let gone = before - world.balance(world.deployer.address()).await;
            let spent = ledger.spent(world.lane_id()).expect("a sum");
            assert_eq!(gone.to::<u128>(), spent, "call {index} {fault:?}: every wei is explained");
            if endpoint.calls() <= index {
                assert!(index > 10, "a batch takes more than ten calls, or the faults never fell");
                break;
            }
        }
    }
}

/// Says "no receipt" for the first so many questions.
struct Forgetful {
    inner: Arc<dyn Wire>,
    left: AtomicU32,
    sends: AtomicU32,
}

#[async_trait]
impl Wire for Forgetful {
    async fn chain_id(&self) -> Result<u64, RelayError> {
        self.inner.chain_id().await
    }
    async fn head(&self) -> Result<Head, RelayError> {
        self.inner.head().await
    }
    async fn block_hash(&self, number: u64) -> Result<Option<B256>, RelayError> {
        self.inner.block_hash(number).await
    }
    async fn nonce(&self, account: Address, at: Option<u64>) -> Result<u64, RelayError> {
        self.inner.nonce(account, at).await
    }
    async fn balance(&self, account: Address) -> Result<U256, RelayError> {
        self.inner.balance(account).await
    }
    async fn fees(&self) -> Result<Fees, RelayError> {
        self.inner.fees().await
    }
    async fn receipt(&self, hash: B256) -> Result<Option<Receipt>, RelayError> {
        if self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Ok(None);
        }
        self.inner.receipt(hash).await
    }
    async fn mined_with_nonce(&self, account: Address, nonce: u64) -> Result<Option<Mined>, RelayError> {
        self.inner.mined_with_nonce(account, nonce).await
    }
    async fn call(&self, call: &Call) -> Result<Called<Bytes>, RelayError> {
        self.inner.call(call).await
    }
    async fn estimate(&self, call: &Call) -> Result<Called<u64>, RelayError> {
        self.inner.estimate(call).await
    }
    async fn send(&self, raw: &Bytes) -> SendReply {
        self.sends.fetch_add(1, Ordering::SeqCst);
        self.inner.send(raw).await
    }
}

#[tokio::test]
async fn a_missing_receipt_is_never_taken_for_a_failure() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let forgetful = Arc::new(Forgetful { inner: world.wire(), left: 30.into(), sends: 0.into() });
    let lane = world.lane(ledger.clone(), forgetful.clone());

    let outcomes = lane.drive(&world.batches(1, 2), &NeverDone).await.expect("drives");

    assert!(matches!(outcomes[0].ending, Ending::Final { .. }), "found in the end: {outcomes:?}");
    assert_eq!(world.minted().await, 2, "and minted once");
    let attempts = ledger.attempts(1).expect("reads");
    assert_eq!(attempts.len(), 1, "no second transaction was ever signed");

    // With a node that never finds it, a person is asked; nothing is signed anew.
    let deaf = Arc::new(Forgetful { inner: world.wire(), left: u32::MAX.into(), sends: 0.into() });
    let impatient = LaneSettings { patience: 5, ..settings() };
    let lane = world.lane_with(ledger.clone(), deaf, impatient);
    let outcomes = lane.drive(&world.batches(2, 2)[1..], &NeverDone).await.expect("drives");
    let Ending::Attention(why) = &outcomes[0].ending else { panic!("{outcomes:?}") };
    assert_eq!(why.code, "RELAY-NONCE-UNEXPLAINED", "the reason is named");
    assert_eq!(world.minted().await, 4, "it was mined, once");

    // A better node, and the same call again: found, nothing sent.
    let lane = world.lane(ledger.clone(), world.wire());
    let outcomes = lane.drive(&world.batches(2, 2)[1..], &NeverDone).await.expect("drives");
    assert!(matches!(outcomes[0].ending, Ending::Final { .. }), "{outcomes:?}");
    assert_eq!(world.minted().await, 4, "still once");
}

#[tokio::test]
async fn a_stuck_transaction_is_bumped_on_both_fields_with_the_same_nonce() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    world.automine(false).await;
    let before = world.balance(world.deployer.address()).await;
    let lane = world.lane(ledger.clone(), world.wire());
    let intents = world.batches(1, 2);
    let node = async {
        // Too dear for what was sent, for a while; then normal blocks.
        let _ = tokio::time::timeout(Duration::from_millis(900), fee_spike(&world)).await;
        loop {
            world.mine(1).await;
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    };

    let outcomes = tokio::select! {
        outcomes = lane.drive(&intents, &NeverDone) => outcomes.expect("drives"),
        () = node => unreachable!("the node never ends"),
    };

    assert!(matches!(outcomes[0].ending, Ending::Final { .. }), "{outcomes:?}");
    let attempts = ledger.attempts(1).expect("reads");
    assert!(attempts.len() >= 2, "it was bumped: {} attempts", attempts.len());
    for pair in attempts.windows(2) {
        assert_eq!(pair[1].kind, AttemptKind::Bump, "a replacement");
        assert_eq!(pair[0].nonce, pair[1].nonce, "of the same nonce");
        assert!(pair[1].max_fee * 8 >= pair[0].max_fee * 9, "an eighth more fee");
        assert!(pair[1].tip * 8 >= pair[0].tip * 9, "an eighth more tip");
    }
    assert_eq!(world.minted().await, 2, "mined once");
    let gone = before - world.balance(world.deployer.address()).await;
    assert_eq!(gone.to::<u128>(), ledger.spent(world.lane_id()).expect("a sum"), "every wei");
    let campaign = ledger.campaign("launch").expect("reads").expect("is there");
    assert_eq!(campaign.reserved, 0, "the raised reservation was released");
}
