use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use atelier_bundle::verify::verify;
use atelier_storage::blocks::BlockStore;
use atelier_storage::targets::EmbeddedTarget;
use atelier_storage::{BundleCars, Scope, Stage, Target, Watch};

use crate::gateway::block_files;
use crate::sample;

#[tokio::test]
async fn what_is_stored_is_proven_by_reading_it_back() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), 5);
    let target = EmbeddedTarget::new("embedded", BlockStore::open(&dir.path().join("blocks")).unwrap());
    let before = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
    assert!(!before.holds(), "nothing is there yet");
    assert_eq!(before.failures.len(), 11, "every file is reported missing");
    let stored = target.put(&BundleCars::of(&bundle), &Watch::silent()).await.unwrap();
    assert_eq!(stored.roots.len(), 3, "pictures, metadata, collection");
    let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
    assert!(proof.holds(), "{:?}", proof.failures);
    assert_eq!((proof.files_proven, proof.files_total), (11, 11), "all of them");
    let sample = Scope::Sample { pictures: 2, seed: 1 };
    let some = target.verify(&bundle.manifest, &sample, &Watch::silent()).await.unwrap();
    assert!(some.holds() && some.files_asked == 8, "all six JSON files and two pictures");
    assert!(
        verify(dir.path(), &Watch::silent()).unwrap().is_sound(),
        "storing changes nothing in the bundle"
    );
}

#[tokio::test]
async fn lost_and_damaged_blocks_are_reported_and_repaired() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), 3);
    let blocks = dir.path().join("blocks");
    let target = EmbeddedTarget::new("embedded", BlockStore::open(&blocks).unwrap());
    let cars = BundleCars::of(&bundle);
    target.put(&cars, &Watch::silent()).await.unwrap();
    for path in block_files(&blocks) {
        let sound = fs::read(&path).unwrap();
        let mut flipped = sound.clone();
        flipped[0] ^= 1;
        fs::write(&path, flipped).unwrap();
        let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
        assert!(!proof.holds(), "a flipped byte in {}", path.display());
        assert!(proof.failures.iter().all(|failure| !failure.path.is_empty()), "files are named");
        fs::remove_file(&path).unwrap();
        let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
        assert!(!proof.holds(), "without {}", path.display());
        target.put(&cars, &Watch::silent()).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), sound, "storing again repairs");
    }
    let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
    assert!(proof.holds(), "whole again");
}

#[tokio::test]
async fn storing_can_be_stopped_and_taken_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), 5);
    let target = EmbeddedTarget::new("embedded", BlockStore::open(&dir.path().join("blocks")).unwrap());
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = cancel.clone();
    let watch = Watch::new(
        move |progress| flag.store(progress.stage == Stage::Store && progress.done > 500, Ordering::Relaxed),
        cancel,
    );
    let cars = BundleCars::of(&bundle);
    assert_eq!(target.put(&cars, &watch).await.unwrap_err().code(), "STORE-CANCELLED", "stopped on request");
    let kept = block_files(&dir.path().join("blocks")).len();
    assert!(kept > 0, "what was stored stays");
    target.put(&cars, &Watch::silent()).await.unwrap();
    assert!(
        target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap().holds(),
        "complete"
    );
}

#[tokio::test]
async fn a_damaged_archive_is_not_stored() {
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), 2);
    let path = dir.path().join("metadata.car");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    let target = EmbeddedTarget::new("embedded", BlockStore::open(&dir.path().join("blocks")).unwrap());
    let error = target.put(&BundleCars::of(&bundle), &Watch::silent()).await.unwrap_err();
    assert_eq!(error.code(), "BUNDLE-CAR-MALFORMED", "{error}");
    let mut cars = BundleCars::of(&bundle);
    cars.cars[0].root = cars.cars[1].root;
    let error = target.put(&cars, &Watch::silent()).await.unwrap_err();
    assert_eq!(error.code(), "STORE-CID-MISMATCH", "an archive of something else");
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("blocks"), b"a file where the folder should be").unwrap();
    let error = BlockStore::open(&dir.path().join("blocks")).unwrap_err();
    assert_eq!(error.code(), "STORE-IO", "{error}");
}
