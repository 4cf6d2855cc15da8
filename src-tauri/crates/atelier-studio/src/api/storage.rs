use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The Storage screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Storage {
    /// The bundle, once built.
    pub bundle: Option<BundleView>,
    /// True when pictures, plan or metadata changed after the bundle was built.
    pub bundle_stale: bool,
    /// Copies the policy asks for.
    pub copies_wanted: u32,
    /// Copies proven.
    pub copies_proven: u32,
    /// The targets.
    pub targets: Vec<TargetView>,
    /// The policy in a sentence: "1 of 1 copies proven".
    pub sentence: String,
    /// Address of the local gateway while it runs: `http://127.0.0.1:…`.
    pub gateway: Option<String>,
}

/// A bundle: everything known before any upload.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BundleView {
    /// Merkle root over the tokens.
    pub root: String,
    /// SHA-256 of the canonical manifest.
    pub manifest: String,
    /// CID of the folder of pictures.
    pub images_cid: String,
    /// CID of the folder of metadata.
    pub metadata_cid: String,
    /// CID of the collection JSON.
    pub contract_cid: String,
    /// What goes on chain: `ipfs://<metadata_cid>/`.
    pub base_uri: String,
    /// Files in all.
    pub files: u32,
    /// Bytes in all, a decimal string.
    pub bytes: String,
    /// Tokens.
    pub tokens: u32,
    /// The folder that holds it.
    pub dir: String,
    /// When it was built.
    pub built_at: String,
    /// Signatures over it.
    pub signatures: Vec<SignatureView>,
}

/// A signature over the bundle.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SignatureView {
    /// Who signed.
    pub signer: String,
    /// The role of that key here, where it is one of ours.
    pub role: Option<String>,
    /// Chain it is for.
    pub chain_id: u32,
    /// Drop address it is for.
    pub drop: String,
    /// False when the bundle changed afterwards.
    pub valid: bool,
}

/// Kinds of storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// Blocks on this disk, served through a loopback gateway.
    Embedded,
    /// A Kubo node by its RPC.
    Kubo,
}

/// How a copy stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TargetState {
    /// Nothing stored.
    Empty,
    /// Being stored or checked.
    Running,
    /// Stored, not yet read back.
    Stored,
    /// Every file was read back and its hash is right.
    Proven,
    /// What is stored is an earlier bundle.
    Stale,
    /// The last attempt failed.
    Failed,
}

/// One target and its copy.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TargetView {
    /// Id in `drop.toml`.
    pub id: String,
    /// Kind.
    pub kind: TargetKind,
    /// Name as shown.
    pub name: String,
    /// Where: a folder or a URL.
    pub place: String,
    /// How it stands.
    pub state: TargetState,
    /// Files proven.
    pub proven: u32,
    /// Files in all.
    pub total: u32,
    /// When the copy was last proven.
    pub proven_at: Option<String>,
    /// What it costs, in words: "free: your own disk".
    pub price: String,
    /// The last failure.
    pub error: Option<super::ErrorReport>,
}

/// Names a target.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TargetRef {
    /// Its id.
    pub id: String,
}

/// Add a Kubo node.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddKubo {
    /// Id, `[a-z0-9-]+`.
    pub id: String,
    /// RPC address, such as `http://127.0.0.1:5001`.
    pub url: String,
}

/// Check a bundle anywhere on this machine.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VerifyPath {
    /// A `build` folder; `None` is the open project's.
    pub path: Option<String>,
}

/// What verification found. No network is used.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VerifyReport {
    /// True when nothing is wrong.
    pub ok: bool,
    /// Files checked.
    pub files: u32,
    /// Bytes checked, a decimal string.
    pub bytes: String,
    /// Tokens whose metadata and picture are proven into the root.
    pub tokens: u32,
    /// Merkle root found in the manifest.
    pub root: String,
    /// Signers whose signature holds.
    pub signers: Vec<String>,
    /// What is wrong, by file and token.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with a bundle.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Stable code.
    pub code: String,
    /// The file.
    pub file: String,
    /// The token it belongs to.
    pub token: Option<u32>,
    /// What is wrong, in a sentence.
    pub message: String,
}
