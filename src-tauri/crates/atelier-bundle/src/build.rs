//! Second stage of a bundle: metadata, archives and the manifest.
//!
//! Everything is prepared under hidden names; only then the old manifest is taken away, the new files take
//! their places, and the new manifest appears last. A folder with a manifest is a complete bundle; a build
//! stopped before that moment leaves the previous bundle as it was.

use std::borrow::Cow;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use alloy::primitives::B256;

use crate::emit::{self, Hashing, PackedFile, Packing};
use crate::error::BundleError;
use crate::files::{self, Pending};
use crate::images::{self, ImageSet};
use crate::manifest::{self, CarEntry, FileEntry, Manifest};
use crate::names;
use crate::unixfs::{self, Entry, FileFacts};
use crate::watch::{Stage, Watch};

/// Media type of metadata.
const JSON: &str = "application/json";

/// Everything a bundle is made of.
#[derive(Debug)]
pub struct BuildInput<'a> {
    /// The bundle's folder; it already holds the pictures in `images/`.
    pub out_dir: &'a Path,
    /// The pictures, hashed.
    pub images: &'a ImageSet,
    /// Token id and canonical JSON of every token; ids are 1 to the supply, in any order.
    pub metadata: &'a [(u32, Vec<u8>)],
    /// The collection's own metadata (ERC-7572), canonical JSON.
    pub contract_json: &'a [u8],
    /// What else the manifest says.
    pub facts: Facts,
}

/// Statements a manifest carries beside the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Name of the collection.
    pub drop: String,
    /// Name and version of the program.
    pub tool: String,
    /// SHA-256 of the plan.
    pub plan: [u8; 32],
    /// Encoder settings of the pictures.
    pub encoder: String,
    /// Commitment to a delayed reveal; zero when there is none.
    pub reveal_commitment: B256,
}

/// A finished bundle on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Its folder.
    pub dir: PathBuf,
    /// Its list.
    pub manifest: Manifest,
    /// SHA-256 of `manifest.json`.
    pub manifest_sha256: [u8; 32],
}

impl Bundle {
    /// Opens the bundle in `dir` without checking the files it lists ([`crate::verify::verify`] does).
    ///
    /// # Errors
    /// [`BundleError::Io`] when there is no manifest, and as [`Manifest::parse`].
    pub fn open(dir: &Path) -> Result<Self, BundleError> {
        let bytes = files::read_small(&dir.join(names::MANIFEST), manifest::MAX_BYTES)?;
        let manifest = Manifest::parse(&bytes)?;
        let manifest_sha256 = manifest.sha256();
        Ok(Self { dir: dir.to_path_buf(), manifest, manifest_sha256 })
    }
}

