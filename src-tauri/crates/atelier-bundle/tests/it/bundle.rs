use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use alloy::primitives::B256;
use atelier_bundle::build::{BuildInput, Bundle, Facts, build};
use atelier_bundle::images::{ImageFile, ImageSet};
use atelier_bundle::{BundleError, Progress, Watch};

/// Bytes that look like nothing in particular; `big` pictures span two chunks.
pub fn picture(token: u32, big: bool) -> Vec<u8> {
    let length = if big { (1 << 20) + 1000 } else { 200 + token as usize };
    (0..length).map(|i| (i as u32).wrapping_mul(token + 7).to_le_bytes()[1]).collect()
}

pub fn facts() -> Facts {
    Facts {
        drop: "Tidepool Keepers".into(),
        tool: "atelier 0.1.0".into(),
        plan: [7; 32],
        encoder: "png balanced".into(),
        reveal_commitment: B256::ZERO,
    }
}

pub fn image_files(supply: u32) -> Vec<ImageFile> {
    (1..=supply)
        .map(|token| ImageFile {
            name: format!("{token}.png"),
            token: Some(token),
            media: "image/png".into(),
        })
        .collect()
}

/// Writes pictures and builds a bundle of `supply` tokens; token 2 has a picture of two chunks.
pub fn small_bundle(dir: &Path, supply: u32, watch: &Watch) -> Result<Bundle, BundleError> {
    let images = dir.join("images");
    fs::create_dir_all(&images).unwrap();
    for token in 1..=supply {
        fs::write(images.join(format!("{token}.png")), picture(token, token == 2)).unwrap();
    }
    let images = ImageSet::hash(&images, image_files(supply), watch)?;
    let metadata: Vec<(u32, Vec<u8>)> = (1..=supply)
        .map(|token| {
            let uri = images.uri(token).unwrap();
            (token, format!("{{\"image\":\"{uri}\",\"name\":\"#{token}\"}}").into_bytes())
        })
        .collect();
    let input = BuildInput {
        out_dir: dir,
        images: &images,
        metadata: &metadata,
        contract_json: b"{\"name\":\"Tidepool Keepers\"}",
        facts: facts(),
    };
    build(&input, watch)
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    small_bundle(a.path(), 5, &Watch::silent()).unwrap();
    small_bundle(b.path(), 5, &Watch::silent()).unwrap();
    small_bundle(b.path(), 5, &Watch::silent()).unwrap();
    for name in ["manifest.json", "images.car", "metadata.car", "contract.car", "metadata/3.json"] {
        let (one, two) = (fs::read(a.path().join(name)).unwrap(), fs::read(b.path().join(name)).unwrap());
        assert_eq!(one, two, "{name} depends on nothing but the content");
    }
    let mut names: Vec<_> =
        fs::read_dir(b.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected = [
        "contract.car",
        "contract.json",
        "images",
        "images.car",
        "manifest.json",
        "metadata",
        "metadata.car",
    ];
    assert_eq!(names, expected, "nothing else is left behind");
}

#[test]
fn a_smaller_supply_leaves_no_old_metadata() {
    let dir = tempfile::tempdir().unwrap();
    small_bundle(dir.path(), 5, &Watch::silent()).unwrap();
    small_bundle(dir.path(), 3, &Watch::silent()).unwrap();
    assert!(!dir.path().join("metadata/4.json").exists(), "token 4 is no longer part of the drop");
}

#[test]
fn cancelling_at_any_step_leaves_the_previous_bundle_sound() {
    let dir = tempfile::tempdir().unwrap();
    small_bundle(dir.path(), 3, &Watch::silent()).unwrap();
    let before = fs::read(dir.path().join("manifest.json")).unwrap();
    let mut completed = false;
    for stop_after in 0..100 {
        let cancel = Arc::new(AtomicBool::new(stop_after == 0));
        let flag = cancel.clone();
        let steps = AtomicU64::new(0);
        let report = move |_: Progress| {
            if steps.fetch_add(1, Ordering::Relaxed) + 1 >= stop_after {
                flag.store(true, Ordering::Relaxed);
            }
        };
        match small_bundle(dir.path(), 3, &Watch::new(report, cancel)) {
            Ok(_) => {
                completed = true;
                break;
            }
            Err(error) => assert_eq!(error.code(), "BUNDLE-CANCELLED", "after {stop_after} steps"),
        }
        assert_eq!(fs::read(dir.path().join("manifest.json")).unwrap(), before, "the manifest is untouched");
        let report = atelier_bundle::verify::verify(dir.path(), &Watch::silent()).unwrap();
        assert!(report.is_sound(), "after {stop_after} steps: {:?}", report.findings);
    }
    assert!(completed, "a late cancellation no longer stops the build");
}

#[test]
fn tokens_need_exactly_one_picture_and_one_description() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("images");
    fs::create_dir(&folder).unwrap();
    for token in 1..=3 {
        fs::write(folder.join(format!("{token}.png")), picture(token, false)).unwrap();
    }
    let attempt = |pictures: u32, ids: &[u32]| {
        let images = ImageSet::hash(&folder, image_files(pictures), &Watch::silent()).unwrap();
        let metadata: Vec<_> = ids.iter().map(|id| (*id, b"{}".to_vec())).collect();
        let input = BuildInput {
            out_dir: dir.path(),
            images: &images,
            metadata: &metadata,
            contract_json: b"{}",
            facts: facts(),
        };
        build(&input, &Watch::silent()).map_err(|e| e.code()).err()
    };
    assert_eq!(attempt(3, &[3, 1, 2]), None, "any order will do");
    assert_eq!(attempt(3, &[]), Some("BUNDLE-EMPTY"), "nothing to release");
    assert_eq!(attempt(3, &[1, 3]), Some("BUNDLE-TOKEN-INCOMPLETE"), "a gap in the ids");
    assert_eq!(attempt(3, &[1, 2, 2]), Some("BUNDLE-TOKEN-UNEXPECTED"), "one id twice");
    assert_eq!(attempt(3, &[0, 1, 2]), Some("BUNDLE-TOKEN-UNEXPECTED"), "ids start at 1");
    assert_eq!(attempt(2, &[1, 2, 3]), Some("BUNDLE-TOKEN-INCOMPLETE"), "no picture for 3");
    assert_eq!(attempt(3, &[1, 2]), Some("BUNDLE-TOKEN-UNEXPECTED"), "a picture too many");
}

