//! All pictures of a drop, on disk.
//!
//! A build folder holds `images/{id}.png`, `thumbs.pack` ([`crate::thumbs`]) and `render.json`; while a render runs,
//! and after it was interrupted, also `render.journal`. Every picture is written under another name and renamed, so
//! `images/*.png` are always whole.
//!
//! A picture is kept when the last render, or the interrupted one, made it from the same ingredients
//! ([`LayerSet::key`]) and the file still has the hash that was recorded then; everything else is made again. Nothing
//! in the folder depends on the number of threads, on the order in which pictures were finished, or on how often the
//! render was interrupted.
//!
//! Two renders must not share a folder at the same time; the project's lock sees to that.

mod control;
pub(crate) mod journal;
mod record;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use atelier_collection::Token;
use sha2::{Digest, Sha256};

pub use control::Control;
pub use record::RenderedImage;

use crate::composite::Compositor;
use crate::encode::{Encoder, encoder_id};
use crate::error::ArtError;
use crate::files::{Durable, remove_parts, write_then_rename};
use crate::layers::LayerSet;
use crate::thumbs::{Maker, Source, ThumbPack, write_pack};
use crate::work;
use journal::Journal;

/// One picture further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderProgress {
    /// Pictures finished, kept ones included; never falls.
    pub done: usize,
    /// Pictures asked for.
    pub total: usize,
    /// The token just finished.
    pub id: u32,
    /// It was there already and its hash was right.
    pub kept: bool,
}

/// What a render made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderReport {
    /// Pictures made by this run.
    pub rendered: usize,
    /// Pictures that were there already.
    pub kept: usize,
    /// The exact encoder; see [`encoder_id`].
    pub encoder: &'static str,
    /// Every picture, by id.
    pub images: Vec<RenderedImage>,
}

/// Where a token's picture lies in a build folder.
pub fn image_path(folder: &Path, id: u32) -> PathBuf {
    folder.join("images").join(format!("{id}.png"))
}

