use std::fs;
use std::path::Path;

use atelier_bundle::Watch;
use atelier_bundle::build::Bundle;
use atelier_bundle::signature::SignatureFile;
use atelier_bundle::verify::{FindingCode, Report, Severity};

use crate::bundle::{picture, small_bundle};
use crate::signature::{signed, signer};

fn signed_bundle(dir: &Path, supply: u32) -> Bundle {
    let bundle = small_bundle(dir, supply, &Watch::silent()).unwrap();
    let mut file = SignatureFile::default();
    file.attach(signed(&bundle.manifest, &signer(1)));
    file.write(dir).unwrap();
    bundle
}

fn verify(dir: &Path) -> Report {
    atelier_bundle::verify::verify(dir, &Watch::silent()).unwrap()
}

fn damage(report: &Report) -> Vec<(FindingCode, Option<&str>, Option<u32>)> {
    report.damage().map(|f| (f.code, f.file.as_deref(), f.token)).collect()
}

#[test]
fn a_sound_bundle_has_no_findings() {
    let dir = tempfile::tempdir().unwrap();
    signed_bundle(dir.path(), 5);
    let report = verify(dir.path());
    assert_eq!(report.findings, [], "nothing to tell");
    assert_eq!((report.files_checked, report.tokens_checked), (11, 5), "everything was read");
    assert_eq!(report.signers[0].signer, signer(1).address(), "the signer is recovered");
}

/// Flips one byte and returns what verification says.
fn with_flip(dir: &Path, file: &str, at: usize, bit: u8) -> Report {
    let path = dir.join(file);
    let sound = fs::read(&path).unwrap();
    let mut bytes = sound.clone();
    bytes[at] ^= bit;
    fs::write(&path, bytes).unwrap();
    let report = verify(dir);
    fs::write(&path, sound).unwrap();
    report
}

#[test]
fn a_flipped_byte_in_any_file_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = signed_bundle(dir.path(), 3);
    for entry in &bundle.manifest.files {
        let length = entry.bytes as usize;
        for at in [0, length / 2, length - 1] {
            let report = with_flip(dir.path(), &entry.path, at, 0x20);
            let expected = [(FindingCode::FileChanged, Some(entry.path.as_str()), entry.token)];
            assert_eq!(damage(&report), expected, "byte {at} of {}", entry.path);
        }
    }
}

#[test]
fn a_flipped_byte_in_an_archive_is_traced_to_its_token() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = signed_bundle(dir.path(), 3);
    for token in 1..=3 {
        for (car, content) in [
            ("images.car", picture(token, token == 2)),
            ("metadata.car", fs::read(dir.path().join(format!("metadata/{token}.json"))).unwrap()),
        ] {
            let bytes = fs::read(dir.path().join(car)).unwrap();
            let content = &content[..content.len().min(1 << 20)];
            let at = bytes.windows(content.len()).position(|window| window == content).unwrap();
            for at in [at, at + content.len() - 1] {
                let report = with_flip(dir.path(), car, at, 1);
                let expected = [(FindingCode::CarChanged, Some(car), Some(token))];
                assert_eq!(damage(&report), expected, "byte {at} of {car}");
            }
        }
    }
    for car in &bundle.manifest.cars {
        let report = with_flip(dir.path(), &car.path, 3, 1);
        assert_eq!(damage(&report), [(FindingCode::CarChanged, Some(car.path.as_str()), None)], "header");
    }
}

#[test]
fn every_byte_of_the_small_files_counts() {
    let dir = tempfile::tempdir().unwrap();
    signed_bundle(dir.path(), 1);
    for file in ["manifest.json", "manifest.sig.json", "contract.json", "contract.car", "metadata.car"] {
        let length = fs::metadata(dir.path().join(file)).unwrap().len() as usize;
        for at in 0..length {
            // 0x20 turns letters into the other case, which a careless reader of hex would accept.
            let bit = [0x20, 0x01, 0x80][at % 3];
            let report = with_flip(dir.path(), file, at, bit);
            assert!(!report.is_sound(), "flipping {bit:#x} in byte {at} of {file} went unnoticed");
            assert!(report.damage().any(|f| f.file.is_some()), "byte {at} of {file}: no file named");
        }
    }
    assert!(verify(dir.path()).is_sound(), "the test puts every byte back");
}

