//! Small stacks on disk, and the sample.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atelier_art::decode::Decoder;
use atelier_art::{LayerSet, Picture, Stack, StackLayer, encode_png};
use atelier_collection::{Art, Blend, Preset, Token};

/// Reproducible noise (xorshift64*); tests need no more.
pub struct Noise(pub u64);

impl Noise {
    pub fn byte(&mut self) -> u8 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0]
    }
}

pub fn art(width: u32, height: u32, preset: Preset) -> Art {
    Art { width, height, preset, background: None }
}

/// A trait with clear, soft and solid parts.
pub fn trait_picture(width: u32, height: u32, seed: u64) -> Picture {
    let mut noise = Noise(seed * 7 + 1);
    let mut rgba = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let alpha = match (x / 9 + y / 5 + u32::from(noise.byte() > 250)) % 4 {
                0 => 0,
                1 => noise.byte(),
                _ => 255,
            };
            rgba.extend_from_slice(&[noise.byte(), noise.byte(), noise.byte(), alpha]);
        }
    }
    Picture::new(width, height, rgba).unwrap()
}

/// Three layers (an opaque base, a multiply layer, a soft layer) with four traits each.
pub fn small_stack(folder: &Path, preset: Preset) -> Stack {
    let (width, height) = (96, 80);
    let layers = [("base", Blend::Normal), ("shade", Blend::Multiply), ("top", Blend::Normal)];
    let layers = (1..).zip(layers).map(|(number, (name, blend))| {
        let dir = folder.join(name);
        fs::create_dir_all(&dir).unwrap();
        let traits = (0..4).map(|index| {
            let mut picture = trait_picture(width, height, number * 10 + index);
            if name == "base" {
                let mut rgba = picture.into_rgba();
                rgba.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
                picture = Picture::new(width, height, rgba).unwrap();
            }
            let path = dir.join(format!("{index}.png"));
            fs::write(&path, encode_png(&picture, Preset::Fast).unwrap()).unwrap();
            path
        });
        StackLayer { blend, traits: traits.collect() }
    });
    Stack { art: art(width, height, preset), layers: layers.collect() }
}

pub fn open(stack: Stack) -> LayerSet {
    LayerSet::open(stack, Arc::new(Decoder::in_process())).unwrap()
}

/// Tokens `1..=count` over the small stack, all different for a while.
pub fn tokens(count: u32) -> Vec<Token> {
    let pick = |value: u32| (value != 4).then(|| u16::try_from(value).unwrap());
    (1..=count)
        .map(|id| Token { id, picks: vec![pick(id % 4), pick(id / 4 % 5), pick(id / 20 % 5)] })
        .collect()
}

/// The bundled sample's layers.
pub fn sample() -> Stack {
    let layers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../assets/samples/tidepool/layers");
    let mut folders: Vec<PathBuf> = fs::read_dir(&layers)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let layers = folders.iter().map(|folder| {
        let mut traits: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        traits.retain(|path| path.extension().is_some_and(|extension| extension == "png"));
        traits.sort();
        let multiply = folder.ends_with("3-markings");
        StackLayer { blend: if multiply { Blend::Multiply } else { Blend::Normal }, traits }
    });
    Stack { layers: layers.collect(), art: art(1024, 1024, Preset::Balanced) }
}

/// Every file below a folder with its bytes, by relative name.
pub fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else {
                found.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
