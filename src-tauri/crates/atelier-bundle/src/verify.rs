//! Recomputes a bundle from its files, with no network, and says what does not hold.
//!
//! Verification trusts nothing in the folder: content is hashed again, identifiers and the Merkle root are
//! recomputed, archives are written a second time into a sink that compares them byte for byte with the ones
//! on disk, and signatures are recovered. A damaged archive is therefore located to the token.

mod finding;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use alloy::primitives::B256;

use crate::emit::{self, Comparing, PackedFile, Packing};
use crate::error::BundleError;
use crate::files;
use crate::images::hash_files;
use crate::manifest::{self, CarEntry, FileEntry, Manifest};
use crate::names::{self, Place};
use crate::signature::{Scheme, SignatureFile};
use crate::unixfs::{self, Directory, Entry, FileFacts};
use crate::watch::{Stage, Watch};

pub use self::finding::{Finding, FindingCode, ProvenSigner, Report, Severity};

/// Files other rooms keep beside a bundle; they are no part of it.
const NEIGHBOURS: [&str; 1] = ["thumbs.pack"];

/// Verifies the bundle in `dir`.
///
/// # Errors
/// Only [`BundleError::Cancelled`]; everything else is a finding.
pub fn verify(dir: &Path, watch: &Watch) -> Result<Report, BundleError> {
    let mut check = Check { dir, findings: Vec::new() };
    let Some(manifest) = check.read_manifest() else {
        return Ok(check.report(None, &BTreeMap::new(), Vec::new()));
    };
    check.facts(&manifest);
    let sound = check.content(&manifest, watch)?;
    check.extra_files(&manifest);
    check.identifiers_and_archives(&manifest, &sound, watch)?;
    let signers = check.signatures(&manifest);
    Ok(check.report(Some(&manifest), &sound, signers))
}

/// Files found exactly as listed, by path.
type Sound<'a> = BTreeMap<&'a str, FileFacts>;

