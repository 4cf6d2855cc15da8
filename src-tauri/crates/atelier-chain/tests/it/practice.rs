use std::{net::TcpListener, path::Path};

use alloy::{eips::BlockId, primitives::Address};
use atelier_chain::practice::{Origin, Practice, PracticeSettings, find_anvil};

use crate::world::{checkout, ether, practice, settings};

const ALICE: Address = Address::repeat_byte(0xa1);

async fn start(settings: PracticeSettings) -> Practice {
    Practice::start(settings).await.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn a_stopped_chain_continues_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = start(settings(&folder)).await;
    assert_eq!(first.origin(), Origin::Fresh);
    first.fund(ALICE, ether(3)).await.expect("the faucet gives");
    first.mine(5).await.expect("it mines");
    let (genesis, url) = (first.record().genesis_hash, first.url());
    first.stop().await.expect("it stops");

    let second = start(settings(&folder)).await;
    assert_eq!(second.origin(), Origin::Restored, "its state was on disk");
    assert_eq!(second.record().genesis_hash, genesis, "it is the same chain");
    assert_eq!(second.url(), url, "at the same address");
    assert_eq!(second.endpoint().balance(ALICE, BlockId::latest()).await.expect("it answers"), ether(3));
    assert_eq!(second.endpoint().block_number().await.expect("it answers"), 5);
    second.erase().await.expect("it is erased");
    let third = start(settings(&folder)).await;
    assert_eq!(third.origin(), Origin::Fresh, "nothing is left of it");
}

#[tokio::test]
async fn a_killed_application_finds_its_node_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let killed = start(settings(&folder)).await;
    killed.fund(ALICE, ether(3)).await.expect("the faucet gives");
    let pid = killed.record().pid;
    std::mem::forget(killed); // what SIGKILL does: no destructor runs

    let again = start(settings(&folder)).await;
    assert_eq!(again.origin(), Origin::Attached, "the node still runs");
    assert_eq!(again.record().pid, pid, "and no second one was started");
    assert_eq!(again.endpoint().balance(ALICE, BlockId::latest()).await.expect("it answers"), ether(3));
    again.stop().await.expect("a node we did not start ourselves stops too");
}

#[tokio::test]
async fn another_chain_on_the_recorded_port_is_not_taken_for_ours() {
    let (stranger, _its_folder) = practice().await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = stranger.record().clone();
    record.genesis_hash = Default::default();
    let text = serde_json::to_vec(&record).expect("it serialises");
    std::fs::write(folder.path().join("practice.json"), text).expect("it is written");
    let ours = start(settings(&folder)).await;
    assert_eq!(ours.origin(), Origin::Fresh);
    assert_ne!(ours.record().port, stranger.record().port, "a stranger's chain is left alone");
}

#[tokio::test]
async fn a_port_in_use_and_a_missing_binary_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("it is bound").port();
    let error = Practice::start(PracticeSettings { port: Some(port), ..settings(&folder) }).await;
    assert_eq!(error.expect_err("the port is taken").code(), "CHAIN-PORT-IN-USE");

    let nowhere = PracticeSettings { anvil: "/nowhere/anvil".into(), ..settings(&folder) };
    let error = Practice::start(nowhere).await.expect_err("there is no binary");
    assert_eq!(error.code(), "CHAIN-ANVIL-MISSING");
    assert!(error.to_string().contains("npm install @foundry-rs/anvil"), "it says what to install: {error}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_node_that_dies_at_once_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = PracticeSettings { anvil: "/bin/false".into(), ..settings(&folder) };
    let error = Practice::start(settings).await.expect_err("it ends at once");
    assert_eq!(error.code(), "CHAIN-PRACTICE-DIED", "{error}");
}

#[test]
fn resources_come_before_the_checkout() {
    let resources = tempfile::tempdir().expect("a folder");
    let bundled = resources.path().join(if cfg!(windows) { "anvil.exe" } else { "anvil" });
    std::fs::write(&bundled, "").expect("it is written");
    let found = find_anvil(Some(resources.path()), Some(&checkout())).expect("it is found");
    assert_eq!(found, bundled);
    let beside = find_anvil(None, Some(&checkout())).expect("npm carries it");
    assert!(beside.starts_with(checkout()), "then the npm package beside the checkout: {}", beside.display());
    assert!(Path::new(&beside).is_file());
}
