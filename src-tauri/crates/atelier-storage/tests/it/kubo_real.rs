use std::time::Duration;

use atelier_storage::ipfs_api::{KuboApi, Timeouts};
use atelier_storage::targets::KuboTarget;
use atelier_storage::{BundleCars, Scope, Target, Watch};

use crate::sample;

/// `node tests/peers/ipfs/start.mjs REPO` prints the address.
#[tokio::test]
#[ignore = "needs a node: ATELIER_KUBO_API=http://127.0.0.1:… [ATELIER_SUPPLY=100]"]
async fn a_real_node_takes_a_bundle_and_gives_it_back() {
    let address = std::env::var("ATELIER_KUBO_API").unwrap();
    let supply = std::env::var("ATELIER_SUPPLY").map_or(100, |supply| supply.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), supply);
    let api =
        KuboApi::new(&address, Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() }).unwrap();
    assert!(!api.version().await.unwrap().version.is_empty(), "the node says what it is");
    assert!(!api.is_pinned(&bundle.manifest.images_cid).await.unwrap(), "nothing is there yet");
    let target = KuboTarget::new("kubo", api.clone());
    let stored = target.put(&BundleCars::of(&bundle), &Watch::silent()).await.unwrap();
    assert_eq!(stored.roots.len(), 3, "three archives");
    let root = bundle.manifest.images_cid;
    let block = api.block_get(&root).await.unwrap();
    assert_eq!(api.block_stat(&root).await.unwrap(), block.len() as u64, "the folder's root node");
    api.pin_add(&root).await.unwrap();
    let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
    assert!(proof.holds(), "{:?}", proof.failures);
    assert_eq!(proof.files_proven, u64::from(supply) * 2 + 1, "every file came back as released");
}
