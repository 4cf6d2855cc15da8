//! Whole renders: the same folder for any number of threads and interruptions.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use atelier_art::{ArtError, Control, LayerSet, RenderProgress, RenderReport, image_path, render};
use atelier_collection::{Preset, Token};
use sha2::{Digest, Sha256};

use crate::fixtures::{open, small_stack, tokens, tree};

fn run(set: &LayerSet, tokens: &[Token], folder: &Path, threads: usize) -> Result<RenderReport, ArtError> {
    render(set, tokens, folder, threads, &Control::new(), &|_| {})
}

/// Renders until `count` pictures are made and stops.
fn run_and_stop(set: &LayerSet, tokens: &[Token], folder: &Path, count: usize) -> ArtError {
    let control = Control::new();
    let stop = |progress: RenderProgress| {
        if progress.done >= count {
            control.cancel();
        }
    };
    render(set, tokens, folder, 2, &control, &stop).unwrap_err()
}

#[test]
fn one_two_and_eight_threads_make_the_same_folder() {
    let folder = tempfile::tempdir().unwrap();
    for preset in [Preset::Fast, Preset::Balanced, Preset::Small] {
        let set = open(small_stack(folder.path(), preset));
        let trees = [1, 2, 8].map(|threads| {
            let out = folder.path().join(format!("{preset:?}-{threads}"));
            let report = run(&set, &tokens(60), &out, threads).unwrap();
            assert_eq!((report.rendered, report.kept), (60, 0), "all are new");
            tree(&out)
        });
        assert_eq!(trees[0].len(), 62, "60 pictures, render.json and thumbs.pack, and nothing else");
        assert!(trees[0] == trees[1] && trees[1] == trees[2], "{preset:?}: byte for byte the same");
    }
}

#[test]
fn a_picture_is_the_composed_token_and_its_record_is_true() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Balanced));
    let out = folder.path().join("out");
    let tokens = tokens(5);
    let report = run(&set, &tokens, &out, 2).unwrap();
    assert!(report.encoder.contains("balanced"), "the encoder is named");
    for (token, image) in tokens.iter().zip(&report.images) {
        let file = fs::read(image_path(&out, token.id)).unwrap();
        let pixels = image::load_from_memory(&file).unwrap().into_rgba8();
        assert_eq!(pixels.as_raw(), set.compose(&token.picks).unwrap().rgba(), "token {}", token.id);
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&file)), image.sha256, "the recorded hash");
        assert_eq!((image.id, image.bytes), (token.id, file.len() as u64), "the recorded id and length");
    }
}

#[test]
fn a_stopped_render_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let (whole, parts) = (folder.path().join("whole"), folder.path().join("parts"));
    run(&set, &tokens(40), &whole, 2).unwrap();

    let error = run_and_stop(&set, &tokens(40), &parts, 7);
    assert_eq!(error.code(), "ART-CANCELLED", "stopped");
    run_and_stop(&set, &tokens(40), &parts, 20);
    let last = AtomicUsize::new(0);
    let report = render(&set, &tokens(40), &parts, 2, &Control::new(), &|progress| {
        let before = last.swap(progress.done, Ordering::Relaxed);
        assert_eq!(progress.done, before + 1, "progress counts every picture once");
    })
    .unwrap();
    assert!(report.kept >= 20, "{} were kept", report.kept);
    assert_eq!(report.kept + report.rendered, 40, "all are accounted for");
    assert_eq!(tree(&whole), tree(&parts), "interruptions leave no trace");
}

#[test]
fn what_a_killed_process_leaves_is_cleaned_up() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    run(&set, &tokens(30), &whole, 2).unwrap();
    run_and_stop(&set, &tokens(30), &killed, 10);

    // Half a picture, half a record, a picture without a record.
    fs::write(killed.join("images/.11.png.part"), b"half").unwrap();
    fs::write(killed.join(".thumbs.pack.part"), b"half").unwrap();
    fs::write(image_path(&killed, 29), b"unrecorded").unwrap();
    let mut journal = OpenOptions::new().append(true).open(killed.join("render.journal")).unwrap();
    journal.write_all(b"ATJ1\x09\0\0\0").unwrap();
    drop(journal);
    let report = run(&set, &tokens(30), &killed, 2).unwrap();
    assert!((10..30).contains(&report.kept), "{} recorded pictures were kept", report.kept);
    assert_eq!(tree(&whole), tree(&killed), "nothing of the accident is left");
}

