//! Reading files and folders out of blocks.
//!
//! `rust-unixfs` understands single nodes; this module walks them through the store, so every byte handed
//! out has been hashed on the way. Sharded folders are listed whole and remembered by the caller (a listing
//! never changes: it belongs to an identifier).

use std::collections::BTreeMap;
use std::fmt::Display;

use atelier_bundle::Cid;
use atelier_bundle::unixfs::RAW;
use rust_unixfs::dir::{DirLink, NodeDescription, describe};
use rust_unixfs::file::visit::{FileVisit, IdleFileVisit};

use crate::blocks::BlockStore;
use crate::error::StorageError;

/// Names in a folder.
pub type Listing = BTreeMap<String, Cid>;

/// A HAMT of fanout 256 over a 64-bit hash has at most eight levels.
const MAX_DEPTH: usize = 8;

/// What an identifier leads to.
#[derive(Debug)]
pub enum Node {
    /// A file, ready to be read.
    File(Box<FileReader>),
    /// A folder.
    Folder(Listing),
}

/// Opens what `cid` names.
///
/// # Errors
/// [`StorageError::BlockMissing`], [`StorageError::BlockDamaged`], [`StorageError::NodeMalformed`].
pub fn open(store: &BlockStore, cid: &Cid) -> Result<Node, StorageError> {
    let block = store.get(cid)?;
    if cid.codec() == RAW {
        let size = block.len() as u64;
        return Ok(Node::File(Box::new(FileReader { cid: *cid, size, first: Some(block), visit: None })));
    }
    match describe(&block) {
        NodeDescription::File { .. } => {
            let (first, size, _, visit) =
                IdleFileVisit::default().start(&block).map_err(|e| malformed(cid, &e))?;
            let first = (!first.is_empty()).then(|| first.to_vec());
            Ok(Node::File(Box::new(FileReader { cid: *cid, size, first, visit })))
        }
        NodeDescription::Directory { links } => {
            Ok(Node::Folder(links.into_iter().map(|link| (link.name, link.target)).collect()))
        }
        NodeDescription::HamtShard { links } => {
            let mut listing = Listing::new();
            collect(store, cid, links, MAX_DEPTH, &mut listing)?;
            Ok(Node::Folder(listing))
        }
        NodeDescription::Symlink | NodeDescription::Other => {
            Err(malformed(cid, &"it is neither a file nor a folder"))
        }
    }
}

fn collect(
    store: &BlockStore,
    cid: &Cid,
    links: Vec<DirLink>,
    depth: usize,
    into: &mut Listing,
) -> Result<(), StorageError> {
    for link in links {
        let bucket = link.name.get(..2).and_then(|prefix| u8::from_str_radix(prefix, 16).ok());
        let (Some(_), Some(name)) = (bucket, link.name.get(2..)) else {
            return Err(malformed(cid, &"a link of the sharded folder has no bucket"));
        };
        if !name.is_empty() {
            into.insert(name.to_owned(), link.target);
            continue;
        }
        let deeper =
            depth.checked_sub(1).ok_or_else(|| malformed(cid, &"the folder is nested too deeply"))?;
        match describe(&store.get(&link.target)?) {
            NodeDescription::HamtShard { links } => collect(store, &link.target, links, deeper, into)?,
            _ => return Err(malformed(&link.target, &"it is not a shard of its folder")),
        }
    }
    Ok(())
}

/// A file being read block by block.
#[derive(Debug)]
pub struct FileReader {
    cid: Cid,
    size: u64,
    first: Option<Vec<u8>>,
    visit: Option<FileVisit>,
}

impl FileReader {
    /// Length of the file.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next bytes, or `None` at the end.
    ///
    /// # Errors
    /// As [`open`]; after an error there is nothing more to read.
    pub fn next(&mut self, store: &BlockStore) -> Result<Option<Vec<u8>>, StorageError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        while let Some(visit) = self.visit.take() {
            let wanted = *visit.pending_links().0;
            let block = store.get(&wanted)?;
            let (bytes, rest) =
                visit.continue_walk(&block, &mut None).map_err(|e| malformed(&self.cid, &e))?;
            self.visit = rest;
            if !bytes.is_empty() {
                return Ok(Some(bytes.to_vec()));
            }
        }
        Ok(None)
    }
}

fn malformed(cid: &Cid, reason: &dyn Display) -> StorageError {
    StorageError::NodeMalformed { cid: *cid, reason: reason.to_string() }
}
