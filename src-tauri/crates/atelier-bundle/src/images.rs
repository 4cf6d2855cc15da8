//! First stage of a bundle: the pictures, because metadata has to point at them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cid::Cid;

use crate::error::BundleError;
use crate::files;
use crate::names;
use crate::unixfs::{self, Entry, FileFacts};
use crate::watch::{Stage, Watch};

/// A picture to include.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFile {
    /// Name in the folder, for example `7.png`.
    pub name: String,
    /// The token it shows, or none for a collection picture.
    pub token: Option<u32>,
    /// Media type, for example `image/png`.
    pub media: String,
}

/// A picture with its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedImage {
    /// The file as given.
    pub file: ImageFile,
    /// What reading it said.
    pub facts: FileFacts,
}

/// All pictures of a bundle and the identifier of the folder they form.
#[derive(Debug, Clone)]
pub struct ImageSet {
    folder: PathBuf,
    images: Vec<HashedImage>,
    by_token: BTreeMap<u32, usize>,
    cid: Cid,
}

impl ImageSet {
    /// Reads every picture in `folder` that `files` names and computes the folder's identifier.
    ///
    /// # Errors
    /// [`BundleError::BadName`], [`BundleError::DuplicateName`], [`BundleError::TokenUnexpected`] when a
    /// token has two pictures, [`BundleError::Io`], [`BundleError::Cancelled`].
    pub fn hash(folder: &Path, files: Vec<ImageFile>, watch: &Watch) -> Result<Self, BundleError> {
        for file in &files {
            names::check_name(&file.name)?;
        }
        names::check_distinct(files.iter().map(|file| file.name.as_str()))?;
        let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.name)).collect();
        let mut images = Vec::with_capacity(files.len());
        for (file, facts) in files.into_iter().zip(hash_files(&paths, Stage::HashImages, watch)) {
            images.push(HashedImage { file, facts: facts? });
        }
        images.sort_by(|a, b| a.file.name.cmp(&b.file.name));
        let cid = unixfs::directory(&entries(&images))?.cid;
        let mut by_token = BTreeMap::new();
        for (at, image) in images.iter().enumerate() {
            if let Some(token) = image.file.token
                && by_token.insert(token, at).is_some()
            {
                return Err(BundleError::TokenUnexpected { token, what: "picture" });
            }
        }
        Ok(Self { folder: folder.to_path_buf(), images, by_token, cid })
    }

    /// Identifier of the folder.
    pub fn cid(&self) -> Cid {
        self.cid
    }

    /// The pictures, sorted by name as bytes.
    pub fn images(&self) -> &[HashedImage] {
        &self.images
    }

    /// Where the pictures lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What metadata says: `ipfs://<folder>/<name>` of a token's picture.
    pub fn uri(&self, token: u32) -> Option<String> {
        let image = &self.images[*self.by_token.get(&token)?];
        Some(format!("ipfs://{}/{}", self.cid, image.file.name))
    }

    /// Tokens that have a picture, ascending.
    pub fn tokens(&self) -> impl Iterator<Item = u32> {
        self.by_token.keys().copied()
    }
}

/// The folder listing behind [`ImageSet::cid`].
pub(crate) fn entries(images: &[HashedImage]) -> Vec<Entry> {
    images
        .iter()
        .map(|image| Entry { name: image.file.name.clone(), cid: image.facts.cid, tsize: image.facts.tsize })
        .collect()
}

/// Hashes files on two threads: SHA-256 fills a core, and a third reader only fights for the disk.
/// Answers come in the order of `paths`; the files after a cancellation say so.
pub(crate) fn hash_files(
    paths: &[PathBuf],
    stage: Stage,
    watch: &Watch,
) -> Vec<Result<FileFacts, BundleError>> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(2).min(paths.len().max(1));
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let total = paths.len() as u64;
    let work = || {
        let mut mine = Vec::new();
        while let Some((at, path)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            paths.get(at).map(|path| (at, path))
        } {
            let facts = if watch.is_cancelled() { Err(BundleError::Cancelled) } else { hash_file(path) };
            mine.push((at, facts));
            watch.report(stage, done.fetch_add(1, Ordering::Relaxed) as u64 + 1, total);
        }
        mine
    };
    let mut all: Vec<(usize, Result<FileFacts, BundleError>)> = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for worker in workers {
            match worker.join() {
                Ok(mine) => all.extend(mine),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, facts)| facts).collect()
}

/// Reads one plain file.
pub(crate) fn hash_file(path: &Path) -> Result<FileFacts, BundleError> {
    unixfs::add_file(&mut files::open_plain(path)?, path, &mut |_, _| Ok(()))
}
