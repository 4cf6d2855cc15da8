//! Killed at every persisted step of a launch, and resumed.
use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use atelier_tests::{Chain, World, node};
use serde_json::Value;

/// Where the outbox can be killed; each is hit at several steps of the launch.
const POINTS: &[&str] = &[
    "after-intent",
    "after-reserve",
    "before-sign",
    "after-sign-commit",
    "before-send",
    "after-send",
    "after-sent-commit",
    "after-receipt-seen",
    "after-inclusion-commit",
    "after-settle",
    "before-final",
    "after-final",
];

#[test]
fn a_launch_killed_at_every_step_ends_with_exactly_the_planned_tokens() -> Result<()> {
    let world = World::new()?;
    let chain = Chain::start()?;
    let project = world.path("drop");
    let ok = |arguments: &[&str]| -> Result<Value> { Ok(world.atelier(&project, arguments)?.ok()) };
    let launch = ["launch", "--rpc", chain.url(), "--chain-id", "31337", "--yes"];

    ok(&["init", "--sample"])?;
    ok(&["plan", "--count", "30"])?;
    ok(&["render"])?;
    for role in ["deployer", "voucher-signer", "relayer"] {
        ok(&["keys", "create", role])?;
    }
    ok(&["network", "--rpc", chain.url(), "--chain-id", "31337"])?;
    ok(&["bundle"])?;
    ok(&["sign"])?;
    ok(&["store"])?;
    ok(&["rehearse"])?;

    // One launch, killed again and again: every point once, each time a little further in.
    let mut killed = BTreeSet::new();
    for (at, point) in POINTS.iter().enumerate() {
        let nth = 1 + at / 4;
        let failpoint = format!("{point}:{nth}");
        let ended = world.atelier_with(&project, &launch, &[("ATELIER_FAILPOINT", &failpoint)])?;
        if ended.code.is_none() {
            killed.insert(*point);
        } else {
            assert_eq!(ended.code, Some(0), "{failpoint}: neither killed nor done: {}", ended.stderr);
        }
    }
    assert!(killed.len() >= 6, "the launch was long enough to be killed often: {killed:?}");
    let finished = ok(&launch)?;
    assert_eq!(finished["state"], "done", "the last start ends it: {finished}");

    let drop = finished["drop"].as_str().context("the launch names its drop")?;
    let seen = node("oracles/read-chain.mjs", &[chain.url(), drop])?;
    let planned = finished["planned"].as_u64();
    assert_eq!(seen["minted"].as_u64(), planned, "minted is planned: {seen}");
    assert_eq!(seen["distinct"], seen["minted"], "no token twice");
    let batches: Vec<u64> = seen["batches"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let due: Vec<u64> = (1..=batches.len() as u64).collect();
    assert_eq!(batches, due, "every batch once, in order");
    assert_eq!(ok(&["audit", "verify"])?["intact"], true, "the audit chain holds");
    Ok(())
}
