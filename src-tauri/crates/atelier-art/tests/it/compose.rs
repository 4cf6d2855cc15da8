//! Pixels against a slow reference in floating point, written from the W3C formulas.

use std::fs;

use atelier_art::{LayerSet, Picture, Stack, StackLayer, encode_png};
use atelier_collection::{Blend, LayerKey, Plan, Preset, Token, TraitKey, random::Seed};
use proptest::prelude::*;

use crate::fixtures::{art, open, sample, small_stack, tokens, trait_picture};

/// Compositing and Blending Level 1, sections 5.1 and 10: straight alpha, all in 0 to 1.
fn reference(background: [u8; 4], layers: &[(Blend, [u8; 4])]) -> [u8; 4] {
    let unit = |pixel: [u8; 4]| pixel.map(|value| f64::from(value) / 255.0);
    let [r, g, b, mut alpha_below] = unit(background);
    let mut below = [r, g, b];
    for (blend, source) in layers {
        let [r, g, b, alpha] = unit(*source);
        let result = alpha + alpha_below * (1.0 - alpha);
        for (below, source) in below.iter_mut().zip([r, g, b]) {
            let blended = match blend {
                Blend::Normal => source,
                Blend::Multiply => source * *below,
            };
            let mixed = (1.0 - alpha_below) * source + alpha_below * blended;
            let premultiplied = alpha * mixed + (1.0 - alpha) * alpha_below * *below;
            *below = if result > 0.0 { premultiplied / result } else { 0.0 };
        }
        alpha_below = result;
    }
    let byte = |value: f64| {
        let rounded = (value * 255.0).round();
        (0..=255).find(|byte| f64::from(*byte) >= rounded).unwrap_or(255)
    };
    [byte(below[0]), byte(below[1]), byte(below[2]), byte(alpha_below)]
}

/// Channels may differ by one; colours count only where something is visible.
fn close(ours: [u8; 4], exact: [u8; 4]) -> bool {
    let near = |index: usize| ours[index].abs_diff(exact[index]) <= 1;
    near(3) && (exact[3] == 0 || ours[3] == 0 || (0..3).all(near))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_stack_is_within_one_step_of_the_reference(
        pixels in prop::collection::vec(any::<[u8; 4]>(), 32..=32),
        blends in prop::collection::vec(any::<bool>(), 8..=8),
        background in any::<Option<[u8; 4]>>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        // Eight layers of 2 × 2 pixels.
        let layers: Vec<(Blend, Vec<[u8; 4]>)> = pixels
            .chunks(4)
            .zip(&blends)
            .map(|(chunk, multiply)| (if *multiply { Blend::Multiply } else { Blend::Normal }, chunk.to_vec()))
            .collect();
        let files = layers.iter().enumerate().map(|(index, (blend, pixels))| {
            let path = folder.path().join(format!("{index}.png"));
            let picture = Picture::new(2, 2, pixels.concat()).unwrap();
            fs::write(&path, encode_png(&picture, Preset::Fast).unwrap()).unwrap();
            StackLayer { blend: *blend, traits: vec![path] }
        });
        let mut art = art(2, 2, Preset::Fast);
        art.background = background;
        let set = open(Stack { layers: files.collect(), art });
        let ours = set.compose(&[Some(0); 8]).unwrap();
        for (index, ours) in ours.rgba().as_chunks::<4>().0.iter().enumerate() {
            let column: Vec<_> = layers.iter().map(|(blend, pixels)| (*blend, pixels[index])).collect();
            let exact = reference(background.unwrap_or([0; 4]), &column);
            prop_assert!(close(*ours, exact), "{:?} over {:?} is {:?}, not {:?}", column, background, exact, ours);
        }
    }
}

#[test]
fn spans_and_content_boxes_change_no_pixel() {
    let folder = tempfile::tempdir().unwrap();
    let stack = small_stack(folder.path(), Preset::Fast);
    let pictures: Vec<Vec<image::RgbaImage>> = stack
        .layers
        .iter()
        .map(|layer| layer.traits.iter().map(|path| image::open(path).unwrap().into_rgba8()).collect())
        .collect();
    let blends: Vec<Blend> = stack.layers.iter().map(|layer| layer.blend).collect();
    let set = open(stack);
    for token in tokens(24) {
        let ours = set.compose(&token.picks).unwrap();
        for y in 0..ours.height() {
            for x in 0..ours.width() {
                let column: Vec<_> = token
                    .picks
                    .iter()
                    .enumerate()
                    .filter_map(|(layer, pick)| {
                        Some((blends[layer], pictures[layer][usize::from((*pick)?)].get_pixel(x, y).0))
                    })
                    .collect();
                let at = (y * ours.width() + x) as usize;
                let (ours, exact) = (ours.rgba().as_chunks::<4>().0[at], reference([0; 4], &column));
                assert!(close(ours, exact), "token {} at {x}, {y}: {ours:?}, not {exact:?}", token.id);
            }
        }
    }
}