#[test]
fn only_what_changed_is_rendered_again() {
    let folder = tempfile::tempdir().unwrap();
    let stack = small_stack(folder.path(), Preset::Fast);
    let out = folder.path().join("out");
    let mut tokens = tokens(40);
    run(&open(stack.clone()), &tokens, &out, 2).unwrap();
    let counts = |tokens: &[Token]| {
        let report = run(&open(stack.clone()), tokens, &out, 2).unwrap();
        (report.rendered, report.kept)
    };
    assert_eq!(counts(&tokens), (0, 40), "nothing changed");

    tokens[4].picks[2] = Some(1);
    assert_eq!(counts(&tokens), (1, 39), "a token wears something else");

    fs::write(image_path(&out, 9), b"flipped").unwrap();
    fs::remove_file(image_path(&out, 10)).unwrap();
    assert_eq!(counts(&tokens), (2, 38), "one file was damaged and one removed");

    fs::remove_file(out.join("thumbs.pack")).unwrap();
    assert_eq!(counts(&tokens), (40, 0), "thumbnails are made from the pictures' pixels");
    fs::write(
        out.join("thumbs.pack"),
        b"ATELIER-THUMBS-1 but not really, and long enough for a header at least",
    )
    .unwrap();
    assert_eq!(counts(&tokens), (40, 0), "a damaged pack is made again");
    fs::write(out.join("render.json"), b"{").unwrap();
    assert_eq!(counts(&tokens), (40, 0), "without its list nothing is known");

    let wearing = tokens.iter().filter(|token| token.picks[0] == Some(3)).count();
    let edited = &stack.layers[0].traits[3];
    fs::copy(&stack.layers[0].traits[2], edited).unwrap();
    assert_eq!(counts(&tokens), (wearing, 40 - wearing), "an edited layer makes its tokens stale");

    tokens.truncate(30);
    assert_eq!(counts(&tokens), (0, 30), "a smaller supply");
    assert!(!image_path(&out, 31).exists(), "pictures of tokens that are gone are removed");
}

#[test]
fn a_newer_list_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let out = folder.path().join("out");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("render.json"), br#"{"schema":2,"news":true}"#).unwrap();
    assert_eq!(
        run(&set, &tokens(3), &out, 1).unwrap_err().code(),
        "ART-RECORD-NEWER",
        "from a newer version"
    );
    assert!(fs::read(out.join("render.json")).unwrap().ends_with(b"true}"), "and still there");
}

#[test]
fn pause_holds_and_resume_lets_go() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let control = Control::new();
    control.pause();
    let made = AtomicUsize::new(0);
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            render(&set, &tokens(6), &folder.path().join("out"), 2, &control, &|_| {
                assert!(!control.is_paused(), "nothing is made while paused");
                made.fetch_add(1, Ordering::Relaxed);
            })
        });
        assert!(control.is_paused() && !worker.is_finished(), "it waits");
        control.resume();
        assert!(worker.join().unwrap().is_ok(), "it ends");
    });
    assert_eq!(made.into_inner(), 6, "all were made");
    control.cancel();
    control.pause();
    assert!(control.is_cancelled(), "cancel is for good");
}

#[test]
fn a_bad_trait_stops_the_render_before_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let stack = small_stack(folder.path(), Preset::Fast);
    let good = fs::read(&stack.layers[1].traits[2]).unwrap();
    fs::write(&stack.layers[1].traits[2], &good[..good.len() / 2]).unwrap();
    let out = folder.path().join("out");
    let error = run(&open(stack), &tokens(40), &out, 2).unwrap_err();
    assert_eq!(error.code(), "ART-TRUNCATED", "half a trait");
    assert!(error.to_string().contains("2.png"), "and it is named: {error}");
    assert_eq!(fs::read_dir(out.join("images")).unwrap().count(), 0, "nothing was made");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_folder_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let out = folder.path().join("out");
    fs::create_dir_all(&out).unwrap();
    // Whatever is written to this device meets a full disk.
    std::os::unix::fs::symlink("/dev/full", out.join("render.journal")).unwrap();
    let error = run(&set, &tokens(3), &out, 1).unwrap_err();
    assert_eq!(error.code(), "ART-DISK-FULL", "{error}");
    assert!(fs::read_dir(out.join("images")).unwrap().count() <= 1, "it stopped at the first");
    // Not even root may create a folder here.
    let error = run(&set, &tokens(3), Path::new("/sys/atelier"), 1).unwrap_err();
    assert_eq!(error.code(), "ART-READ-ONLY", "{error}");
}
