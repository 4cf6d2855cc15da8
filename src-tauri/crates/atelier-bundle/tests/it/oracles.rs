//! Reference implementations look at a bundle. They need `npm ci` in `tests/peers/oracles`, which
//! `cargo xtask setup` does; without it these tests fail and say so.

use std::path::{Path, PathBuf};
use std::process::Command;

use atelier_bundle::Watch;
use atelier_bundle::signature::SignatureFile;
use serde_json::Value;

use crate::bundle::small_bundle;
use crate::signature::{signed, signer};

fn ask(script: &str, arguments: &[&Path]) -> Value {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/peers/oracles");
    assert!(
        folder.join("node_modules").is_dir(),
        "run `npm ci --ignore-scripts` in tests/peers/oracles first"
    );
    let output = Command::new("node").arg(script).args(arguments).current_dir(folder).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {words} {}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn strangers_agree_about_a_signed_bundle() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = small_bundle(dir.path(), 7, &Watch::silent()).unwrap();
    let mut file = SignatureFile::default();
    for seed in [1, 2] {
        file.attach(signed(&bundle.manifest, &signer(seed)));
    }
    file.write(dir.path()).unwrap();
    let at = |name: &str| dir.path().join(name);

    let answer = ask("verify-bundle.mjs", &[&at("manifest.sig.json"), &at("manifest.json")]);
    assert_eq!(answer["good"], true, "viem, ethers and canonicalize: {answer}");
    let digest = crate::signature::statement(&bundle.manifest).digest().to_string();
    for (entry, seed) in answer["signatures"].as_array().unwrap().iter().zip([1, 2]) {
        assert_eq!(entry["digest_viem"], digest.as_str(), "viem hashes the same typed data");
        assert_eq!(entry["digest_ethers"], digest.as_str(), "so does ethers");
        assert_eq!(entry["recovered"], signer(seed).address().to_string(), "signer {seed}");
        assert_eq!(entry["current"], true, "about these very bytes");
    }

    let merkle = ask("merkle.mjs", &["--bundle".as_ref(), dir.path()]);
    assert_eq!(merkle["root"], bundle.manifest.merkle_root.to_string(), "OpenZeppelin's root");
    let tree = bundle.manifest.token_tree().unwrap();
    for (index, proof) in merkle["proofs"].as_array().unwrap().iter().enumerate() {
        let ours: Vec<Value> =
            tree.proof(index).unwrap().iter().map(|hash| hash.to_string().into()).collect();
        assert_eq!(proof, &Value::from(ours), "proof of token {}", index + 1);
    }

    for (folder, cid) in [("images", bundle.manifest.images_cid), ("metadata", bundle.manifest.metadata_cid)]
    {
        let answer = ask("cids.mjs", &["--dir".as_ref(), &at(folder)]);
        assert_eq!(answer["cid"], cid.to_string(), "ipfs-unixfs-importer on {folder}");
    }
}
