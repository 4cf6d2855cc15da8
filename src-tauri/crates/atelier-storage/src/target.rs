use std::path::PathBuf;

use async_trait::async_trait;
use atelier_bundle::build::Bundle;
use atelier_bundle::manifest::{FileEntry, Manifest};
use atelier_bundle::{Cid, Watch};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::StorageError;

/// A place that keeps bundles.
#[async_trait]
pub trait Target: Send + Sync {
    /// The name the project gives it; unique within a project.
    fn id(&self) -> &str;

    /// What sort of place it is.
    fn kind(&self) -> Kind;

    /// Hands over the archives. Content that is already there is not stored twice, so calling it again
    /// after a crash is safe.
    async fn put(&self, cars: &BundleCars, watch: &Watch) -> Result<Stored, StorageError>;

    /// Fetches content back by the names tokens use and hashes it. A file that fails is part of the proof;
    /// an error means that the place could not be asked at all.
    async fn verify(&self, manifest: &Manifest, scope: &Scope, watch: &Watch) -> Result<Proof, StorageError>;
}

/// Sorts of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Blocks on the creator's own disk.
    Embedded,
    /// A node with the Kubo RPC.
    Kubo,
    /// Arweave, through signed data items.
    Arweave,
}

impl Kind {
    /// Whether content, once there, stays without anybody paying again.
    pub fn is_permanent(self) -> bool {
        match self {
            Self::Embedded | Self::Kubo => false,
            Self::Arweave => true,
        }
    }
}

/// One archive to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name in the bundle.
    pub name: String,
    /// Its single root.
    pub root: Cid,
    /// Its length.
    pub bytes: u64,
}

/// The archives of one bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleCars {
    /// Archives, by name.
    pub cars: Vec<CarFile>,
}

impl BundleCars {
    /// The archives of a bundle on disk.
    pub fn of(bundle: &Bundle) -> Self {
        let cars = bundle.manifest.cars.iter().map(|car| CarFile {
            path: bundle.dir.join(&car.path),
            name: car.path.clone(),
            root: car.root,
            bytes: car.bytes,
        });
        Self { cars: cars.collect() }
    }

    /// Bytes to hand over.
    pub fn bytes(&self) -> u64 {
        self.cars.iter().map(|car| car.bytes).sum()
    }
}

/// What a target took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The target's id.
    pub target: String,
    /// Roots it now keeps, each equal to the one computed here.
    pub roots: Vec<Cid>,
    /// Bytes handed over.
    pub bytes: u64,
}

/// How much is fetched back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every file.
    All,
    /// All JSON and this many pictures, chosen by the seed so that the choice can be repeated.
    Sample {
        /// How many pictures.
        pictures: usize,
        /// What decides which.
        seed: u64,
    },
}

impl Scope {
    /// The files to fetch, in manifest order.
    pub fn pick<'m>(&self, manifest: &'m Manifest) -> Vec<&'m FileEntry> {
        let (pictures, seed) = match *self {
            Self::All => return manifest.files.iter().collect(),
            Self::Sample { pictures, seed } => (pictures, seed),
        };
        let (mut picked, mut media): (Vec<&FileEntry>, Vec<&FileEntry>) =
            manifest.files.iter().partition(|file| file.media == "application/json");
        media.sort_by_cached_key(|file| {
            let mut hasher = Sha256::new_with_prefix(seed.to_be_bytes());
            hasher.update(&file.path);
            hasher.finalize()
        });
        picked.extend(media.into_iter().take(pictures));
        picked.sort_by(|a, b| a.path.cmp(&b.path));
        picked
    }
}

/// A file that did not come back as released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchFailure {
    /// The file, as the manifest names it.
    pub path: String,
    /// Its token.
    pub token: Option<u32>,
    /// A stable error code.
    pub code: String,
    /// A sentence.
    pub reason: String,
}

/// The outcome of fetching content back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The target's id.
    pub target: String,
    /// What sort of place it is.
    pub kind: Kind,
    /// SHA-256 of the manifest the content was compared with, in hex.
    pub manifest_sha256: String,
    /// Files fetched and found as released.
    pub files_proven: u64,
    /// Files asked for.
    pub files_asked: u64,
    /// Files in the bundle.
    pub files_total: u64,
    /// Bytes fetched and found as released.
    pub bytes_proven: u64,
    /// Everything that did not come back as released.
    pub failures: Vec<FetchFailure>,
}

impl Proof {
    /// Whether everything asked for came back as released.
    pub fn holds(&self) -> bool {
        self.failures.is_empty() && self.files_proven == self.files_asked && self.files_asked > 0
    }
}
