//! Small pictures, in the pack and while a render runs.

use std::fs;

use atelier_art::decode::Decoder;
use atelier_art::thumbs::{ThumbPack, ThumbSize, trait_thumb};
use atelier_art::{Control, LayerSet, Picture, encode_png, render};
use atelier_collection::{Preset, Token};

use crate::fixtures::{open, sample, small_stack, tokens};

fn run(set: &LayerSet, tokens: &[Token], folder: &std::path::Path) {
    render(set, tokens, folder, 2, &Control::new(), &|_| {}).unwrap();
}

/// The mean colour of a square of a picture.
fn mean(image: &image::RgbImage, x: u32, y: u32, side: u32) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for (dx, dy) in (0..side).flat_map(|dx| (0..side).map(move |dy| (dx, dy))) {
        for (sum, value) in sum.iter_mut().zip(image.get_pixel(x + dx, y + dy).0) {
            *sum += f64::from(value) / f64::from(side * side);
        }
    }
    sum
}

#[test]
fn thumbnails_show_their_token() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(sample());
    let tokens: Vec<Token> =
        (1..=4).map(|id| Token { id, picks: vec![Some(u16::try_from(id).unwrap()); 7] }).collect();
    run(&set, &tokens, folder.path());
    let pack = ThumbPack::open(folder.path()).unwrap();
    let page = image::load_from_memory(&pack.micro(0).unwrap().unwrap()).unwrap().into_rgb8();
    assert_eq!(page.dimensions(), (1024, 1024), "a page holds 64 × 64 cells of 16 px");
    for token in &tokens {
        let full = set.compose(&token.picks).unwrap();
        let full = image::RgbaImage::from_raw(1024, 1024, full.into_rgba()).unwrap();
        let full = image::DynamicImage::from(full).into_rgb8();
        for size in [ThumbSize::Small, ThumbSize::Large] {
            let thumb = pack.thumb(token.id, size).unwrap().unwrap();
            assert_eq!(thumb.mime, "image/jpeg", "the sample's tokens are opaque");
            let image = image::load_from_memory(&thumb.bytes).unwrap().into_rgb8();
            assert_eq!(image.dimensions(), (size.pixels(), size.pixels()), "a square stays a square");
            let scale = 1024 / size.pixels();
            for corner in [0, size.pixels() / 2] {
                let half = size.pixels() / 2;
                let (ours, exact) =
                    (mean(&image, corner, corner, half), mean(&full, corner * scale, corner * scale, 512));
                let far = ours.iter().zip(exact).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                assert!(far < 3.0, "token {} at {size:?}: {ours:?} is not {exact:?}", token.id);
            }
        }
        let cell = mean(&page, (token.id - 1) * 16, 0, 16);
        let exact = mean(&full, 0, 0, 1024);
        let far = cell.iter().zip(exact).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(far < 4.0, "token {}'s cell: {cell:?} is not {exact:?}", token.id);
    }
    assert_eq!(pack.thumb(5, ThumbSize::Small).unwrap(), None, "no such token");
    assert_eq!((pack.pages(), pack.micro(1).unwrap()), (1, None), "one page");
}

#[test]
fn a_running_render_shows_through_and_the_end_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let stack = small_stack(folder.path(), Preset::Fast);
    let set = open(stack);
    let out = folder.path().join("out");
    let tokens = tokens(12);
    let control = Control::new();
    let stop = render(&set, &tokens, &out, 1, &control, &|progress| {
        if progress.done == 5 {
            control.cancel();
        }
    });
    assert!(stop.is_err(), "it was stopped");
    let mut pack = ThumbPack::open(&out).unwrap();
    let early: Vec<_> = (1..=5).map(|id| pack.thumb(id, ThumbSize::Large).unwrap().unwrap()).collect();
    let version = pack.version(3);
    assert_eq!(pack.thumb(6, ThumbSize::Small).unwrap(), None, "not made yet");
    assert!(pack.micro(0).unwrap().is_some(), "placeholders of a running render");
    let micro = pack.micro_version();

    run(&set, &tokens, &out);
    pack.refresh().unwrap();
    let late: Vec<_> = (1..=5).map(|id| pack.thumb(id, ThumbSize::Large).unwrap().unwrap()).collect();
    assert_eq!(early, late, "the pack holds what the journal held");
    assert_eq!(pack.version(3), version, "the same picture keeps its version");
    assert_ne!(pack.micro_version(), micro, "but the page has new cells");

    let mut changed = tokens;
    changed[2].picks = vec![Some(0), None, None];
    run(&set, &changed, &out);
    let after = ThumbPack::open(&out).unwrap();
    assert_ne!(after.version(3), version, "another picture has another version");
    assert_eq!(after.thumb(1, ThumbSize::Large).unwrap().unwrap(), early[0], "others are carried over");
}

