//! The layers of a drop with their files, decoded at most once.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use atelier_collection::{Art, Blend, MAX_SIDE, Plan, Preset};
use fast_image_resize::Resizer;
use sha2::{Digest, Sha256};

use crate::composite::Compositor;
use crate::decode::{Decoder, Size};
use crate::encode::encoder_id;
use crate::error::{ArtError, Problem};
use crate::picture::Picture;
use crate::sprite::Sprite;
use crate::thumbs::fit;
use crate::work;

/// What is stacked: a canvas, and below it the files of every layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// Canvas and encoder preset.
    pub art: Art,
    /// Layers, bottom to top.
    pub layers: Vec<StackLayer>,
}

/// One layer's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackLayer {
    /// How it is laid over what is below.
    pub blend: Blend,
    /// The picture of each trait; a token's pick is an index into this list.
    pub traits: Vec<PathBuf>,
}

impl Stack {
    /// The files a plan speaks of, below `layers_dir`. Nothing is read.
    ///
    /// # Errors
    /// [`ArtError::OutsideLayers`] for a folder or file name that is not a plain relative name.
    pub fn from_plan(plan: &Plan, art: &Art, layers_dir: &Path) -> Result<Self, ArtError> {
        let mut layers = Vec::with_capacity(plan.layers.len());
        for layer in &plan.layers {
            let folder = layers_dir.join(plain(&layer.folder)?);
            let traits = layer
                .traits
                .iter()
                .map(|item| Ok(folder.join(plain(&item.file)?)))
                .collect::<Result<_, ArtError>>()?;
            layers.push(StackLayer { blend: layer.blend, traits });
        }
        Ok(Self { art: art.clone(), layers })
    }
}

/// A relative path without `..`: a `drop.toml` from elsewhere must not name files outside the project.
fn plain(name: &str) -> Result<&Path, ArtError> {
    let path = Path::new(name);
    let mut parts = path.components().peekable();
    if parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_))) {
        Ok(path)
    } else {
        Err(ArtError::OutsideLayers { name: name.to_owned() })
    }
}

/// A stack whose pictures are read and decoded when first needed, then kept. Share it between threads.
///
/// Memory: four bytes per visible pixel of every trait used (the content's rectangle, not the canvas); see
/// [`LayerSet::memory`]. It notices no later change of a file: open a new one for that.
#[derive(Debug)]
pub struct LayerSet {
    stack: Stack,
    decoder: Arc<Decoder>,
    slots: Vec<Vec<Slot>>,
}

#[derive(Debug, Default)]
struct Slot {
    sha256: OnceLock<Result<[u8; 32], Problem>>,
    sprite: OnceLock<Result<Sprite, Problem>>,
}

impl LayerSet {
    /// Opens a stack. Files are not touched yet.
    ///
    /// # Errors
    /// [`ArtError::Canvas`] for an impossible canvas.
    pub fn open(stack: Stack, decoder: Arc<Decoder>) -> Result<Self, ArtError> {
        let Art { width, height, .. } = stack.art;
        let limit = decoder.limits().side.min(MAX_SIDE);
        if !(1..=limit).contains(&width) || !(1..=limit).contains(&height) {
            return Err(ArtError::Canvas { width, height, limit });
        }
        let slots =
            stack.layers.iter().map(|layer| layer.traits.iter().map(|_| Slot::default()).collect()).collect();
        Ok(Self { stack, decoder, slots })
    }

    /// What is stacked.
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// Reads and decodes every trait on `threads` threads and returns all that is wrong, bottom to top.
    pub fn check(&self, threads: usize) -> Vec<(PathBuf, Problem)> {
        let all: Vec<(usize, usize)> = self
            .slots
            .iter()
            .enumerate()
            .flat_map(|(layer, slots)| (0..slots.len()).map(move |index| (layer, index)))
            .collect();
        self.load(&all, threads);
        let problem = |(layer, index): (usize, usize)| {
            let problem = self.sprite(layer, index).err()?;
            Some((self.stack.layers[layer].traits[index].clone(), problem.clone()))
        };
        all.into_iter().filter_map(problem).collect()
    }

    /// Decodes these `(layer, trait)` pairs in parallel. Problems are kept where they are asked for later.
    pub(crate) fn load(&self, pairs: &[(usize, usize)], threads: usize) {
        let outcome = work::for_each(
            pairs,
            threads,
            || (),
            |(), (layer, index)| {
                // A problem stays in its slot.
                let _ = self.sprite(*layer, *index);
                Ok(())
            },
        );
        debug_assert!(outcome.is_ok(), "the work above never fails");
    }