/// Builds the bundle. Existing signatures stay and become stale.
///
/// # Errors
/// Token errors when pictures and metadata do not match one to one, [`BundleError::FileChanged`] when a
/// picture was touched since it was hashed, [`BundleError::Io`], [`BundleError::Cancelled`].
pub fn build(input: &BuildInput<'_>, watch: &Watch) -> Result<Bundle, BundleError> {
    let out = input.out_dir;
    let images_dir = out.join(names::IMAGES);
    if input.images.folder() != images_dir {
        return Err(BundleError::ImagesElsewhere {
            found: input.images.folder().to_path_buf(),
            expected: images_dir,
        });
    }
    let metadata = in_token_order(input)?;
    sweep(out)?;

    let staged = files::hidden_folder(out)?;
    let tokens = stage_metadata(staged.path(), &metadata, watch)?;

    let images_folder = unixfs::directory(&images::entries(input.images.images()))?;
    let metadata_folder = unixfs::directory(&listing(&tokens))?;
    let contract = unixfs::facts_of(input.contract_json);

    let total = (input.images.images().len() + tokens.len() + 1) as u64;
    let mut packed = 0;
    let mut each = || {
        if watch.is_cancelled() {
            return Err(BundleError::Cancelled);
        }
        packed += 1;
        watch.report(Stage::WriteCars, packed, total);
        Ok(())
    };
    let contract_packing = Packing {
        root: contract.cid,
        nodes: &[],
        files: vec![PackedFile {
            path: out.join(names::CONTRACT),
            bytes: Some(Cow::Borrowed(input.contract_json)),
            cid: contract.cid,
        }],
    };
    let images_packing = Packing {
        root: images_folder.cid,
        nodes: &images_folder.nodes,
        files: input
            .images
            .images()
            .iter()
            .map(|image| from_disk(images_dir.join(&image.file.name), &image.facts))
            .collect(),
    };
    let metadata_packing = Packing {
        root: metadata_folder.cid,
        nodes: &metadata_folder.nodes,
        files: tokens.iter().map(|t| from_disk(staged.path().join(&t.name), &t.facts)).collect(),
    };
    let mut cars = Vec::new();
    for (name, packing) in [
        (names::CONTRACT_CAR, &contract_packing),
        (names::IMAGES_CAR, &images_packing),
        (names::METADATA_CAR, &metadata_packing),
    ] {
        cars.push(write_car(out, name, packing, &mut each)?);
    }

    let mut manifest = Manifest {
        base_uri: format!("ipfs://{}/", metadata_folder.cid),
        cars: cars.iter().map(|(entry, _)| entry.clone()).collect(),
        contract_cid: contract.cid,
        contract_uri: format!("ipfs://{}", contract.cid),
        drop: input.facts.drop.clone(),
        encoder: input.facts.encoder.clone(),
        files: file_entries(input.images, &tokens, &contract),
        image_provenance: [0; 32],
        images_cid: images_folder.cid,
        merkle_root: B256::ZERO,
        metadata_cid: metadata_folder.cid,
        plan: input.facts.plan,
        profile: unixfs::PROFILE.into(),
        reveal_commitment: input.facts.reveal_commitment,
        schema: manifest::SCHEMA.into(),
        supply: u32::try_from(tokens.len()).expect("ids are u32 and distinct"),
        tool: input.facts.tool.clone(),
    };
    manifest.merkle_root = manifest.token_tree()?.root();
    manifest.image_provenance = manifest.provenance_of_images()?;
    let bytes = manifest.to_bytes();
    // What we cannot read back must not be published.
    Manifest::parse(&bytes)?;

    let manifest_path = out.join(names::MANIFEST);
    if watch.is_cancelled() {
        return Err(BundleError::Cancelled);
    }
    remove_if_there(&manifest_path)?;
    replace_folder(&staged.keep(), &out.join(names::METADATA))?;
    files::write_whole(&out.join(names::CONTRACT), input.contract_json)?;
    for (entry, pending) in cars {
        pending.publish(&out.join(&entry.path))?;
    }
    files::write_whole(&manifest_path, &bytes)?;
    let manifest_sha256 = manifest.sha256();
    Ok(Bundle { dir: out.to_path_buf(), manifest, manifest_sha256 })
}

/// Metadata sorted by id, once it is certain that ids are `1..=n` and each has exactly one picture.
fn in_token_order<'a>(input: &BuildInput<'a>) -> Result<Vec<(u32, &'a [u8])>, BundleError> {
    let mut metadata: Vec<(u32, &[u8])> =
        input.metadata.iter().map(|(id, bytes)| (*id, bytes.as_slice())).collect();
    metadata.sort_by_key(|(id, _)| *id);
    if metadata.is_empty() {
        return Err(BundleError::Empty);
    }
    for (expected, (token, _)) in (1u32..).zip(&metadata) {
        if *token < expected {
            return Err(BundleError::TokenUnexpected { token: *token, what: "metadata" });
        }
        if *token > expected {
            return Err(BundleError::TokenIncomplete { token: expected, what: "metadata" });
        }
    }
    let mut pictures = input.images.tokens().peekable();
    for (token, _) in &metadata {
        match pictures.next_if(|picture| picture <= token) {
            Some(picture) if picture == *token => {}
            Some(picture) => {
                return Err(BundleError::TokenUnexpected { token: picture, what: "picture" });
            }
            None => return Err(BundleError::TokenIncomplete { token: *token, what: "picture" }),
        }
    }
    match pictures.next() {
        Some(token) => Err(BundleError::TokenUnexpected { token, what: "picture" }),
        None => Ok(metadata),
    }
}

