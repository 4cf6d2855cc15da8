//! A node somebody else wrote (js-ipfs, offline, on loopback) takes a bundle and gives it back.
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use atelier_storage::ipfs_api::{KuboApi, Timeouts};
use atelier_storage::targets::KuboTarget;
use atelier_storage::{BundleCars, Scope, Target, Watch};

use crate::sample;

const SUPPLY: u32 = 60;

/// The node; it ends when its standard input does, and so with this value.
struct Node {
    child: Child,
    api: String,
}

impl Node {
    fn start(repo: &Path) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/peers/ipfs");
        assert!(
            folder.join("node_modules").is_dir(),
            "run `npm ci --ignore-scripts` in tests/peers/ipfs first (`cargo xtask setup` does)"
        );
        let mut child = Command::new("node")
            .arg("start.mjs")
            .arg(repo)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("it says where it listens");
        let told: serde_json::Value = serde_json::from_str(&line).expect("in JSON");
        Self { child, api: told["api"].as_str().expect("an address").to_owned() }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[tokio::test]
async fn a_real_node_takes_a_bundle_and_gives_it_back() {
    let dir = tempfile::tempdir().unwrap();
    let node = Node::start(&dir.path().join("repo"));
    let bundle = sample::bundle(&dir.path().join("bundle"), SUPPLY);
    let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
    let api = KuboApi::new(&node.api, timeouts).unwrap();
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
    assert_eq!(proof.files_proven, u64::from(SUPPLY) * 2 + 1, "every file came back as released");
}