#[test]
fn transparent_tokens_keep_their_transparency() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let out = folder.path().join("out");
    run(&set, &[Token { id: 1, picks: vec![None, None, Some(0)] }], &out);
    let thumb = ThumbPack::open(&out).unwrap().thumb(1, ThumbSize::Small).unwrap().unwrap();
    assert_eq!(thumb.mime, "image/webp", "a JPEG has no alpha");
    let image = image::load_from_memory(&thumb.bytes).unwrap();
    assert!(image.color().has_alpha(), "it is there");
    assert_eq!((image.width(), image.height()), (128, 107), "96 × 80 keeps its shape");
}

#[test]
fn a_flipped_byte_anywhere_in_the_pack_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let set = open(small_stack(folder.path(), Preset::Fast));
    let out = folder.path().join("out");
    run(&set, &tokens(3), &out);
    let path = out.join("thumbs.pack");
    let sound = fs::read(&path).unwrap();
    let read_all = || -> Result<(), atelier_art::ArtError> {
        let pack = ThumbPack::open(&out)?;
        for id in 1..=3 {
            pack.thumb(id, ThumbSize::Small)?;
            pack.thumb(id, ThumbSize::Large)?;
        }
        pack.micro(0).map(|_| ())
    };
    read_all().unwrap();
    for at in (0..sound.len()).step_by(97).chain([0, 40, 63, sound.len() - 1]) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        let noticed = read_all().is_err();
        // The raw cells are only read to make the next pack.
        let raw_cell = {
            let from = usize::try_from(u64::from_le_bytes(sound[32..40].try_into().unwrap())).unwrap();
            (from..from + 3 * 16 * 16 * 3).contains(&at)
        };
        assert!(noticed || raw_cell, "byte {at} was flipped and nobody noticed");
    }
    fs::write(&path, &sound[..sound.len() - 1]).unwrap();
    assert!(read_all().is_err(), "a pack that is cut off");
}

#[test]
fn a_trait_is_cut_to_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let mut rgba = vec![0; 100 * 100 * 4];
    for (x, y) in (20..60).flat_map(|x| (30..50).map(move |y| (x, y))) {
        let at = (y * 100 + x) * 4;
        rgba[at..at + 4].copy_from_slice(&[200, 10, 10, 255]);
    }
    let path = folder.path().join("hat.png");
    let picture = Picture::new(100, 100, rgba).unwrap();
    fs::write(&path, encode_png(&picture, Preset::Fast).unwrap()).unwrap();
    let decoder = Decoder::in_process();
    let size = |px| {
        let thumb = trait_thumb(&decoder, &path, px).unwrap();
        let image = image::load_from_memory(&thumb.bytes).unwrap();
        (image.width(), image.height())
    };
    assert_eq!(size(20), (20, 10), "40 × 20 pixels of content");
    assert_eq!(size(80), (40, 20), "a small part of a larger picture is not blown up into blocks");
    assert_eq!(size(200), (200, 100), "a picture that is itself smaller is pixel art, and is");

    let empty = Picture::new(4, 4, vec![0; 64]).unwrap();
    fs::write(&path, encode_png(&empty, Preset::Fast).unwrap()).unwrap();
    assert!(trait_thumb(&decoder, &path, 20).is_ok(), "an empty trait is no error");
    assert!(trait_thumb(&decoder, &folder.path().join("no.png"), 20).is_err(), "a missing one is");
}
