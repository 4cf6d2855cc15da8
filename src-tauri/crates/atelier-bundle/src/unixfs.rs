//! Files and folders as IPFS content identifiers, profile `unixfs-v1-2025` (IPIP-499).
//!
//! The profile fixes everything that changes an identifier: CIDv1 with SHA-256, raw leaves of 1 MiB,
//! balanced trees of 1,024 links, and folders that become a HAMT of fanout 256 once their serialised node
//! exceeds 262,144 bytes. `rust-unixfs` builds the nodes; the decision *when* to shard is made here, because
//! the library counts only names and identifiers and so differs from the profile between 4,967 and about
//! 5,830 entries, exactly where popular drop sizes lie.

use std::io::{self, Read};
use std::path::Path;

use cid::{Cid, Version};
use rust_unixfs::dir::builder::{BufferingTreeBuilder, TreeOptions};
use rust_unixfs::file::adder::{BalancedCollector, Chunker, FileAdder};
use sha2::{Digest, Sha256};

use crate::error::BundleError;

/// The profile's ratified name, recorded in every manifest.
pub const PROFILE: &str = "unixfs-v1-2025";
/// Bytes in a leaf.
pub const CHUNK: usize = 1 << 20;
/// Multicodec of a leaf that is nothing but file bytes.
pub const RAW: u64 = 0x55;
/// Multicodec of a node with links.
pub const DAG_PB: u64 = 0x70;
/// Multihash code of SHA-256.
pub const SHA2_256: u64 = 0x12;

const LINKS_PER_NODE: usize = 1024;
const SHARD_ABOVE: u64 = 262_144;

/// One block: its identifier and the bytes that hash to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Identifier.
    pub cid: Cid,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What is known about a file after reading it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// Identifier of the whole file.
    pub cid: Cid,
    /// Length in bytes.
    pub bytes: u64,
    /// Bytes of all its blocks: what a folder records beside the link.
    pub tsize: u64,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
}

/// Receives blocks as they are made.
pub type BlockSink<'a> = dyn FnMut(Cid, &[u8]) -> Result<(), BundleError> + 'a;

/// Reads a file once, hands every block to `on_block` in the order the tree is built (leaves before the
/// nodes above them), and says what the file is. Holds about two chunks in memory.
///
/// # Errors
/// [`BundleError::Io`] naming `path` when reading fails, and whatever `on_block` answers.
pub fn add_file(
    reader: &mut dyn Read,
    path: &Path,
    on_block: &mut BlockSink<'_>,
) -> Result<FileFacts, BundleError> {
    let mut adder = FileAdder::builder()
        .with_chunker(Chunker::Size(CHUNK))
        .with_collector(BalancedCollector::with_branching_factor(LINKS_PER_NODE))
        .with_cid_version(Version::V1)
        .with_raw_leaves(true)
        .build();
    // A file of one leaf has its own SHA-256 inside its identifier; only longer files are hashed twice.
    let mut whole: Option<Sha256> = None;
    let mut root: Option<Cid> = None;
    let (mut bytes, mut tsize) = (0u64, 0u64);
    let mut take = |cid: Cid, block: &[u8]| {
        root = Some(cid);
        tsize += block.len() as u64;
        on_block(cid, block)
    };
    let mut buffer = Vec::new();
    loop {
        fill(reader, &mut buffer).map_err(BundleError::io("read", path))?;
        if buffer.is_empty() {
            break;
        }
        bytes += buffer.len() as u64;
        if whole.is_some() || buffer.len() == CHUNK {
            whole.get_or_insert_with(Sha256::new).update(&buffer);
        }
        let mut rest = buffer.as_slice();
        while !rest.is_empty() {
            let (blocks, consumed) = adder.push(rest);
            for (cid, block) in blocks {
                take(cid, &block)?;
            }
            rest = &rest[consumed..];
        }
        if buffer.len() < CHUNK {
            break;
        }
    }
    for (cid, block) in adder.finish() {
        take(cid, &block)?;
    }
    let cid = root.expect("an empty file is one empty leaf, so there is always a block");
    let sha256 = match whole {
        Some(hasher) => hasher.finalize().into(),
        None => cid.hash().digest().try_into().expect("SHA-256 has 32 bytes"),
    };
    Ok(FileFacts { cid, bytes, tsize, sha256 })
}

