//! What we write, read by others; what others compute, compared with ours.
use anyhow::{Context as _, Result};
use atelier_tests::{Chain, World, node};
use serde_json::Value;

#[test]
fn the_chain_read_by_viem_says_what_the_app_says() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    let report = world.atelier(&project, &["demo", "--headless"])?.ok();
    let drop = report["drop"].as_str().context("the demo names its drop")?;

    let sales = world.atelier(&project, &["sales"])?.ok();
    // The practice chain ended with the demo and wrote its state down.
    let chain = Chain::left_by(&project)?;
    let seen = node("oracles/read-chain.mjs", &[chain.url(), drop])?;
    assert_eq!(seen["total_minted"], report["minted"], "tokens on chain");
    assert_eq!(seen["provenance"], report["root"], "the signed root is on chain");
    assert_eq!(seen["base_uri"], report["base_uri"], "the signed base URI is on chain");
    assert_eq!(seen["frozen"], true, "metadata is frozen");
    for token in seen["tokens"].as_array().into_iter().flatten() {
        let due = format!("{}{}.json", report["base_uri"].as_str().unwrap_or_default(), token["id"]);
        assert_eq!(token["uri"], due, "token URI of #{}", token["id"]);
    }
    let (ours, theirs) = (&sales["sales"][0], &seen["sales"][0]);
    assert_eq!(ours["price"], theirs["price"], "price of the sale");
    assert_eq!(ours["royalty_owed"], theirs["due"], "royalty owed by ERC-2981 at the sale's block");
    assert_eq!(ours["royalty_received"], theirs["paid"], "royalty received");
    assert_eq!(ours["transaction"], theirs["transaction"], "the same transaction");
    Ok(())
}

#[test]
fn folders_have_the_reference_importers_cid() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    let ok = |arguments: &[&str]| -> Result<Value> { Ok(world.atelier(&project, arguments)?.ok()) };
    ok(&["init", "--sample"])?;
    ok(&["plan", "--count", "25"])?;
    ok(&["render"])?;
    for role in ["deployer", "voucher-signer"] {
        ok(&["keys", "create", role])?;
    }
    ok(&["bundle"])?;
    let manifest: Value = serde_json::from_slice(&std::fs::read(project.join("build/manifest.json"))?)?;
    for folder in ["images", "metadata"] {
        let dir = project.join("build").join(folder);
        let theirs = node("oracles/cids.mjs", &["--dir", &dir.to_string_lossy()])?;
        assert_eq!(manifest[format!("{folder}_cid")], theirs["cid"], "CID of {folder}/");
    }
    Ok(())
}

#[test]
fn vouchers_verify_in_viem_and_ethers() -> Result<()> {
    let world = World::new()?;
    let chain = Chain::start()?;
    let project = world.path("drop");
    let ok = |arguments: &[&str]| -> Result<Value> { Ok(world.atelier(&project, arguments)?.ok()) };
    world.launched(&project, chain.url(), 20)?;
    ok(&["voucher", "issue", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "--days", "30"])?;
    let vouchers = world.path("vouchers.json");
    let exported = ok(&["voucher", "export"])?;
    std::fs::write(&vouchers, exported.to_string())?;
    let checked = node("oracles/verify-voucher.mjs", &[&vouchers.to_string_lossy()])?;
    assert_eq!(checked["good"], true, "{checked}");
    Ok(())
}
