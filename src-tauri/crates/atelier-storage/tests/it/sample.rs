use std::fs;
use std::path::Path;

use alloy::primitives::B256;
use atelier_bundle::build::{BuildInput, Bundle, Facts, build};
use atelier_bundle::images::{ImageFile, ImageSet};
use atelier_storage::Watch;

/// Token 2 has a picture of two chunks.
pub fn picture(token: u32) -> Vec<u8> {
    let length = if token == 2 { (1 << 20) + 1000 } else { 200 + (token as usize % 50) };
    let mut bytes = b"\x89PNG".to_vec();
    bytes.extend((0..length).map(|i| (i as u32).wrapping_mul(token + 7).to_le_bytes()[1]));
    bytes
}

/// A bundle of `supply` tokens in `dir`.
pub fn bundle(dir: &Path, supply: u32) -> Bundle {
    let folder = dir.join("images");
    fs::create_dir_all(&folder).unwrap();
    let mut files = Vec::new();
    for token in 1..=supply {
        let name = format!("{token}.png");
        fs::write(folder.join(&name), picture(token)).unwrap();
        files.push(ImageFile { name, token: Some(token), media: "image/png".into() });
    }
    let images = ImageSet::hash(&folder, files, &Watch::silent()).unwrap();
    let metadata: Vec<_> = (1..=supply).map(|t| (t, format!("{{\"name\":\"#{t}\"}}").into_bytes())).collect();
    let input = BuildInput {
        out_dir: dir,
        images: &images,
        metadata: &metadata,
        contract_json: b"{\"name\":\"Sample\"}",
        facts: Facts {
            drop: "Sample".into(),
            tool: "test".into(),
            plan: [1; 32],
            encoder: "fast".into(),
            reveal_commitment: B256::ZERO,
        },
    };
    build(&input, &Watch::silent()).unwrap()
}