/// Fills `buffer` to one chunk, or to less at the end of the file.
fn fill(reader: &mut dyn Read, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.clear();
    reader.take(CHUNK as u64).read_to_end(buffer)?;
    Ok(())
}

/// The facts of bytes already in memory.
pub fn facts_of(bytes: &[u8]) -> FileFacts {
    add_file(&mut &*bytes, Path::new(""), &mut |_, _| Ok(())).expect("reading a slice cannot fail")
}

/// A name in a folder and what it points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name without slashes.
    pub name: String,
    /// File or folder.
    pub cid: Cid,
    /// Bytes of all blocks below ([`FileFacts::tsize`] or [`Directory::tsize`]).
    pub tsize: u64,
}

/// A folder as nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Identifier of the folder.
    pub cid: Cid,
    /// Bytes of all blocks below, itself included.
    pub tsize: u64,
    /// The folder's own nodes, root first. Its entries' blocks are not among them.
    pub nodes: Vec<Block>,
}

/// Builds the nodes of a folder. The order of `entries` does not matter.
///
/// # Errors
/// [`BundleError::BadName`] and [`BundleError::DuplicateName`] for names, [`BundleError::Directory`] when
/// the nodes cannot be built.
pub fn directory(entries: &[Entry]) -> Result<Directory, BundleError> {
    let mut options = TreeOptions::default();
    options.wrap_with_directory();
    options.cid_version(Version::V1);
    options.block_size_limit(None);
    options.shard_threshold((flat_node_bytes(entries) > SHARD_ABOVE).then_some(0));
    let mut builder = BufferingTreeBuilder::new(options);
    for entry in entries {
        if entry.name.is_empty() || entry.name.contains('/') {
            return Err(BundleError::BadName {
                name: entry.name.clone(),
                reason: "a name in a folder is not empty and has no slash",
            });
        }
        builder
            .put_link(&entry.name, entry.cid, entry.tsize)
            .map_err(|_| BundleError::DuplicateName { name: entry.name.clone() })?;
    }
    let mut nodes = Vec::new();
    let mut tsize = 0;
    for node in builder.build() {
        let node = node.map_err(|e| BundleError::Directory { reason: e.to_string() })?;
        tsize = node.total_size;
        nodes.push(Block { cid: node.cid, bytes: node.block.into_vec() });
    }
    nodes.reverse();
    let cid = match nodes.first() {
        Some(root) => root.cid,
        None => return Err(BundleError::Directory { reason: "no node was produced".into() }),
    };
    Ok(Directory { cid, tsize, nodes })
}

/// Serialised size of the folder as one dag-pb node: the profile's measure for sharding.
pub fn flat_node_bytes(entries: &[Entry]) -> u64 {
    let links: u64 = entries
        .iter()
        .map(|entry| {
            let (cid, name) = (entry.cid.encoded_len() as u64, entry.name.len() as u64);
            let inner = 1 + varint(cid) + cid + 1 + varint(name) + name + 1 + varint(entry.tsize);
            1 + varint(inner) + inner
        })
        .sum();
    4 + links
}

/// Bytes of an unsigned LEB128 number.
fn varint(value: u64) -> u64 {
    u64::from((u64::BITS - (value | 1).leading_zeros()).div_ceil(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varint_lengths_change_where_leb128_does() {
        for (value, len) in [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (u64::MAX, 10)] {
            assert_eq!(varint(value), len, "LEB128 length of {value}");
        }
    }
}
