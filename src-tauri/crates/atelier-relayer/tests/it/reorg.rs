use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alloy::providers::ext::AnvilApi;
use alloy::rpc::types::anvil::ReorgOptions;
use atelier_relayer::{Ending, LaneSettings, Ledger, NeverDone, State};

use crate::world::{World, settings};

/// The block with our transaction is replaced by an empty one before it is final.
#[tokio::test]
async fn a_replaced_block_sends_the_same_bytes_again() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", 10_u128.pow(19)).expect("a budget");
    let before = world.balance(world.deployer.address()).await;
    let states = Arc::new(Mutex::new(Vec::new()));
    let included = Arc::new(AtomicBool::new(false));
    let (seen, flag) = (states.clone(), included.clone());
    let deep = LaneSettings { confirmations: 4, ..settings() };
    let lane = world.lane_with(ledger.clone(), world.wire(), deep).watched(Arc::new(move |change| {
        seen.lock().expect("not poisoned").push(change.state);
        if change.state == State::Included {
            flag.store(true, Ordering::SeqCst);
        }
    }));
    let node = async {
        while !included.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // A block on top, so that the replaced ones differ from the new ones.
        world.mine(1).await;
        let options = ReorgOptions { depth: 2, tx_block_pairs: Vec::new() };
        world.endpoint.provider().anvil_reorg(options).await.expect("the node reorgs");
        loop {
            tokio::time::sleep(Duration::from_millis(60)).await;
            world.mine(1).await;
        }
    };

    let intents = world.batches(2, 3);
    let outcomes = tokio::select! {
        outcomes = lane.drive(&intents, &NeverDone) => outcomes.expect("drives"),
        () = node => unreachable!("the node never ends"),
    };

    assert!(outcomes.iter().all(|outcome| matches!(outcome.ending, Ending::Final { .. })), "{outcomes:?}");
    let states = states.lock().expect("not poisoned").clone();
    let back = states.windows(2).any(|pair| pair == [State::Included, State::Sent]);
    assert!(back, "the reorg was noticed: {states:?}");
    assert_eq!(world.minted().await, 6, "two batches of three, none lost, none twice");
    for intent in [1, 2] {
        assert_eq!(ledger.attempts(intent).expect("reads").len(), 1, "nothing was signed anew");
    }
    let gone = before - world.balance(world.deployer.address()).await;
    assert_eq!(gone.to::<u128>(), ledger.spent(world.lane_id()).expect("a sum"), "every wei, reorg or not");
    let campaign = ledger.campaign("launch").expect("reads").expect("is there");
    assert_eq!(campaign.reserved, 0, "nothing stays held");
}
