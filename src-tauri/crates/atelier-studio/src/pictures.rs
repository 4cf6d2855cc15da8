//! Pictures for the screens: thumbnails, full pictures, the micro-atlas, traits and live composites.
//!
//! The path says what, `v=` says which version: with it the answer may be kept for good. What is decoded once is
//! kept as long as the files it came from stay as they are.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use atelier_art::decode::Decoder;
use atelier_art::thumbs::{ThumbPack, ThumbSize, trait_thumb};
use atelier_art::{ArtError, LayerSet, RenderedImage, Stack, StackLayer, encode_png, encoder_id};
use atelier_collection::{Drop as DropSpec, Plan, Preset};
use atelier_db::state::ArtifactKind;

use crate::Studio;
use crate::api::ErrorReport;
use crate::error::StudioError;
use crate::jobs::Control;
use crate::project::Project;
use crate::studio::StudioConfig;

/// Longest side of a trait's thumbnail: 96 px at twice the density.
const TRAIT_PX: u32 = 192;
/// Longest side of a live composite.
const COMPOSITE_PX: u32 = 1_024;

/// A picture on its way to a screen.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Media type.
    pub media: &'static str,
    /// Encoded bytes.
    pub bytes: Vec<u8>,
    /// True where the same URL will always mean the same bytes.
    pub immutable: bool,
}

/// Runs the limited decoding child: what a program calls when its first argument is `__decode`.
#[must_use]
pub fn decode_child() -> std::process::ExitCode {
    atelier_art::decode::child_main()
}

/// The decoder for files from outside.
pub(crate) fn decoder(config: &StudioConfig) -> Decoder {
    Decoder::in_child(config.decoder.clone())
}

/// Width and height of a picture from outside, where it can be read.
pub(crate) fn dimensions(decoder: &Decoder, path: &Path) -> Option<(u32, u32)> {
    decoder.decode_file(path, None).ok().map(|picture| (picture.width(), picture.height()))
}

/// What one project has decoded.
pub(crate) struct Gallery {
    decoder: Arc<Decoder>,
    layers: Mutex<Vec<Kept>>,
    traits: Mutex<BTreeMap<PathBuf, TraitPicture>>,
    /// Thumbnails of traits being made at once: each may hold a decoding child.
    desks: tokio::sync::Semaphore,
}

/// A trait's thumbnail and the time of the file it was made from.
type TraitPicture = (Option<SystemTime>, Arc<Picture>);

/// A layer set and the files' times it was read at.
struct Kept {
    stack: Stack,
    stamps: Vec<Option<SystemTime>>,
    layers: Arc<LayerSet>,
}

impl Gallery {
    pub(crate) fn new(config: &StudioConfig) -> Self {
        Self {
            decoder: Arc::new(decoder(config)),
            layers: Mutex::default(),
            traits: Mutex::default(),
            desks: tokio::sync::Semaphore::new(threads()),
        }
    }