#[test]
fn truncated_and_extended_archives_are_found() {
    let dir = tempfile::tempdir().unwrap();
    signed_bundle(dir.path(), 3);
    let path = dir.path().join("metadata.car");
    let sound = fs::read(&path).unwrap();
    fs::write(&path, &sound[..sound.len() - 1]).unwrap();
    let shortened = verify(dir.path());
    assert_eq!(damage(&shortened), [(FindingCode::CarChanged, Some("metadata.car"), Some(3))], "shorter");
    fs::write(&path, [sound.as_slice(), b"x"].concat()).unwrap();
    let longer = verify(dir.path());
    assert_eq!(damage(&longer), [(FindingCode::CarChanged, Some("metadata.car"), Some(3))], "longer");
    fs::remove_file(&path).unwrap();
    assert_eq!(damage(&verify(dir.path())), [(FindingCode::FileMissing, Some("metadata.car"), None)], "gone");
}

#[test]
fn missing_extra_and_swapped_files_are_found() {
    let dir = tempfile::tempdir().unwrap();
    signed_bundle(dir.path(), 3);
    let at = |name: &str| dir.path().join(name);

    fs::write(at("images/4.png"), b"x").unwrap();
    fs::write(at("images/.DS_Store"), b"x").unwrap();
    fs::write(at("notes.txt"), b"x").unwrap();
    let report = verify(dir.path());
    assert_eq!(damage(&report), [(FindingCode::FileExtra, Some("images/4.png"), None)], "not listed");
    let notes: Vec<_> =
        report.findings.iter().filter(|f| f.severity == Severity::Note).map(|f| f.file.as_deref()).collect();
    assert_eq!(notes, [Some("images/.DS_Store"), Some("notes.txt")], "harmless neighbours are mentioned");
    for name in ["images/4.png", "images/.DS_Store", "notes.txt"] {
        fs::remove_file(at(name)).unwrap();
    }

    fs::rename(at("images/1.png"), at("kept")).unwrap();
    assert_eq!(
        damage(&verify(dir.path())),
        [(FindingCode::FileMissing, Some("images/1.png"), Some(1))],
        "gone"
    );
    fs::rename(at("images/3.png"), at("images/1.png")).unwrap();
    fs::rename(at("kept"), at("images/3.png")).unwrap();
    let swapped = verify(dir.path());
    let expected = [
        (FindingCode::FileChanged, Some("images/1.png"), Some(1)),
        (FindingCode::FileChanged, Some("images/3.png"), Some(3)),
    ];
    assert_eq!(damage(&swapped), expected, "two pictures exchanged");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_a_file() {
    let dir = tempfile::tempdir().unwrap();
    signed_bundle(dir.path(), 1);
    let path = dir.path().join("images/1.png");
    fs::rename(&path, dir.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(dir.path().join("elsewhere"), &path).unwrap();
    let report = verify(dir.path());
    assert_eq!(damage(&report), [(FindingCode::FileIrregular, Some("images/1.png"), Some(1))], "a link");
}

#[test]
fn an_edit_after_signing_needs_a_new_signature() {
    let dir = tempfile::tempdir().unwrap();
    signed_bundle(dir.path(), 3);
    let bundle = small_bundle(dir.path(), 4, &Watch::silent()).unwrap();
    let report = verify(dir.path());
    assert_eq!(damage(&report), [(FindingCode::SignatureNotCurrent, Some("manifest.json"), None)], "stale");
    assert!(report.signers.is_empty(), "nobody signed the new version");

    let mut file = SignatureFile::read(dir.path()).unwrap().unwrap();
    file.attach(signed(&bundle.manifest, &signer(2)));
    file.write(dir.path()).unwrap();
    let report = verify(dir.path());
    assert!(report.is_sound(), "signed again: {:?}", report.findings);
    let codes: Vec<_> = report.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, [FindingCode::SignatureStale], "the history stays visible");
}

#[test]
fn unsigned_is_said_and_absent_is_damage() {
    let dir = tempfile::tempdir().unwrap();
    small_bundle(dir.path(), 1, &Watch::silent()).unwrap();
    let report = verify(dir.path());
    assert!(report.is_sound(), "an unsigned bundle can be whole");
    assert_eq!(report.findings[0].code, FindingCode::Unsigned, "but it says so");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(
        damage(&verify(empty.path())),
        [(FindingCode::ManifestMissing, Some("manifest.json"), None)],
        "nothing here"
    );
}

#[test]
fn a_manifest_that_points_outside_is_refused_before_anything_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let mut manifest = signed_bundle(dir.path(), 1).manifest;
    manifest.files[1].path = "images/../../outside".into();
    fs::write(dir.path().join("manifest.json"), manifest.to_bytes()).unwrap();
    let report = verify(dir.path());
    assert_eq!(damage(&report), [(FindingCode::PathUnsafe, Some("manifest.json"), None)], "traversal");
    assert_eq!(report.files_checked, 0, "nothing was read");
}
