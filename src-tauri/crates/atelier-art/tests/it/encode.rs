//! PNG bytes: read back by another decoder, and fixed.

use std::fs;
use std::path::Path;

use atelier_art::{Picture, encode_png, encoder_id};
use atelier_collection::Preset;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::fixtures::{open, sample, trait_picture};

const PRESETS: [Preset; 3] = [Preset::Fast, Preset::Balanced, Preset::Small];

fn read_back(file: &[u8]) -> image::DynamicImage {
    image::load_from_memory_with_format(file, image::ImageFormat::Png).unwrap()
}

#[test]
fn pixels_come_back_and_opaque_pictures_are_rgb() {
    let soft = trait_picture(61, 37, 3);
    let mut rgba = soft.rgba().to_vec();
    rgba.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
    let opaque = Picture::new(61, 37, rgba).unwrap();
    for preset in PRESETS {
        for (picture, colour) in [(&soft, image::ColorType::Rgba8), (&opaque, image::ColorType::Rgb8)] {
            let image = read_back(&encode_png(picture, preset).unwrap());
            assert_eq!(image.color(), colour, "{preset:?}");
            assert_eq!(image.into_rgba8().as_raw(), picture.rgba(), "{preset:?}: the same pixels");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_picture_comes_back(width in 1_u32..40, height in 1_u32..20, seed in 0_u64..1000) {
        let picture = trait_picture(width, height, seed);
        for preset in PRESETS {
            let file = encode_png(&picture, preset).unwrap();
            let back = read_back(&file).into_rgba8();
            prop_assert_eq!(back.as_raw().as_slice(), picture.rgba(), "{:?}", preset);
        }
    }
}

#[test]
fn small_is_smaller_than_balanced_than_fast() {
    let set = open(sample());
    let picks: Vec<Option<u16>> = set.stack().layers.iter().map(|_| Some(2)).collect();
    let picture = set.compose(&picks).unwrap();
    let [fast, balanced, small] = PRESETS.map(|preset| encode_png(&picture, preset).unwrap().len());
    assert!(small < balanced && balanced < fast, "{small} < {balanced} < {fast}");
}

/// A change here is a change of every picture ever rendered again: raise the number in `encoder_id` with it.
#[test]
fn bytes_are_fixed() {
    let picture = trait_picture(96, 80, 42);
    let hashes = PRESETS.map(|preset| hex::encode(Sha256::digest(encode_png(&picture, preset).unwrap())));
    let fixed = [
        "d79304d302b252d9f36ba3c2c84b8d20ba203ce2fb5c1533232d3758020bed4e",
        "6d8804080cfc0aba853d8d58adc2e36b5049401343739d5e1fd80a777bb213db",
        "f3e1a69eda8210f9b4d345cfa167526a3d43413999cf4bda954e37189d2a9ae2",
    ];
    assert_eq!(hashes, fixed, "fast, balanced, small");
}

#[test]
fn pixels_of_the_sample_are_fixed() {
    let set = open(sample());
    let mut hash = Sha256::new();
    for pick in 0..6 {
        let picks: Vec<Option<u16>> = set.stack().layers.iter().map(|_| Some(pick)).collect();
        hash.update(set.compose(&picks).unwrap().rgba());
    }
    let fixed = "541f80307ba0c97bdeefc1363eabca7c49d731957cb389f344ac9f6651f7dadd";
    assert_eq!(hex::encode(hash.finalize()), fixed, "six tokens of the sample");
}

#[test]
fn the_encoder_id_names_the_versions_in_the_lock_file() {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../Cargo.lock");
    let lock = fs::read_to_string(lock).unwrap();
    let ids = PRESETS.map(encoder_id).join("; ");
    for name in ["png", "fdeflate", "libdeflater"] {
        let after = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap().1;
        let version = after.split('"').next().unwrap();
        assert!(ids.contains(&format!("{name} {version}")), "{name} is {version} now, but the ids say {ids}");
    }
}