#[test]
fn a_picture_touched_after_hashing_stops_the_build() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("images");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("1.png"), picture(1, false)).unwrap();
    let images = ImageSet::hash(&folder, image_files(1), &Watch::silent()).unwrap();
    fs::write(folder.join("1.png"), picture(2, false)).unwrap();
    let input = BuildInput {
        out_dir: dir.path(),
        images: &images,
        metadata: &[(1, b"{}".to_vec())],
        contract_json: b"{}",
        facts: facts(),
    };
    let error = build(&input, &Watch::silent()).unwrap_err();
    assert_eq!(error.code(), "BUNDLE-FILE-UNSTABLE", "what was described is not what would be packed");
    assert!(!dir.path().join("manifest.json").exists(), "no bundle appears");
}

#[test]
fn bad_picture_names_and_missing_pictures_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let attempt = |names: &[&str]| {
        let files = (1..).zip(names).map(|(token, name)| ImageFile {
            name: (*name).to_owned(),
            token: Some(token),
            media: "image/png".into(),
        });
        ImageSet::hash(dir.path(), files.collect(), &Watch::silent()).unwrap_err().code()
    };
    for name in
        ["../1.png", "/etc/passwd", "a\\b.png", ".hidden", "con.png", "COM1.png", "ä.png", "a\0.png", ""]
    {
        assert_eq!(attempt(&[name]), "BUNDLE-NAME-BAD", "{name:?}");
    }
    assert_eq!(attempt(&["a.png", "A.PNG"]), "BUNDLE-NAME-DUPLICATE", "case does not tell files apart");
    assert_eq!(attempt(&["absent.png"]), "BUNDLE-IO", "a picture that is not there");
}

#[cfg(unix)]
#[test]
fn a_bundle_can_be_read_by_whom_it_is_given_to() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    small_bundle(dir.path(), 1, &Watch::silent()).unwrap();
    let usual = fs::metadata(dir.path().join("images/1.png")).unwrap().permissions().mode();
    for name in ["manifest.json", "images.car", "metadata/1.json"] {
        let mode = fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode, usual, "{name} has the permissions of any other file");
    }
}