/// A metadata file as written.
struct StagedToken {
    token: u32,
    name: String,
    facts: FileFacts,
}

fn stage_metadata(
    folder: &Path,
    metadata: &[(u32, &[u8])],
    watch: &Watch,
) -> Result<Vec<StagedToken>, BundleError> {
    let mut staged = Vec::with_capacity(metadata.len());
    for (token, bytes) in metadata {
        if watch.is_cancelled() {
            return Err(BundleError::Cancelled);
        }
        let name = format!("{token}.json");
        let path = folder.join(&name);
        fs::write(&path, bytes).map_err(BundleError::io("write", &path))?;
        staged.push(StagedToken { token: *token, name, facts: unixfs::facts_of(bytes) });
        watch.report(Stage::WriteMetadata, staged.len() as u64, metadata.len() as u64);
    }
    staged.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(staged)
}

fn listing(tokens: &[StagedToken]) -> Vec<Entry> {
    tokens.iter().map(|t| Entry { name: t.name.clone(), cid: t.facts.cid, tsize: t.facts.tsize }).collect()
}

fn from_disk(path: PathBuf, facts: &FileFacts) -> PackedFile<'static> {
    PackedFile { path, bytes: None, cid: facts.cid }
}

fn write_car(
    out: &Path,
    name: &str,
    packing: &Packing<'_>,
    each: impl FnMut() -> Result<(), BundleError>,
) -> Result<(CarEntry, Pending), BundleError> {
    let path = out.join(name);
    let sink = Hashing::new(Pending::create(out)?);
    let (mut sink, _) = emit::emit(sink, &path, packing, each)?;
    sink.flush().map_err(BundleError::io("write", &path))?;
    let (pending, bytes, sha256) = sink.finish();
    Ok((CarEntry { bytes, path: name.to_owned(), root: packing.root, sha256 }, pending))
}

fn file_entries(images: &ImageSet, tokens: &[StagedToken], contract: &FileFacts) -> Vec<FileEntry> {
    let entry = |path: String, media: &str, token, facts: &FileFacts| FileEntry {
        bytes: facts.bytes,
        cid: facts.cid,
        media: media.to_owned(),
        path,
        sha256: facts.sha256,
        token,
    };
    let mut files = vec![entry(names::CONTRACT.into(), JSON, None, contract)];
    for image in images.images() {
        let path = format!("{}/{}", names::IMAGES, image.file.name);
        files.push(entry(path, &image.file.media, image.file.token, &image.facts));
    }
    for token in tokens {
        let path = format!("{}/{}", names::METADATA, token.name);
        files.push(entry(path, JSON, Some(token.token), &token.facts));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Removes what a killed build left behind. The project's lock keeps two builds apart.
fn sweep(out: &Path) -> Result<(), BundleError> {
    let entries = fs::read_dir(out).map_err(BundleError::io("read", out))?;
    for entry in entries {
        let entry = entry.map_err(BundleError::io("read", out))?;
        if entry.file_name().to_string_lossy().starts_with(files::PREFIX) {
            let path = entry.path();
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(BundleError::io("remove", &path))?;
        }
    }
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), BundleError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(BundleError::io("remove", path)(e)),
        _ => Ok(()),
    }
}

/// Puts a finished folder in the place of another, so that files of a larger, older supply do not linger.
fn replace_folder(new: &Path, at: &Path) -> Result<(), BundleError> {
    let old = new.with_extension("old");
    match fs::rename(at, &old) {
        Ok(()) => {}
        Err(e) if e.kind() == ErrorKind::NotFound => {}
        Err(e) => return Err(BundleError::io("replace", at)(e)),
    }
    fs::rename(new, at).map_err(BundleError::io("replace", at))?;
    match fs::remove_dir_all(&old) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(BundleError::io("remove", &old)(e)),
        _ => Ok(()),
    }
}
