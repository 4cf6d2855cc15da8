//! The same key used elsewhere at the same time: the most common trouble of all.

use std::time::Duration;

use atelier_relayer::{Ending, Ledger, State};

use crate::world::{BatchMinted, World};

const GENEROUS: u128 = 10_u128.pow(19);

#[tokio::test]
async fn a_nonce_taken_by_another_app_is_absorbed_and_the_batch_minted_once() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    world.automine(false).await;
    let before = world.balance(world.deployer.address()).await;
    let lane = world.lane(ledger.clone(), world.wire());
    let already = BatchMinted { wire: world.wire(), drop: world.drop };
    let intents = world.batches(2, 4);
    let stranger = async {
        // Wait until ours is in the pool, then outbid it with the same nonce and let it be mined.
        loop {
            let sent =
                ledger.intent("batch-1").expect("reads").is_some_and(|intent| intent.state == State::Sent);
            if sent {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        world.foreign_transfer(&world.deployer, 0, 90_000_000_000).await;
        loop {
            world.mine(1).await;
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    };

    let outcomes = tokio::select! {
        outcomes = lane.drive(&intents, &already) => outcomes.expect("drives"),
        () = stranger => unreachable!("the stranger never ends"),
    };

    assert!(
        outcomes.iter().all(|outcome| matches!(outcome.ending, Ending::Final { .. })),
        "both batches are final without a person: {outcomes:?}"
    );
    assert_eq!(world.minted().await, 8, "two batches of four");
    let gone = before - world.balance(world.deployer.address()).await;
    let spent = ledger.spent(world.lane_id()).expect("a sum");
    assert_eq!(gone.to::<u128>(), spent, "the stranger's transaction is in the books too");
    let campaign = ledger.campaign("launch").expect("reads").expect("is there");
    assert!(campaign.spent < spent, "but not in the campaign's budget");
    assert_eq!(campaign.reserved, 0, "nothing stays held");
}

#[tokio::test]
async fn nonces_used_while_we_were_away_are_stepped_over() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let lane = world.lane(ledger.clone(), world.wire());
    let already = BatchMinted { wire: world.wire(), drop: world.drop };
    lane.drive(&world.batches(1, 1), &already).await.expect("drives");
    for nonce in 1..4 {
        world.foreign_transfer(&world.deployer, nonce, 90_000_000_000).await;
    }
    world.mine(1).await;

    let outcomes = lane.drive(&world.batches(2, 1), &already).await.expect("drives");

    assert!(matches!(outcomes[1].ending, Ending::Final { .. }), "{outcomes:?}");
    let intent = ledger.intent("batch-2").expect("reads").expect("is there");
    let slot = ledger.slot(intent.id).expect("reads").expect("has a nonce");
    assert_eq!(slot.nonce, 4, "the first nonce nobody used");
    assert_eq!(world.minted().await, 2, "both batches");
}