    /// The pairs that tokens with these picks use, in order and once.
    pub(crate) fn used<'a>(&self, picks: impl Iterator<Item = &'a [Option<u16>]>) -> Vec<(usize, usize)> {
        let mut used: Vec<Vec<bool>> = self.slots.iter().map(|slots| vec![false; slots.len()]).collect();
        for picks in picks {
            for (layer, pick) in used.iter_mut().zip(picks) {
                if let Some(flag) = pick.and_then(|index| layer.get_mut(usize::from(index))) {
                    *flag = true;
                }
            }
        }
        let pairs = used.iter().enumerate().flat_map(|(layer, flags)| {
            flags.iter().enumerate().filter(|(_, flag)| **flag).map(move |(index, _)| (layer, index))
        });
        pairs.collect()
    }

    /// The first of these that cannot be used, as an error.
    pub(crate) fn refuse_bad(&self, pairs: &[(usize, usize)]) -> Result<(), ArtError> {
        let bad = |(layer, index): &(usize, usize)| {
            self.sprite(*layer, *index).err().map(|problem| self.named(*layer, *index, problem))
        };
        pairs.iter().find_map(bad).map_or(Ok(()), Err)
    }

    /// Bytes held by decoded traits.
    pub fn memory(&self) -> usize {
        let sprites = self.slots.iter().flatten().filter_map(|slot| slot.sprite.get()?.as_ref().ok());
        sprites.map(Sprite::memory).sum()
    }

    /// Names a token's picture before it is made: a hash of everything its bytes depend on (canvas, encoder, and the
    /// blend mode and file contents of each trait worn). Files are read, not decoded.
    ///
    /// # Errors
    /// [`ArtError::Picture`] for an unreadable file, [`ArtError::UnknownPick`] for a token of another plan.
    pub fn key(&self, picks: &[Option<u16>]) -> Result<[u8; 32], ArtError> {
        let Art { width, height, preset, background } = &self.stack.art;
        let mut hash = Sha256::new();
        hash.update(b"atelier/image/v1\0");
        hash.update(encoder_id(*preset));
        hash.update([0]);
        hash.update(width.to_le_bytes());
        hash.update(height.to_le_bytes());
        hash.update(background.unwrap_or([0; 4]));
        for (layer, index) in self.worn(picks)? {
            hash.update([match self.stack.layers[layer].blend {
                Blend::Normal => 0,
                Blend::Multiply => 1,
            }]);
            let sha256 = self.slots[layer][index]
                .sha256
                .get_or_init(|| Ok(self.decoder.read(&self.stack.layers[layer].traits[index])?.sha256));
            hash.update(sha256.as_ref().map_err(|problem| self.named(layer, index, problem))?);
        }
        Ok(hash.finalize().into())
    }

    /// A token at full size.
    ///
    /// # Errors
    /// [`ArtError::Picture`] for a trait that cannot be decoded, [`ArtError::UnknownPick`].
    pub fn compose(&self, picks: &[Option<u16>]) -> Result<Picture, ArtError> {
        let mut compositor = Compositor::default();
        self.compose_into(picks, &mut compositor)?;
        Picture::new(self.stack.art.width, self.stack.art.height, compositor.rgba)
    }

    /// A token whose longest side is at most `px` pixels, for the live preview. Never larger than the canvas.
    ///
    /// # Errors
    /// As [`LayerSet::compose`].
    pub fn preview(&self, picks: &[Option<u16>], px: u32) -> Result<Picture, ArtError> {
        let picture = self.compose(picks)?;
        if picture.width().max(picture.height()) <= px {
            return Ok(picture);
        }
        fit(&mut Resizer::new(), picture.rgba(), picture.width(), picture.height(), px)
    }

    pub(crate) fn compose_into(
        &self,
        picks: &[Option<u16>],
        compositor: &mut Compositor,
    ) -> Result<(), ArtError> {
        let mut layers = Vec::with_capacity(picks.len());
        for (layer, index) in self.worn(picks)? {
            let sprite = self.sprite(layer, index).map_err(|problem| self.named(layer, index, problem))?;
            layers.push((self.stack.layers[layer].blend, sprite));
        }
        let Art { width, height, background, .. } = self.stack.art;
        compositor.compose(width, height, background, &layers);
        Ok(())
    }

    /// The encoder preset of the stack.
    pub fn preset(&self) -> Preset {
        self.stack.art.preset
    }

    fn worn(&self, picks: &[Option<u16>]) -> Result<Vec<(usize, usize)>, ArtError> {
        if picks.len() != self.slots.len() {
            return Err(ArtError::UnknownPick { layer: picks.len().min(self.slots.len()), pick: None });
        }
        let worn = picks.iter().enumerate().filter_map(|(layer, pick)| Some((layer, (*pick)?)));
        let checked = worn.map(|(layer, pick)| {
            let index = usize::from(pick);
            let known = index < self.slots[layer].len();
            known.then_some((layer, index)).ok_or(ArtError::UnknownPick { layer, pick: Some(pick) })
        });
        checked.collect()
    }

    fn sprite(&self, layer: usize, index: usize) -> Result<&Sprite, &Problem> {
        let slot = &self.slots[layer][index];
        let load = || {
            let file = self.decoder.read(&self.stack.layers[layer].traits[index])?;
            // A picture must be of the very bytes its key was made from.
            if slot.sha256.get_or_init(|| Ok(file.sha256)) != &Ok(file.sha256) {
                return Err(Problem::Changed);
            }
            let canvas = Size { width: self.stack.art.width, height: self.stack.art.height };
            let picture = self.decoder.decode(&file.bytes, &file.extension, Some(canvas))?;
            Ok(Sprite::new(&picture))
        };
        slot.sprite.get_or_init(load).as_ref()
    }

    fn named(&self, layer: usize, index: usize, problem: &Problem) -> ArtError {
        problem.clone().at(&self.stack.layers[layer].traits[index])
    }
}
