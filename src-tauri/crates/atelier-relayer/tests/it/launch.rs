use std::sync::Arc;

use atelier_relayer::{Ending, LaneSettings, Ledger, NeverDone, RelayError, State};

use crate::world::{BatchMinted, World, settings};

const GENEROUS: u128 = 10_u128.pow(18);

#[tokio::test]
async fn intents_become_final_in_order_and_the_books_match_the_chain() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let before = world.balance(world.deployer.address()).await;
    let lane = world.lane(ledger.clone(), world.wire());
    let already = BatchMinted { wire: world.wire(), drop: world.drop };

    let outcomes = lane.drive(&world.batches(4, 5), &already).await.expect("the lane drives");

    assert!(
        outcomes.iter().all(|outcome| matches!(outcome.ending, Ending::Final { .. })),
        "every batch is final: {outcomes:?}"
    );
    assert_eq!(world.minted().await, 20, "four batches of five");
    let gone = before - world.balance(world.deployer.address()).await;
    let spent = ledger.spent(world.lane_id()).expect("a sum");
    assert_eq!(gone.to::<u128>(), spent, "the ledger explains every wei the chain took");
    let campaign = ledger.campaign("launch").expect("reads").expect("is there");
    assert_eq!((campaign.spent, campaign.reserved), (spent, 0), "all settled, nothing held");
}

#[tokio::test]
async fn driving_twice_sends_once() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let lane = world.lane(ledger.clone(), world.wire());

    let first = lane.drive(&world.batches(2, 3), &NeverDone).await.expect("drives");
    let second = lane.drive(&world.batches(2, 3), &NeverDone).await.expect("drives again");

    assert_eq!(first, second, "the second run reads what the first one did");
    assert_eq!(world.minted().await, 6, "nothing was minted twice");
}

#[tokio::test]
async fn a_window_keeps_several_in_flight_and_still_mints_exactly() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let wide = LaneSettings { window: 4, confirmations: 3, ..settings() };
    let lane = world.lane_with(ledger.clone(), world.wire(), wide);
    let miner = async {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(60)).await;
            world.mine(1).await;
        }
    };

    let intents = world.batches(8, 2);
    let outcomes = tokio::select! {
        outcomes = lane.drive(&intents, &NeverDone) => outcomes.expect("drives"),
        () = miner => unreachable!("the miner never ends"),
    };

    assert!(outcomes.iter().all(|outcome| matches!(outcome.ending, Ending::Final { .. })), "{outcomes:?}");
    assert_eq!(world.minted().await, 16, "eight batches of two");
}

#[tokio::test]
async fn a_step_that_would_revert_takes_no_nonce_and_stops_the_rest() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let before = world.balance(world.deployer.address()).await;
    let mut intents = world.batches(3, 2);
    intents.remove(0); // batch 2 without batch 1

    let outcomes =
        world.lane(ledger.clone(), world.wire()).drive(&intents, &NeverDone).await.expect("drives");

    let Ending::Refused(why) = &outcomes[0].ending else { panic!("batch 2 is refused: {outcomes:?}") };
    assert!(why.reason.contains("out of order"), "the contract's reason is told in words: {}", why.reason);
    assert_eq!(outcomes[1].ending, Ending::NotStarted, "nothing is begun after a failure");
    assert_eq!(world.balance(world.deployer.address()).await, before, "nothing was spent");

    // Mended: the missing batch is put in front, and the refused one runs.
    let mended = world
        .lane(ledger.clone(), world.wire())
        .drive(&world.batches(3, 2), &NeverDone)
        .await
        .expect("drives");
    assert!(mended.iter().all(|outcome| matches!(outcome.ending, Ending::Final { .. })), "{mended:?}");
}

#[tokio::test]
async fn a_budget_that_is_too_small_refuses_before_signing() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", 1_000).expect("a budget");

    let lane = world.lane(ledger.clone(), world.wire());
    let outcomes = lane.drive(&world.batches(1, 1), &NeverDone).await.expect("drives");

    let Ending::Attention(why) = &outcomes[0].ending else { panic!("{outcomes:?}") };
    assert_eq!(why.code, "RELAY-BUDGET-EXHAUSTED", "the reason is the budget");
    let intent = ledger.intent("batch-1").expect("reads").expect("is there");
    assert_eq!(intent.state, State::Queued, "no nonce was taken");
    assert_eq!(ledger.campaign("launch").expect("reads").expect("is there").reserved, 0, "nothing is held");

    ledger.open_campaign("launch", GENEROUS).expect("a larger budget");
    let outcomes = lane.drive(&world.batches(1, 1), &NeverDone).await.expect("drives");
    assert!(matches!(outcomes[0].ending, Ending::Final { .. }), "with money it goes on: {outcomes:?}");
}

#[tokio::test]
async fn a_key_means_one_thing_for_ever() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let lane = world.lane(ledger.clone(), world.wire());
    lane.drive(&world.batches(1, 1), &NeverDone).await.expect("drives");

    let error = lane.drive(&world.batches(1, 2), &NeverDone).await.expect_err("another quantity");

    assert!(matches!(error, RelayError::KeyConflict { .. }), "{error}");
    assert_eq!(world.minted().await, 1, "the first meaning stands");
}

#[tokio::test]
async fn another_chain_is_refused_before_anything_else() {
    let world = World::new().await;
    let ledger = world.ledger();
    let elsewhere = LaneSettings { chain_id: 1, ..settings() };
    let lane = world.lane_with(ledger.clone(), world.wire(), elsewhere);

    let error = lane.drive(&world.batches(1, 1), &NeverDone).await.expect_err("wrong chain");

    assert!(matches!(error, RelayError::WrongChain { expected: 1, .. }), "{error}");
    assert_eq!(ledger.intent("batch-1").expect("reads"), None, "nothing was queued");
}

#[tokio::test]
async fn what_the_chain_already_shows_is_not_sent() {
    let world = World::new().await;
    let ledger = world.ledger();
    ledger.open_campaign("launch", GENEROUS).expect("a budget");
    let already: Arc<BatchMinted> = Arc::new(BatchMinted { wire: world.wire(), drop: world.drop });
    world.lane(ledger, world.wire()).drive(&world.batches(2, 2), already.as_ref()).await.expect("drives");

    // A second laptop with an empty ledger, or a backup from before.
    let other = tempfile::tempdir().expect("a folder");
    let empty = Arc::new(crate::ledger::SqliteLedger::open(other.path()));
    empty.open_campaign("launch", GENEROUS).expect("a budget");
    let outcomes =
        world.lane(empty, world.wire()).drive(&world.batches(3, 2), already.as_ref()).await.expect("drives");

    assert_eq!(outcomes[0].ending, Ending::DoneElsewhere, "batch 1 is on chain");
    assert_eq!(outcomes[1].ending, Ending::DoneElsewhere, "batch 2 is on chain");
    assert!(matches!(outcomes[2].ending, Ending::Final { .. }), "batch 3 was missing: {outcomes:?}");
    assert_eq!(world.minted().await, 6, "three batches of two, none twice");
}
