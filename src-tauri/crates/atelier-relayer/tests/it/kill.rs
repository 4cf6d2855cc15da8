//! SIGKILL between any two persisted steps, then a restart: exactly the planned tokens, every wei explained.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::Arc;

use alloy::signers::local::PrivateKeySigner;
use atelier_chain::Endpoint;
use atelier_relayer::failpoint::POINTS;
use atelier_relayer::{Ending, Lane, Ledger, RpcWire, Wire};
use tokio::process::Command;

use crate::ledger::SqliteLedger;
use crate::world::{BatchMinted, CHAIN, Key, World, batch_intents, settings, timeouts};

const QUANTITY: u64 = 3;
const SIGABRT: i32 = 6;

/// Not a test by itself: the process the other tests kill. Runs only when they have set its environment.
#[tokio::test]
async fn child() {
    let Ok(rpc) = std::env::var("KILL_TEST_RPC") else { return };
    let text = |name: &str| std::env::var(name).expect("the parent sets it");
    let key: PrivateKeySigner = text("KILL_TEST_KEY").parse().expect("a key");
    let drop = text("KILL_TEST_DROP").parse().expect("an address");
    let batches = text("KILL_TEST_BATCHES").parse().expect("a number");
    let endpoint = Endpoint::connect(&rpc, CHAIN, timeouts()).await.expect("the node answers");
    let wire: Arc<dyn Wire> = Arc::new(RpcWire::new(endpoint.provider().clone()));
    let ledger = Arc::new(SqliteLedger::open(text("KILL_TEST_PROJECT").as_ref()));
    let intents = batch_intents(alloy::signers::Signer::address(&key), drop, batches, QUANTITY);
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let lane = Lane::new(ledger, wire.clone(), Arc::new(Key(key)), settings(), stop);
    lane.drive(&intents, &BatchMinted { wire, drop }).await.expect("the lane drives");
}

async fn run_child(world: &World, point: &str, batches: u64) -> ExitStatus {
    Command::new(std::env::current_exe().expect("this binary"))
        .args(["kill::child", "--exact"])
        .env("ATELIER_FAILPOINT", point)
        .env("KILL_TEST_RPC", world.node.endpoint())
        .env("KILL_TEST_KEY", format!("{:#x}", world.deployer.to_bytes()))
        .env("KILL_TEST_DROP", world.drop.to_string())
        .env("KILL_TEST_PROJECT", world.project.path())
        .env("KILL_TEST_BATCHES", batches.to_string())
        .output()
        .await
        .expect("the child starts")
        .status
}

#[tokio::test]
async fn a_kill_at_every_persisted_step_loses_nothing_and_doubles_nothing() {
    let world = World::new().await;
    world.ledger().open_campaign("launch", 10_u128.pow(19)).expect("a budget");
    let before = world.balance(world.deployer.address()).await;
    let points: Vec<&str> = POINTS.into_iter().filter(|point| *point != "after-bump-commit").collect();
    assert!(points.len() >= 12, "at least twelve distinct places to die");

    let mut batches = 0;
    for point in points {
        // Three more batches each time; the process dies at the second passage of the point.
        batches += 3;
        let status = run_child(&world, &format!("{point}:2"), batches).await;
        assert_eq!(
            status.signal(),
            Some(SIGABRT),
            "{point}: the child was to die there, it ended with {status}"
        );

        let ledger = world.ledger();
        let already = BatchMinted { wire: world.wire(), drop: world.drop };
        let outcomes = world
            .lane(ledger.clone(), world.wire())
            .drive(&world.batches(batches, QUANTITY), &already)
            .await
            .unwrap_or_else(|error| panic!("{point}: the restart drives: {error}"));

        assert!(
            outcomes.iter().all(|outcome| matches!(outcome.ending, Ending::Final { .. })),
            "{point}: every batch is final by a transaction of this ledger: {outcomes:?}"
        );
        assert_eq!(world.minted().await, batches * QUANTITY, "{point}: minted equals planned");
        let gone = before - world.balance(world.deployer.address()).await;
        let spent = ledger.spent(world.lane_id()).expect("a sum");
        assert_eq!(gone.to::<u128>(), spent, "{point}: the ledger explains every wei");
        let campaign = ledger.campaign("launch").expect("reads").expect("is there");
        assert_eq!((campaign.spent, campaign.reserved), (spent, 0), "{point}: the budget is settled");
    }
}

#[tokio::test]
async fn a_kill_between_a_bump_and_its_send_is_resumed() {
    let world = World::new().await;
    world.ledger().open_campaign("launch", 10_u128.pow(19)).expect("a budget");
    world.automine(false).await;
    let before = world.balance(world.deployer.address()).await;

    let status = tokio::select! {
        status = run_child(&world, "after-bump-commit", 1) => status,
        () = crate::faults::fee_spike(&world) => unreachable!("the spike never ends"),
    };
    assert_eq!(status.signal(), Some(SIGABRT), "the child dies after committing the bump: {status}");

    world.automine(true).await;
    let ledger = world.ledger();
    let already = BatchMinted { wire: world.wire(), drop: world.drop };
    let lane = world.lane(ledger.clone(), world.wire());
    let intents = world.batches(1, QUANTITY);
    let miner = async {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(40)).await;
            world.mine(1).await;
        }
    };
    let outcomes = tokio::select! {
        outcomes = lane.drive(&intents, &already) => outcomes.expect("drives"),
        () = miner => unreachable!("the miner never ends"),
    };

    assert!(matches!(outcomes[0].ending, Ending::Final { .. }), "{outcomes:?}");
    assert_eq!(world.minted().await, QUANTITY, "one batch, once");
    let gone = before - world.balance(world.deployer.address()).await;
    assert_eq!(gone.to::<u128>(), ledger.spent(world.lane_id()).expect("a sum"), "every wei");
}
