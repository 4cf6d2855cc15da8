//! `manifest.json`: everything in the bundle, in bytes that can be hashed.
//!
//! Canonical JSON (RFC 8785) without floating point numbers: the fields below are declared in the order
//! RFC 8785 sorts them, so that serialising a [`Manifest`] *is* canonicalising it, without the cost of a
//! generic tree. A manifest that parses but would be written differently is refused.

use cid::Cid;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use alloy::primitives::{B256, U256};
use alloy::sol_types::SolValue;

use crate::error::BundleError;
use crate::merkle::Tree;
use crate::names::{self, Place};

/// Name and version of this layout.
pub const SCHEMA: &str = "atelier/manifest/1";
/// A manifest larger than this is refused unread.
pub const MAX_BYTES: u64 = 256 << 20;
/// Metadata and picture SHA-256 of one token.
type TokenHashes = ([u8; 32], [u8; 32]);
/// Integers beyond this lose digits in JavaScript.
pub(crate) const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// The list a creator signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `ipfs://<metadata folder>/`: what the contract puts before `<id>.json`.
    pub base_uri: String,
    /// The archives that carry the content, by path.
    pub cars: Vec<CarEntry>,
    /// Identifier of `contract.json`.
    #[serde(with = "cid_text")]
    pub contract_cid: Cid,
    /// `ipfs://<contract_cid>` (ERC-7572).
    pub contract_uri: String,
    /// Name of the collection.
    pub drop: String,
    /// The encoder settings the pictures were written with.
    pub encoder: String,
    /// Every file, sorted by path as bytes.
    pub files: Vec<FileEntry>,
    /// SHA-256 over the joined lower-case hex SHA-256s of the pictures in token order: the older of the two
    /// provenance conventions in use.
    #[serde(with = "hex_text")]
    pub image_provenance: [u8; 32],
    /// Identifier of the folder of pictures.
    #[serde(with = "cid_text")]
    pub images_cid: Cid,
    /// Root over the tokens; see [`token_leaf`].
    pub merkle_root: B256,
    /// Identifier of the folder of token metadata.
    #[serde(with = "cid_text")]
    pub metadata_cid: Cid,
    /// SHA-256 of the plan the pictures were made from.
    #[serde(with = "hex_text")]
    pub plan: [u8; 32],
    /// Import profile behind every identifier; see [`crate::unixfs::PROFILE`].
    pub profile: String,
    /// Commitment to a delayed reveal; zero when there is none.
    pub reveal_commitment: B256,
    /// [`SCHEMA`].
    pub schema: String,
    /// Number of tokens, numbered from 1.
    pub supply: u32,
    /// Name and version of the program that built the bundle.
    pub tool: String,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Length.
    pub bytes: u64,
    /// Identifier of the file by itself.
    #[serde(with = "cid_text")]
    pub cid: Cid,
    /// Media type.
    pub media: String,
    /// Path inside the bundle, with `/`.
    pub path: String,
    /// SHA-256 of the content.
    #[serde(with = "hex_text")]
    pub sha256: [u8; 32],
    /// The token it belongs to, if it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub token: Option<u32>,
}

/// One archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarEntry {
    /// Length.
    pub bytes: u64,
    /// File name in the bundle.
    pub path: String,
    /// The archive's single root.
    #[serde(with = "cid_text")]
    pub root: Cid,
    /// SHA-256 of the archive.
    #[serde(with = "hex_text")]
    pub sha256: [u8; 32],
}