#[test]
fn source_over_equals_the_image_crate() {
    let folder = tempfile::tempdir().unwrap();
    let stack = small_stack(folder.path(), Preset::Fast);
    let mut theirs = image::open(&stack.layers[0].traits[1]).unwrap().into_rgba8();
    image::imageops::overlay(
        &mut theirs,
        &image::open(&stack.layers[2].traits[3]).unwrap().into_rgba8(),
        0,
        0,
    );
    let ours = open(stack).compose(&[Some(1), None, Some(3)]).unwrap();
    let far = ours.rgba().iter().zip(theirs.as_raw()).filter(|(a, b)| a.abs_diff(**b) > 1).count();
    assert_eq!(far, 0, "no channel differs by more than one step");
}

#[test]
fn a_preview_is_the_token_in_small() {
    let set = open(sample());
    let picks: Vec<Option<u16>> = set.stack().layers.iter().map(|_| Some(1)).collect();
    let preview = set.preview(&picks, 256).unwrap();
    assert_eq!((preview.width(), preview.height()), (256, 256), "the longest side is as asked");
    let full = set.compose(&picks).unwrap();
    let full = image::RgbaImage::from_raw(1024, 1024, full.into_rgba()).unwrap();
    let theirs = image::imageops::thumbnail(&full, 256, 256);
    let difference: u64 =
        preview.rgba().iter().zip(theirs.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    assert!(difference < 2 * 256 * 256 * 4, "within two steps on average of another resizer");
    let full = set.preview(&picks, 4096).unwrap();
    assert_eq!(full.width(), 1024, "never larger than the canvas");
}

#[test]
fn every_file_of_the_sample_is_sound() {
    let set = open(sample());
    assert_eq!(set.check(2), [], "the sample has no bad file");
    let all: usize = set.stack().layers.iter().map(|layer| layer.traits.len()).sum();
    assert_eq!(all, 60, "all traits were looked at");
    assert!(set.memory() < all * 1024 * 1024 * 4, "content boxes are smaller than the canvas");
}

#[test]
fn all_bad_files_are_listed_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let stack = small_stack(folder.path(), Preset::Fast);
    fs::write(&stack.layers[0].traits[2], b"not a picture").unwrap();
    fs::remove_file(&stack.layers[2].traits[0]).unwrap();
    let wrong = encode_png(&trait_picture(10, 10, 1), Preset::Fast).unwrap();
    fs::write(&stack.layers[1].traits[1], wrong).unwrap();
    let found: Vec<_> = open(stack).check(3).into_iter().map(|(_, problem)| problem.code()).collect();
    assert_eq!(found, ["ART-UNSUPPORTED", "ART-WRONG-SIZE", "ART-MISSING"], "bottom to top");
}

fn plan(folder: &str, file: &str) -> Plan {
    let item = TraitKey { id: "a".to_owned(), name: "A".to_owned(), file: file.to_owned() };
    let layer = LayerKey {
        id: "base".to_owned(),
        name: "Base".to_owned(),
        folder: folder.to_owned(),
        blend: Blend::Multiply,
        traits: vec![item],
    };
    Plan::new(Seed::from_text("x"), vec![layer], vec![Token { id: 1, picks: vec![Some(0)] }]).unwrap()
}

#[test]
fn a_plan_names_its_files_and_cannot_leave_the_folder() {
    let art = art(8, 8, Preset::Fast);
    let root = std::path::Path::new("/art");
    let stack = Stack::from_plan(&plan("1-base", "a.png"), &art, root).unwrap();
    assert_eq!(stack.layers[0].traits, [root.join("1-base").join("a.png")], "layer folder, then file");
    assert_eq!(stack.layers[0].blend, Blend::Multiply, "the blend mode comes along");
    for (folder, file) in
        [("..", "a.png"), ("1", "../../key"), ("1", "/etc/passwd"), ("/etc", "passwd"), ("1", "")]
    {
        let error = Stack::from_plan(&plan(folder, file), &art, root).unwrap_err();
        assert_eq!(error.code(), "ART-OUTSIDE-LAYERS", "{folder}/{file}");
    }
}

#[test]
fn picks_of_another_plan_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let set: LayerSet = open(small_stack(folder.path(), Preset::Fast));
    for picks in [vec![Some(9), None, None], vec![None], vec![None; 4]] {
        assert_eq!(set.compose(&picks).unwrap_err().code(), "ART-UNKNOWN-PICK", "{picks:?}");
    }
    let empty = set.compose(&[None; 3]).unwrap();
    let empty = image::RgbaImage::from_raw(96, 80, empty.into_rgba()).unwrap();
    assert!(empty.pixels().all(|pixel| pixel.0 == [0; 4]), "nothing worn is nothing seen");
    assert_eq!(empty.dimensions(), (96, 80), "at the size of the canvas");
}