struct Check<'a> {
    dir: &'a Path,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn damage(&mut self, code: FindingCode, file: &str, token: Option<u32>, detail: impl Into<String>) {
        self.push(code, Severity::Damage, file, token, detail.into());
    }

    fn note(&mut self, code: FindingCode, file: &str, detail: impl Into<String>) {
        self.push(code, Severity::Note, file, None, detail.into());
    }

    fn push(
        &mut self,
        code: FindingCode,
        severity: Severity,
        file: &str,
        token: Option<u32>,
        detail: String,
    ) {
        self.findings.push(Finding { code, severity, file: Some(file.to_owned()), token, detail });
    }

    fn read_manifest(&mut self) -> Option<Manifest> {
        let read = files::read_small(&self.dir.join(names::MANIFEST), manifest::MAX_BYTES)
            .and_then(|bytes| Manifest::parse(&bytes));
        let error = match read {
            Ok(manifest) => return Some(manifest),
            Err(error) => error,
        };
        let code = match &error {
            BundleError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                FindingCode::ManifestMissing
            }
            BundleError::BadName { .. } | BundleError::DuplicateName { .. } => FindingCode::PathUnsafe,
            _ => FindingCode::ManifestMalformed,
        };
        self.damage(code, names::MANIFEST, None, error.to_string());
        None
    }

    /// What the manifest says about itself.
    fn facts(&mut self, manifest: &Manifest) {
        let mut wrong = |holds: bool, what: &str| {
            if !holds {
                self.damage(FindingCode::FactMismatch, names::MANIFEST, None, what);
            }
        };
        wrong(manifest.profile == unixfs::PROFILE, "the import profile is not the one in use");
        wrong(
            manifest.base_uri == format!("ipfs://{}/", manifest.metadata_cid),
            "the base URI does not lead to the metadata folder",
        );
        wrong(
            manifest.contract_uri == format!("ipfs://{}", manifest.contract_cid),
            "the contract URI does not lead to contract.json",
        );
        let roots = [
            (names::CONTRACT_CAR, manifest.contract_cid),
            (names::IMAGES_CAR, manifest.images_cid),
            (names::METADATA_CAR, manifest.metadata_cid),
        ];
        let listed = manifest.cars.iter().map(|car| (car.path.as_str(), car.root));
        wrong(listed.eq(roots), "the archives listed are not the three of a bundle with their roots");
        for file in &manifest.files {
            let expected = match names::place(&file.path) {
                Ok(Place::Metadata(name)) => file.token.is_some_and(|token| name == format!("{token}.json")),
                Ok(Place::Contract) => file.token.is_none(),
                Ok(Place::Image(_)) | Err(_) => true,
            };
            if !expected {
                let detail = "the file's name does not match its token";
                self.damage(FindingCode::TokenMismatch, &file.path, file.token, detail);
            }
        }
        match manifest.token_tree() {
            Ok(tree) if tree.root() == manifest.merkle_root => {}
            Ok(_) => {
                let detail = "the Merkle root is not the root over the listed tokens";
                self.damage(FindingCode::RootMismatch, names::MANIFEST, None, detail);
            }
            Err(error) => {
                let token = match &error {
                    BundleError::TokenIncomplete { token, .. }
                    | BundleError::TokenUnexpected { token, .. } => Some(*token),
                    _ => None,
                };
                self.damage(FindingCode::TokenMismatch, names::MANIFEST, token, error.to_string());
            }
        }
        if manifest.provenance_of_images().is_ok_and(|hash| hash != manifest.image_provenance) {
            let detail = "the provenance hash is not the hash over the listed pictures";
            self.damage(FindingCode::FactMismatch, names::MANIFEST, None, detail);
        }
    }

    /// Reads every listed file. Answers with those that are as listed.
    fn content<'m>(&mut self, manifest: &'m Manifest, watch: &Watch) -> Result<Sound<'m>, BundleError> {
        let paths: Vec<PathBuf> = manifest.files.iter().map(|file| self.dir.join(&file.path)).collect();
        let mut sound = Sound::new();
        for (file, facts) in manifest.files.iter().zip(hash_files(&paths, Stage::Verify, watch)) {
            match facts {
                Ok(facts) => {
                    if self.matches(file, &facts) {
                        sound.insert(&file.path, facts);
                    }
                }
                Err(BundleError::Cancelled) => return Err(BundleError::Cancelled),
                Err(error) => self.unreadable(&file.path, file.token, &error),
            }
        }
        Ok(sound)
    }

    fn unreadable(&mut self, path: &str, token: Option<u32>, error: &BundleError) {
        let code = match error {
            BundleError::Io { source, .. } => match source.kind() {
                std::io::ErrorKind::NotFound => FindingCode::FileMissing,
                std::io::ErrorKind::InvalidInput => FindingCode::FileIrregular,
                _ => FindingCode::FileUnreadable,
            },
            _ => FindingCode::FileUnreadable,
        };
        self.damage(code, path, token, error.to_string());
    }

    fn matches(&mut self, file: &FileEntry, facts: &FileFacts) -> bool {
        if facts.sha256 != file.sha256 || facts.bytes != file.bytes {
            let detail = format!(
                "the content is not what was released: {} bytes with SHA-256 {}, listed {} bytes with {}",
                facts.bytes,
                hex::encode(facts.sha256),
                file.bytes,
                hex::encode(file.sha256)
            );
            self.damage(FindingCode::FileChanged, &file.path, file.token, detail);
            return false;
        }
        if facts.cid != file.cid {
            let detail = format!("the identifier listed is {}, the content has {}", file.cid, facts.cid);
            self.damage(FindingCode::CidMismatch, &file.path, file.token, detail);
            return false;
        }
        true
    }

    /// Looks for files the manifest does not know.
    fn extra_files(&mut self, manifest: &Manifest) {
        let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
        for folder in [names::IMAGES, names::METADATA] {
            for name in self.names_in(folder) {
                let path = format!("{folder}/{name}");
                if listed.contains(path.as_str()) {
                    continue;
                }
                if name.starts_with('.') {
                    self.note(FindingCode::FileExtra, &path, "a hidden file lies beside the listed ones");
                } else {
                    self.damage(FindingCode::FileExtra, &path, None, "this file is not in the manifest");
                }
            }
        }
        let own = [
            names::IMAGES,
            names::METADATA,
            names::CONTRACT,
            names::MANIFEST,
            names::SIGNATURES,
            names::IMAGES_CAR,
            names::METADATA_CAR,
            names::CONTRACT_CAR,
        ];
        for name in self.names_in("") {
            if !own.contains(&name.as_str()) && !NEIGHBOURS.contains(&name.as_str()) {
                self.note(FindingCode::FileExtra, &name, "this file is no part of the bundle");
            }
        }
    }

    fn names_in(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.dir.join(folder)) else { return Vec::new() };
        let mut found: Vec<String> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        found.sort();
        found
    }

    /// Recomputes folder identifiers and compares each archive with what it has to be.
    fn identifiers_and_archives(
        &mut self,
        manifest: &Manifest,
        sound: &Sound<'_>,
        watch: &Watch,
    ) -> Result<(), BundleError> {
        for (car, folder) in [
            (names::IMAGES_CAR, Some(names::IMAGES)),
            (names::METADATA_CAR, Some(names::METADATA)),
            (names::CONTRACT_CAR, None),
        ] {
            let Some(entry) = manifest.cars.iter().find(|entry| entry.path == car) else { continue };
            let mine: Vec<&FileEntry> = manifest
                .files
                .iter()
                .filter(|file| file.path.split_once('/').map(|(first, _)| first) == folder)
                .collect();
            if !mine.iter().all(|file| sound.contains_key(file.path.as_str())) {
                // The damage in the folder is already reported; the archive can only be hashed.
                self.archive_hash(entry);
                continue;
            }
            let nodes = match folder {
                Some(_) => match unixfs::directory(&listing(&mine, sound)) {
                    Ok(Directory { cid, nodes, .. }) => {
                        if cid != entry.root {
                            let detail =
                                format!("the folder's identifier is {cid}, listed is {}", entry.root);
                            self.damage(FindingCode::CidMismatch, names::MANIFEST, None, detail);
                        }
                        nodes
                    }
                    Err(error) => {
                        self.damage(FindingCode::CidMismatch, names::MANIFEST, None, error.to_string());
                        continue;
                    }
                },
                None => Vec::new(),
            };
            self.archive(entry, &mine, &nodes, watch)?;
        }
        Ok(())
    }

    fn archive(
        &mut self,
        entry: &CarEntry,
        mine: &[&FileEntry],
        nodes: &[unixfs::Block],
        watch: &Watch,
    ) -> Result<(), BundleError> {
        let path = self.dir.join(&entry.path);
        let packing = Packing {
            root: entry.root,
            nodes,
            files: mine
                .iter()
                .map(|file| PackedFile { path: self.dir.join(&file.path), bytes: None, cid: file.cid })
                .collect(),
        };
        let compared = files::open_plain(&path).and_then(|file| {
            let sink = Comparing::new(BufReader::with_capacity(1 << 20, file));
            let each = || if watch.is_cancelled() { Err(BundleError::Cancelled) } else { Ok(()) };
            let (sink, starts) = emit::emit(sink, &path, &packing, each)?;
            Ok((sink.finish().map_err(BundleError::io("read", &path))?, starts))
        });
        let ((difference, bytes, sha256), starts) = match compared {
            Ok(compared) => compared,
            Err(BundleError::Cancelled) => return Err(BundleError::Cancelled),
            Err(error) => {
                self.unreadable(&entry.path, None, &error);
                return Ok(());
            }
        };
        if let Some(offset) = difference {
            let owner = starts.partition_point(|start| *start <= offset).checked_sub(1).map(|at| mine[at]);
            let detail = match owner {
                Some(file) => format!("byte {offset} is wrong, where {} is packed", file.path),
                None => format!("byte {offset} is wrong, in the list of the folder"),
            };
            let token = owner.and_then(|file| file.token);
            self.damage(FindingCode::CarChanged, &entry.path, token, detail);
        } else if (bytes, sha256) != (entry.bytes, entry.sha256) {
            let detail = format!("the manifest lists another length or SHA-256 for {}", entry.path);
            self.damage(FindingCode::FactMismatch, names::MANIFEST, None, detail);
        }
        Ok(())
    }

    fn archive_hash(&mut self, entry: &CarEntry) {
        let path = self.dir.join(&entry.path);
        match crate::images::hash_file(&path) {
            Ok(facts) if (facts.bytes, facts.sha256) == (entry.bytes, entry.sha256) => {}
            Ok(_) => {
                let detail = "the archive is not the one listed";
                self.damage(FindingCode::CarChanged, &entry.path, None, detail);
            }
            Err(error) => self.unreadable(&entry.path, None, &error),
        }
    }

    fn signatures(&mut self, manifest: &Manifest) -> Vec<ProvenSigner> {
        let file = match SignatureFile::read(self.dir) {
            Ok(Some(file)) if !file.signatures().is_empty() => file,
            Ok(_) => {
                let detail = "nobody has signed this bundle, so its name, plan and settings are only claims";
                self.note(FindingCode::Unsigned, names::SIGNATURES, detail);
                return Vec::new();
            }
            Err(error) => {
                self.damage(FindingCode::SignaturesMalformed, names::SIGNATURES, None, error.to_string());
                return Vec::new();
            }
        };
        let manifest_sha256 = manifest.sha256();
        let (mut signers, mut stale, mut invalid) = (Vec::new(), 0, 0);
        for signed in file.signatures() {
            let statement = signed.statement();
            if let Err(error) = signed.check() {
                self.damage(FindingCode::SignatureInvalid, names::SIGNATURES, None, error.to_string());
                invalid += 1;
            } else if !statement.is_about(manifest, manifest_sha256) {
                let detail = format!("{} signed an earlier version of this bundle", signed.signer());
                self.note(FindingCode::SignatureStale, names::SIGNATURES, detail);
                stale += 1;
            } else if signed.scheme() == Scheme::Erc1271 {
                let detail =
                    format!("{} is a contract; ask it on chain {}", signed.signer(), statement.chain_id);
                self.note(FindingCode::SignatureNeedsChain, names::SIGNATURES, detail);
            } else {
                signers.push(ProvenSigner {
                    signer: signed.signer(),
                    chain_id: statement.chain_id,
                    drop: statement.drop,
                    royalty_receiver: statement.message.royalty_receiver,
                    royalty_bps: statement.message.royalty_bps,
                });
            }
        }
        if stale > 0 && stale + invalid == file.signatures().len() {
            let now = B256::from(manifest_sha256);
            let detail = format!("the bundle was edited after it was signed; its manifest is now {now}");
            self.damage(FindingCode::SignatureNotCurrent, names::MANIFEST, None, detail);
        }
        signers
    }

    fn report(self, manifest: Option<&Manifest>, sound: &Sound<'_>, signers: Vec<ProvenSigner>) -> Report {
        let mut files_of_token: BTreeMap<u32, u32> = BTreeMap::new();
        for file in manifest.iter().flat_map(|manifest| &manifest.files) {
            if let Some(token) = file.token
                && sound.contains_key(file.path.as_str())
            {
                *files_of_token.entry(token).or_default() += 1;
            }
        }
        let tokens = files_of_token.values().filter(|files| **files >= 2).count();
        Report {
            findings: self.findings,
            files_checked: sound.len(),
            bytes_checked: sound.values().map(|facts| facts.bytes).sum(),
            tokens_checked: u32::try_from(tokens).unwrap_or(u32::MAX),
            signers,
            manifest: manifest.cloned(),
        }
    }
}

fn listing(mine: &[&FileEntry], sound: &Sound<'_>) -> Vec<Entry> {
    mine.iter()
        .filter_map(|file| {
            let facts = sound.get(file.path.as_str())?;
            let name = file.path.rsplit('/').next().unwrap_or(&file.path).to_owned();
            Some(Entry { name, cid: facts.cid, tsize: facts.tsize })
        })
        .collect()
}