/// Makes the pictures and thumbnails of all `tokens` in `folder` on `threads` threads, keeping what is right already.
///
/// `progress` is called once per picture, by one thread at a time, and should be quick. Run it again after an error or
/// a cancel to go on from there.
///
/// # Errors
/// [`ArtError::Picture`] for a trait that cannot be used, before anything is rendered ([`LayerSet::check`] lists all);
/// [`ArtError::Cancelled`], [`ArtError::DiskFull`], [`ArtError::ReadOnly`], [`ArtError::Io`] with finished pictures
/// kept; [`ArtError::RecordNewer`], [`ArtError::UnknownPick`].
pub fn render(
    layers: &LayerSet,
    tokens: &[Token],
    folder: &Path,
    threads: usize,
    control: &Control,
    progress: &(dyn Fn(RenderProgress) + Sync),
) -> Result<RenderReport, ArtError> {
    if tokens.iter().any(|token| token.id == 0) {
        return Err(ArtError::Codec { reason: "token ids start at 1".to_owned() });
    }
    let images = folder.join("images");
    fs::create_dir_all(&images).map_err(|error| ArtError::io("create", &images, error))?;
    remove_parts(&images)?;
    remove_parts(folder)?;

    let mut known = record::load(folder)?;
    let (journal, scan) = Journal::open(folder)?;
    known.extend(scan.entries.values().map(|entry| {
        let journal::Entry { id, key, sha256, bytes, .. } = *entry;
        (id, RenderedImage { id, key, sha256, bytes })
    }));
    // A damaged pack is a cache lost, not a reason to stop: without it everything is made again.
    let thumbs = match ThumbPack::open(folder) {
        Ok(thumbs) => Some(thumbs),
        Err(error @ ArtError::PackDamaged { .. }) => {
            tracing::warn!(%error, "making all thumbnails again");
            let path = folder.join("thumbs.pack");
            fs::remove_file(&path).map_err(|error| ArtError::io("remove", &path, error))?;
            None
        }
        Err(error) => return Err(error),
    };

    let total = tokens.len();
    let tick = Ticker { total, done: Mutex::new(0), progress };
    let finished = Mutex::new(BTreeMap::new());
    let keep = |image: RenderedImage| {
        finished.lock().unwrap_or_else(PoisonError::into_inner).insert(image.id, image);
    };

    let mut jobs = Vec::with_capacity(total);
    for token in tokens {
        jobs.push((token, layers.key(&token.picks)?));
    }
    let pending = Mutex::new(Vec::new());
    work::for_each(
        &jobs,
        threads,
        || (),
        |(), (token, key)| {
            tick.check(control)?;
            let shown = thumbs.as_ref().and_then(|thumbs| thumbs.key(token.id));
            let same = known.get(&token.id).filter(|image| image.key == *key && shown == Some(*key));
            match same {
                Some(image) if is_whole(&image_path(folder, token.id), image)? => {
                    keep(image.clone());
                    tick.tick(token.id, true);
                }
                Some(_) | None => {
                    pending.lock().unwrap_or_else(PoisonError::into_inner).push((*token, *key));
                }
            }
            Ok(())
        },
    )?;
    let mut pending = pending.into_inner().unwrap_or_else(PoisonError::into_inner);
    pending.sort_unstable_by_key(|(token, _)| token.id);

    let used = layers.used(pending.iter().map(|(token, _)| token.picks.as_slice()));
    layers.load(&used, threads);
    layers.refuse_bad(&used)?;

    let desk = || Desk {
        compositor: Compositor::default(),
        encoder: Encoder::new(layers.preset()),
        maker: Maker::default(),
    };
    let art = &layers.stack().art;
    work::for_each(&pending, threads, desk, |desk, (token, key)| {
        tick.check(control)?;
        layers.compose_into(&token.picks, &mut desk.compositor)?;
        let rgba = &desk.compositor.rgba;
        let file = desk.encoder.encode(art.width, art.height, rgba)?;
        let thumbs = desk.maker.make(rgba, art.width, art.height)?;
        let (sha256, bytes) = (Sha256::digest(&file).into(), file.len() as u64);
        write_then_rename(&image_path(folder, token.id), &file, Durable::No)?;
        journal.append(token.id, key, &sha256, bytes, &thumbs)?;
        keep(RenderedImage { id: token.id, key: *key, sha256, bytes });
        tick.tick(token.id, false);
        Ok(())
    })?;

    let finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
    let images: Vec<RenderedImage> = finished.into_values().collect();
    let sources: Vec<Source> = images.iter().map(|image| (image.id, image.key)).collect();
    let thumbs = ThumbPack::open(folder)?;
    if !thumbs.is_current(&sources) {
        write_pack(folder, &thumbs, &sources)?;
    }
    let encoder = encoder_id(layers.preset());
    record::save(folder, encoder, (art.width, art.height), &images)?;
    journal.remove()?;
    for id in known.keys().filter(|id| images.binary_search_by_key(*id, |image| image.id).is_err()) {
        let path = image_path(folder, *id);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(ArtError::io("remove", &path, error));
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(RenderReport { rendered: pending.len(), kept: total - pending.len(), encoder, images })
}

/// What one thread works with.
struct Desk {
    compositor: Compositor,
    encoder: Encoder,
    maker: Maker,
}

/// Counts pictures and tells about them.
struct Ticker<'a> {
    total: usize,
    done: Mutex<usize>,
    progress: &'a (dyn Fn(RenderProgress) + Sync),
}

impl Ticker<'_> {
    fn tick(&self, id: u32, kept: bool) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        (self.progress)(RenderProgress { done: *done, total: self.total, id, kept });
    }

    fn check(&self, control: &Control) -> Result<(), ArtError> {
        if control.may_go_on() {
            return Ok(());
        }
        let done = *self.done.lock().unwrap_or_else(PoisonError::into_inner);
        Err(ArtError::Cancelled { done, total: self.total })
    }
}

/// Whether a file has the recorded length and hash.
fn is_whole(path: &Path, image: &RenderedImage) -> Result<bool, ArtError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(ArtError::io("read", path, error)),
    };
    let mut check = || -> io::Result<bool> {
        if file.metadata()?.len() != image.bytes {
            return Ok(false);
        }
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 128 * 1024];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(<[u8; 32]>::from(hash.finalize()) == image.sha256),
                read => hash.update(&buffer[..read]),
            }
        }
    };
    check().map_err(|error| ArtError::io("read", path, error))
}
