//! Killed at every persisted step of a launch, and resumed.
use anyhow::{Context as _, Result};
use atelier_tests::{Chain, World, node};
use serde_json::Value;

/// Where the outbox can be killed; each is hit at several steps of the launch.
const POINTS: &[&str] = &[
    "after-intent",
    "before-reserve",
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
    let launch = ["launch", "--yes"];
    world.prepared(&project, chain.url(), 60)?;

    // One launch, killed again and again: every point once, each time where the last one left it.
    let mut killed = Vec::new();
    for point in POINTS {
        let ended = world.atelier_with(&project, &launch, &[("ATELIER_FAILPOINT", point)])?;
        if ended.code.is_none() {
            killed.push(*point);
        }
        assert_ne!(ended.code, Some(1), "{point}: a step failed: {}", ended.stderr);
    }
    assert_eq!(killed, POINTS, "every point was passed, and killed the program there");
    let finished = ok(&launch)?;
    assert_eq!(finished["state"], "done", "the last start ends it: {finished}");

    let drop = finished["drop"].as_str().context("the launch names its drop")?;
    let seen = node("oracles/read-chain.mjs", &[chain.url(), drop])?;
    let planned = finished["planned"].as_u64();
    assert_eq!(seen["minted"].as_u64(), planned, "minted is planned: {seen}");
    assert_eq!(seen["distinct"], seen["minted"], "no token twice");
    let batches: Vec<u64> =
        seen["batches"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let due: Vec<u64> = (1..=batches.len() as u64).collect();
    assert_eq!(batches, due, "every batch once, in order");
    assert_eq!(ok(&["audit", "verify"])?["intact"], true, "the audit chain holds");
    Ok(())
}