    /// The layer set of a stack; decoded pictures are kept while their files stay as they are.
    fn open(&self, stack: Stack) -> Result<Arc<LayerSet>, StudioError> {
        let stamps: Vec<_> =
            stack.layers.iter().flat_map(|layer| &layer.traits).map(|path| modified(path)).collect();
        let mut kept = self.layers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.iter().find(|one| one.stack == stack && one.stamps == stamps) {
            return Ok(Arc::clone(&found.layers));
        }
        let layers = Arc::new(LayerSet::open(stack.clone(), Arc::clone(&self.decoder))?);
        // The plan's stack and the file's stack may differ while a plan is stale: two are enough.
        kept.truncate(1);
        kept.insert(0, Kept { stack, stamps, layers: Arc::clone(&layers) });
        Ok(layers)
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

fn planned(project: &Project, spec: &DropSpec, plan: &Plan) -> Result<Arc<LayerSet>, StudioError> {
    project.gallery.open(Stack::from_plan(plan, &spec.art, &project.layers())?)
}

fn written(project: &Project, spec: &DropSpec) -> Result<Arc<LayerSet>, StudioError> {
    let layer = |layer: &atelier_collection::Layer| StackLayer {
        blend: layer.blend,
        traits: layer.traits.iter().map(|one| project.layers().join(&layer.folder).join(&one.file)).collect(),
    };
    project.gallery.open(Stack { art: spec.art.clone(), layers: spec.layers.iter().map(layer).collect() })
}

/// Renders what is missing or changed; answers how many pictures were made.
pub(crate) fn render(
    project: &Project,
    spec: &DropSpec,
    plan: &Plan,
    control: &Arc<Control>,
) -> Result<usize, StudioError> {
    let layers = planned(project, spec, plan)?;
    let steer = atelier_art::Control::new();
    let stop = control.stop();
    let clip = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    control.step("Reading layers");
    let progress = |now: atelier_art::RenderProgress| {
        control.step("Rendering");
        control.progress(clip(now.done), clip(now.total));
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            steer.cancel();
        }
    };
    let build = project.build();
    let made = atelier_art::render(&layers, &plan.tokens, &build, threads(), &steer, &progress)?;
    project.records.add(ArtifactKind::Render, &plan.hash, &made.images)?;
    Ok(made.rendered)
}

/// As many threads as the machine has cores, or as `RAYON_NUM_THREADS` says; the result does not depend on it.
fn threads() -> usize {
    let asked =
        std::env::var("RAYON_NUM_THREADS").ok().and_then(|text| text.parse().ok()).filter(|count| *count > 0);
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Tokens whose picture is there and is the plan's, with the picture's version.
pub(crate) fn rendered(project: &Project) -> Result<BTreeMap<u32, String>, StudioError> {
    let spec = project.spec()?;
    let Some(stored) = project.plan()? else { return Ok(BTreeMap::new()) };
    let Ok(layers) = planned(project, &spec, &stored.plan) else { return Ok(BTreeMap::new()) };
    let pack = thumbs(project)?;
    let mut found = BTreeMap::new();
    for token in &stored.plan.tokens {
        let Some(key) = pack.key(token.id) else { continue };
        match layers.key(&token.picks) {
            Ok(wanted) if wanted == key => {
                found.insert(token.id, hex::encode(&key[..8]));
            }
            Ok(_) => {}
            // A layer's file is missing or cannot be read: then no picture can be said to be right.
            Err(ArtError::Picture { .. }) => return Ok(found),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

/// SHA-256 of the pictures of the last finished render that are still right, hex.
pub(crate) fn hashes(project: &Project) -> Result<BTreeMap<u32, String>, StudioError> {
    let now = rendered(project)?;
    let images = project
        .records
        .latest::<Vec<RenderedImage>>(ArtifactKind::Render)?
        .map(|made| made.value)
        .unwrap_or_default();
    let right = |image: &RenderedImage| {
        now.get(&image.id).is_some_and(|version| *version == hex::encode(&image.key[..8]))
    };
    Ok(images.into_iter().filter(right).map(|image| (image.id, hex::encode(image.sha256))).collect())
}

/// Traits whose picture cannot be used, by `layer/trait`.
pub(crate) fn problems(project: &Project, spec: &DropSpec) -> BTreeMap<String, ErrorReport> {
    let layers = match written(project, spec) {
        Ok(layers) => layers,
        Err(error) => return BTreeMap::from([(String::new(), error.report())]),
    };
    let mut bad = BTreeMap::new();
    for (path, problem) in layers.check(threads()) {
        let mut all = spec.layers.iter().flat_map(|layer| layer.traits.iter().map(move |one| (layer, one)));
        let owner = all.find(|(layer, one)| project.layers().join(&layer.folder).join(&one.file) == path);
        let name = owner
            .map_or_else(|| path.display().to_string(), |(layer, one)| format!("{}/{}", layer.id, one.id));
        bad.insert(name, StudioError::from(ArtError::Picture { path: path.clone(), problem }).report());
    }
    bad
}

/// Pages of the micro-atlas, and their version.
pub(crate) fn micro(project: &Project) -> Result<(u32, String), StudioError> {
    let pack = thumbs(project)?;
    Ok((pack.pages(), pack.micro_version()))
}

/// A token's thumbnail.
pub(crate) fn thumb(project: &Project, id: u32, px: u32) -> Result<Vec<u8>, StudioError> {
    let size = if px > ThumbSize::Small.pixels() { ThumbSize::Large } else { ThumbSize::Small };
    let found = thumbs(project)?.thumb(id, size)?;
    found.map(|thumb| thumb.bytes).ok_or_else(|| StudioError::NoSuchPicture { path: format!("thumb/{id}") })
}

fn thumbs(project: &Project) -> Result<ThumbPack, StudioError> {
    Ok(ThumbPack::open(&project.build())?)
}

/// The exact encoder of the drop's pictures, as the manifest says it.
pub(crate) fn encoder(spec: &DropSpec) -> &'static str {
    encoder_id(spec.art.preset)
}

/// A path as a query parameter.
pub(crate) fn encode(path: &Path) -> String {
    path.to_string_lossy()
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

impl Studio {
    /// A picture by its path under the picture protocol, with the query as it stands in the URL.
    ///
    /// # Errors
    /// [`StudioError::NoSuchPicture`] where there is none, and what is wrong with a file that cannot be used.
    pub async fn picture(self: &Arc<Self>, path: &str, query: &str) -> Result<Picture, StudioError> {
        let (path, pairs) = (path.to_owned(), parse(query));
        let open = self.open.read().await.clone();
        let studio = Arc::clone(self);
        let project = open.clone();
        let _desk = match &project {
            // Closed never: the permit is only how many work at once.
            Some(project) if path.starts_with("trait/") => project.gallery.desks.acquire().await.ok(),
            Some(_) | None => None,
        };
        let work = move || match (path.split('/').collect::<Vec<_>>().as_slice(), open) {
            (["cover"], _) => studio.cover(&path, &pairs),
            (parts, Some(project)) => answer(&project, parts, &path, &pairs),
            (_, None) => Err(StudioError::NoProject),
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| StudioError::internal(&error))?
    }

    /// The first token of a project on the shelf. Only folders on the shelf are read.
    fn cover(&self, path: &str, pairs: &[(String, String)]) -> Result<Picture, StudioError> {
        let none = || StudioError::NoSuchPicture { path: path.to_owned() };
        let dir = value(pairs, "dir").ok_or_else(none)?;
        let entry = self
            .shelf
            .entries()
            .into_iter()
            .find(|entry| entry.dir.to_string_lossy() == dir)
            .ok_or_else(none)?;
        let pack = ThumbPack::open(&entry.dir.join("build"))?;
        let thumb = pack.thumb(1, ThumbSize::Large)?.ok_or_else(none)?;
        Ok(Picture { media: thumb.mime, bytes: thumb.bytes, immutable: false })
    }
}

fn answer(
    project: &Project,
    parts: &[&str],
    path: &str,
    pairs: &[(String, String)],
) -> Result<Picture, StudioError> {
    let none = || StudioError::NoSuchPicture { path: path.to_owned() };
    let immutable = value(pairs, "v").is_some_and(|version| !version.is_empty());
    let number = |text: &str| text.parse::<u32>().map_err(|_| none());
    match parts {
        ["thumb", id] => {
            let px = value(pairs, "s").and_then(|text| text.parse().ok()).unwrap_or(128);
            let size = if px > ThumbSize::Small.pixels() { ThumbSize::Large } else { ThumbSize::Small };
            let thumb = thumbs(project)?.thumb(number(id)?, size)?.ok_or_else(none)?;
            Ok(Picture { media: thumb.mime, bytes: thumb.bytes, immutable })
        }
        ["micro", page] => {
            let bytes = thumbs(project)?.micro(number(page)?)?.ok_or_else(none)?;
            Ok(Picture { media: "image/jpeg", bytes, immutable })
        }
        ["image", id] => {
            let file = atelier_art::image_path(&project.build(), number(id)?);
            let bytes = std::fs::read(&file).map_err(StudioError::file(&file, "read"))?;
            Ok(Picture { media: "image/png", bytes, immutable })
        }
        ["trait", layer, id] => trait_picture(project, layer, id).ok_or_else(none)?,
        ["composite"] => composite(project, pairs),
        _ => Err(none()),
    }
}

fn trait_picture(project: &Project, layer: &str, id: &str) -> Option<Result<Picture, StudioError>> {
    let spec = project.spec().ok()?;
    let (_, layer) = spec.layer(layer)?;
    let one = layer.traits.iter().find(|one| one.id == id)?;
    let path = project.layers().join(&layer.folder).join(&one.file);
    let stamp = modified(&path);
    let known = project.gallery.traits.lock().unwrap_or_else(PoisonError::into_inner).get(&path).cloned();
    if let Some((at, picture)) = known
        && at == stamp
    {
        return Some(Ok(picture.as_ref().clone()));
    }
    Some(match trait_thumb(&project.gallery.decoder, &path, TRAIT_PX) {
        Ok(thumb) => {
            let picture = Picture { media: thumb.mime, bytes: thumb.bytes, immutable: false };
            let mut traits = project.gallery.traits.lock().unwrap_or_else(PoisonError::into_inner);
            traits.insert(path, (stamp, Arc::new(picture.clone())));
            Ok(picture)
        }
        Err(error) => Err(error.into()),
    })
}

/// Any combination, live: `w` wide, one `t=layer/trait` a layer.
fn composite(project: &Project, pairs: &[(String, String)]) -> Result<Picture, StudioError> {
    let spec = project.spec()?;
    let layers = written(project, &spec)?;
    let px =
        value(pairs, "w").and_then(|text| text.parse::<u32>().ok()).unwrap_or(480).clamp(16, COMPOSITE_PX);
    let worn: Vec<&str> =
        pairs.iter().filter(|(name, _)| name == "t").map(|(_, text)| text.as_str()).collect();
    let picks: Vec<Option<u16>> = spec
        .layers
        .iter()
        .map(|layer| {
            let id = worn.iter().find_map(|text| text.strip_prefix(layer.id.as_str())?.strip_prefix('/'))?;
            layer.traits.iter().position(|one| one.id == id).and_then(|at| u16::try_from(at).ok())
        })
        .collect();
    let picture = layers.preview(&picks, px)?;
    Ok(Picture { media: "image/png", bytes: encode_png(&picture, Preset::Fast)?, immutable: false })
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A query string into its pairs.
fn parse(query: &str) -> Vec<(String, String)> {
    // The parser wants a whole address; only its query is looked at.
    let address = reqwest::Url::parse(&format!("atelier://localhost/?{query}"));
    address.map(|address| address.query_pairs().into_owned().collect()).unwrap_or_default()
}
