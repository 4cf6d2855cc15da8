use std::path::Path;

use atelier_bundle::car::{CarBlocks, CarWriter};
use atelier_bundle::unixfs::facts_of;

fn archive(blocks: &[&[u8]]) -> Vec<u8> {
    let root = facts_of(blocks[0]).cid;
    let mut writer = CarWriter::new(Vec::new(), Path::new("x.car"), root).unwrap();
    for block in blocks {
        writer.block(facts_of(block).cid, block).unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn what_is_written_is_read_back_in_order_and_once() {
    let bytes = archive(&[b"one", b"two", b"one"]);
    let blocks = CarBlocks::open(bytes.as_slice(), Path::new("x.car")).unwrap();
    assert_eq!(blocks.roots(), [facts_of(b"one").cid], "the root is named in the header");
    let read: Vec<Vec<u8>> = blocks.map(|block| block.unwrap().bytes).collect();
    assert_eq!(read, [b"one".to_vec(), b"two".to_vec()], "a repeated block is packed once");
}

#[test]
fn any_flipped_byte_of_content_or_identifier_is_an_error() {
    let sound = archive(&[b"one", b"two"]);
    let header = 1 + usize::from(sound[0]);
    for at in header..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x01;
        let result: Result<Vec<_>, _> =
            CarBlocks::open(bytes.as_slice(), Path::new("x.car")).and_then(|blocks| blocks.collect());
        assert!(result.is_err(), "flipping byte {at} went unnoticed");
    }
}

#[test]
fn rubbish_is_not_an_archive() {
    for rubbish in [&b""[..], b"hello", &[0xff; 64], &[0x80; 12]] {
        let error = CarBlocks::open(rubbish, Path::new("x.car")).err().map(|e| e.code());
        assert_eq!(error, Some("BUNDLE-CAR-MALFORMED"), "{rubbish:?}");
    }
}
