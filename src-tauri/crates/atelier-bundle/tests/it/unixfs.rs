use std::path::Path;

use atelier_bundle::unixfs::{self, CHUNK, Entry, add_file, directory, facts_of, flat_node_bytes};
use serde_json::Value;
use sha2::{Digest, Sha256};

const VECTORS: &str = include_str!("../../../../../tests/vectors/unixfs-v1-2025.json");

fn folder_of(count: u64) -> Vec<Entry> {
    (0..count)
        .map(|i| {
            let facts = facts_of(format!("{{\"name\":\"#{i}\"}}").as_bytes());
            Entry { name: format!("{i}.json"), cid: facts.cid, tsize: facts.tsize }
        })
        .collect()
}

#[test]
fn folders_equal_the_reference_importer_at_every_popular_size() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors["folders"].as_array().unwrap() {
        let count = vector["entries"].as_u64().unwrap();
        let entries = folder_of(count);
        if let Some(bytes) = vector["node_bytes"].as_u64() {
            assert_eq!(flat_node_bytes(&entries), bytes, "block-bytes of {count} entries decide sharding");
        }
        let folder = directory(&entries).unwrap();
        assert_eq!(folder.cid.to_string(), vector["cid"].as_str().unwrap(), "folder of {count} entries");
        assert_eq!(folder.tsize, vector["tsize"].as_u64().unwrap(), "cumulative size of {count} entries");
        assert_eq!(folder.nodes[0].cid, folder.cid, "the root leads");
        for node in &folder.nodes {
            assert_eq!(atelier_bundle::car::check_block(&node.cid, &node.bytes), Ok(()), "every node hashes");
        }
    }
}

#[test]
fn order_of_entries_does_not_matter() {
    let mut entries = folder_of(300);
    let forward = directory(&entries).unwrap();
    entries.reverse();
    assert_eq!(directory(&entries).unwrap(), forward, "a folder is a set");
}

#[test]
fn known_files() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let hello = facts_of(b"hello world");
    assert_eq!(hello.cid.to_string(), vectors["hello_world"].as_str().unwrap(), "fixture of IPIP-499");
    let empty = directory(&[]).unwrap();
    assert_eq!(empty.cid.to_string(), vectors["empty_folder"].as_str().unwrap(), "the empty folder");
}

const LONG_FILES: &str = include_str!("../../../../../tests/vectors/unixfs-long-files.json");

#[test]
fn long_files_equal_the_reference_importer() {
    let vectors: Value = serde_json::from_str(LONG_FILES).unwrap();
    for vector in vectors["files"].as_array().unwrap() {
        let bytes = vector["bytes"].as_u64().unwrap();
        let mut reader = std::io::Read::take(std::io::repeat(b'a'), bytes);
        let (mut sum, mut widest) = (0, 0);
        let facts = add_file(&mut reader, Path::new("a"), &mut |cid, block| {
            assert_eq!(atelier_bundle::car::check_block(&cid, block), Ok(()), "every block hashes");
            sum += block.len() as u64;
            widest = widest.max(block.len());
            Ok(())
        })
        .unwrap();
        assert_eq!(facts.cid.to_string(), vector["cid"].as_str().unwrap(), "file of {bytes} bytes");
        assert_eq!(facts.bytes, bytes, "length");
        assert_eq!(facts.tsize, vector["tsize"].as_u64().unwrap(), "cumulative size of {bytes} bytes");
        assert_eq!(facts.tsize, sum, "the cumulative size is the size of the blocks");
        assert!(widest <= CHUNK, "no block is larger than a chunk");
    }
}

#[test]
fn content_hash_is_that_of_the_bytes_on_both_sides_of_a_chunk() {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
        let bytes: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
        let facts = facts_of(&bytes);
        assert_eq!(facts.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)), "SHA-256 of {length} bytes");
    }
}

#[test]
fn unusable_names_are_refused() {
    let facts = facts_of(b"x");
    for name in ["", "a/b", "/a"] {
        let entry = Entry { name: name.into(), cid: facts.cid, tsize: 1 };
        assert_eq!(directory(&[entry]).unwrap_err().code(), "BUNDLE-NAME-BAD", "{name:?}");
    }
    let twice = ["a", "a"].map(|name| Entry { name: name.into(), cid: facts.cid, tsize: 1 });
    assert_eq!(directory(&twice).unwrap_err().code(), "BUNDLE-NAME-DUPLICATE", "one name, two entries");
    assert_eq!(unixfs::PROFILE, "unixfs-v1-2025", "the name recorded in manifests");
}
