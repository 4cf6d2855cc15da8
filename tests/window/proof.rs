//! What was launched, read by others and compared with what was signed.
use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result};
use atelier_tests::{Chain, World, node};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Compares the chain, as viem reads it, and every byte behind every minted token with the signed bundle.
pub fn holds(world: &World, project: &Path, minted: u64) -> Result<()> {
    let build = project.join("build");
    let bytes = std::fs::read(build.join("manifest.json"))?;
    let manifest: Value = serde_json::from_slice(&bytes)?;
    let signed: Value = serde_json::from_slice(&std::fs::read(build.join("manifest.sig.json"))?)?;
    let file = |name: &str| build.join(name).to_string_lossy().into_owned();
    let checked = node("oracles/verify-bundle.mjs", &[&file("manifest.sig.json"), &file("manifest.json")])?;
    assert_eq!(checked["good"], true, "viem and ethers verify the signature: {checked}");
    let tree = node("oracles/merkle.mjs", &["--bundle", &build.to_string_lossy()])?;
    let signature = &signed["signatures"][0];
    let promise = &signature["message"];
    assert_eq!(
        promise["manifest"],
        format!("0x{}", sha256(&bytes)),
        "the signed manifest is the one on disk"
    );
    assert_eq!(tree["root"], promise["root"], "OpenZeppelin's tree over the files has the signed root");

    let base = promise["baseURI"].as_str().context("a base URI was signed")?;
    let drop = signature["domain"]["verifyingContract"].as_str().context("it was signed for one drop")?;
    let chain = Chain::left_by(project)?;
    let seen = node("oracles/read-chain.mjs", &[chain.url(), drop])?;
    assert_eq!(seen["total_minted"], minted, "tokens on chain: {seen}");
    assert_eq!(seen["base_uri"], base, "the signed base URI is on chain");
    assert_eq!(seen["provenance"], promise["root"], "the signed root is on chain");
    assert_eq!(seen["contract_uri"], manifest["contract_uri"], "the collection's own address is on chain");
    assert_eq!(seen["frozen"], true, "metadata is frozen");
    let sales = seen["sales"].as_array().context("viem read the sales")?;
    assert_eq!(sales.len(), 1, "one sale: {seen}");
    assert_eq!(sales[0]["price"], "500000000000000000", "half an ether was asked");
    assert_eq!(sales[0]["due"], "25000000000000000", "5 % of it is the royalty");
    assert_eq!(sales[0]["paid"], sales[0]["due"], "and it was paid");

    let mut ids = BTreeSet::new();
    for token in seen["tokens"].as_array().context("viem read the tokens")? {
        let id = token["id"].as_u64().context("a token has a number")?;
        ids.insert(id);
        assert_eq!(token["uri"], format!("{base}{id}.json"), "token URI of #{id}");
        let metadata = std::fs::read(build.join(format!("metadata/{id}.json")))?;
        let picture = std::fs::read(build.join(format!("images/{id}.png")))?;
        for (path, bytes) in
            [(format!("metadata/{id}.json"), &metadata), (format!("images/{id}.png"), &picture)]
        {
            let entry =
                manifest["files"].as_array().into_iter().flatten().find(|entry| entry["path"] == path);
            let entry = entry.with_context(|| format!("{path} is not in the signed manifest"))?;
            assert_eq!(entry["sha256"], sha256(bytes), "SHA-256 of {path}");
        }
        let words: Value = serde_json::from_slice(&metadata)?;
        let cid = manifest["images_cid"].as_str().context("the pictures have a CID")?;
        assert_eq!(
            words["image"],
            format!("ipfs://{cid}/{id}.png"),
            "metadata of #{id} leads to its picture"
        );
    }
    assert_eq!(ids, (1..=minted).collect(), "every planned number once, and no other");

    let verified = world.atelier(project, &["verify"])?.ok();
    assert_eq!(verified["findings"], json!([]), "the program itself finds nothing: {verified}");
    let audit = world.atelier(project, &["audit", "verify"])?.ok();
    assert_eq!(audit["intact"], true, "the audit chain holds");
    Ok(())
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