impl Manifest {
    /// The canonical bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings, integers and lists always serialise")
    }

    /// SHA-256 of the canonical bytes: what the signature binds.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.to_bytes()).into()
    }

    /// Reads a manifest somebody may have tampered with. Paths are safe to join to a folder afterwards.
    ///
    /// # Errors
    /// [`BundleError::ManifestMalformed`], [`BundleError::ManifestNotCanonical`], and
    /// [`BundleError::BadName`] or [`BundleError::DuplicateName`] for its paths.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let malformed = |reason: String| BundleError::ManifestMalformed { reason };
        let manifest: Self = serde_json::from_slice(bytes).map_err(|e| malformed(e.to_string()))?;
        if manifest.schema != SCHEMA {
            return Err(malformed(format!(
                "its layout is {:?}, this version reads {SCHEMA:?}",
                manifest.schema
            )));
        }
        for file in &manifest.files {
            names::place(&file.path)?;
            if file.bytes > MAX_SAFE_INTEGER {
                return Err(malformed(format!("the length of {} is impossible", file.path)));
            }
        }
        names::check_distinct(manifest.files.iter().map(|file| file.path.as_str()))?;
        if !manifest.files.is_sorted_by(|a, b| a.path < b.path) {
            return Err(malformed("its files are not in order".into()));
        }
        for car in &manifest.cars {
            if ![names::IMAGES_CAR, names::METADATA_CAR, names::CONTRACT_CAR].contains(&car.path.as_str()) {
                return Err(BundleError::BadName {
                    name: car.path.clone(),
                    reason: "the archives of a bundle are images.car, metadata.car and contract.car",
                });
            }
        }
        names::check_distinct(manifest.cars.iter().map(|car| car.path.as_str()))?;
        if manifest.to_bytes() != bytes {
            return Err(BundleError::ManifestNotCanonical);
        }
        Ok(manifest)
    }

    /// The picture of a token.
    pub fn image(&self, token: u32) -> Option<&FileEntry> {
        self.files
            .iter()
            .find(|file| file.token == Some(token) && matches!(names::place(&file.path), Ok(Place::Image(_))))
    }

    /// The metadata of a token.
    pub fn metadata(&self, token: u32) -> Option<&FileEntry> {
        let path = format!("{}/{token}.json", names::METADATA);
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(&path)).ok()?;
        self.files.get(at)
    }

    /// Where a file is found on IPFS: the folder's identifier and the name in it, or the file's own
    /// identifier for `contract.json`.
    pub fn location(&self, file: &FileEntry) -> Result<(Cid, Option<String>), BundleError> {
        Ok(match names::place(&file.path)? {
            Place::Image(name) => (self.images_cid, Some(name.to_owned())),
            Place::Metadata(name) => (self.metadata_cid, Some(name.to_owned())),
            Place::Contract => (self.contract_cid, None),
        })
    }

    /// The Merkle tree over the tokens, leaf `i` being token `i + 1`, from the hashes listed here.
    ///
    /// # Errors
    /// [`BundleError::TokenIncomplete`] when a token lacks a file, [`BundleError::MerkleEmpty`].
    pub fn token_tree(&self) -> Result<Tree, BundleError> {
        let pairs = self.token_hashes()?;
        let leaves = (1u32..).zip(&pairs).map(|(id, (meta, image))| token_leaf(id, *meta, *image));
        Tree::from_encoded(leaves)
    }

    /// Metadata and picture SHA-256 of every token in order.
    fn token_hashes(&self) -> Result<Vec<TokenHashes>, BundleError> {
        // A hostile supply must not decide how much memory is taken.
        if self.supply as usize > self.files.len() {
            return Err(BundleError::TokenIncomplete { token: self.supply, what: "metadata" });
        }
        let mut meta = vec![None; self.supply as usize];
        let mut image = vec![None; self.supply as usize];
        for file in &self.files {
            let Some(token) = file.token else { continue };
            let (slots, what) = match names::place(&file.path)? {
                Place::Image(_) => (&mut image, "picture"),
                Place::Metadata(_) => (&mut meta, "metadata"),
                Place::Contract => return Err(BundleError::TokenUnexpected { token, what: "metadata" }),
            };
            let slot = (token as usize).checked_sub(1).and_then(|at| slots.get_mut(at));
            match slot {
                Some(slot @ None) => *slot = Some(file.sha256),
                Some(Some(_)) | None => return Err(BundleError::TokenUnexpected { token, what }),
            }
        }
        (1u32..)
            .zip(meta.into_iter().zip(image))
            .map(|(token, (meta, image))| {
                let missing = |what| BundleError::TokenIncomplete { token, what };
                Ok((meta.ok_or_else(|| missing("metadata"))?, image.ok_or_else(|| missing("picture"))?))
            })
            .collect()
    }

    /// The older provenance convention, from the hashes listed here.
    ///
    /// # Errors
    /// [`BundleError::TokenIncomplete`] when a token lacks a file.
    pub fn provenance_of_images(&self) -> Result<[u8; 32], BundleError> {
        let mut hasher = Sha256::new();
        for (_, image) in self.token_hashes()? {
            hasher.update(hex::encode(image));
        }
        Ok(hasher.finalize().into())
    }
}

/// The leaf of one token: `abi.encode(uint256 id, bytes32 metadataSha256, bytes32 imageSha256)`. The id is
/// inside, so that a file proven for one token proves nothing for another.
pub fn token_leaf(id: u32, metadata_sha256: [u8; 32], image_sha256: [u8; 32]) -> Vec<u8> {
    (U256::from(id), B256::from(metadata_sha256), B256::from(image_sha256)).abi_encode_params()
}

/// An identifier as base32 text.
mod cid_text {
    use cid::Cid;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(cid: &Cid, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(cid)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Cid, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| D::Error::custom(format!("{text:?} is not an IPFS identifier")))
    }
}

/// 32 bytes as bare lower-case hex, the way `sha256sum` prints them.
mod hex_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(&text, &mut bytes)
            .map_err(|_| D::Error::custom(format!("{text:?} is not a SHA-256 in hex")))?;
        Ok(bytes)
    }
}
