//! From a folder somebody has to a first `drop.toml`.
//!
//! A pure function of a *listing*: relative paths and, where known, sizes. It opens nothing and copies nothing; it says
//! which file goes where and the caller copies. Originals are never renamed on the artist's side.
//!
//! Understood: one folder per layer with images in it, bare or below `layers/`; HashLips trees (`name#weight.ext`); a
//! number (`1-pool`, `02_body`, `3. eyes`) or underscores (`_background`) in front of a folder's name set its order,
//! lower numbers and more underscores further down. Without either the order is a guess, and a warning says so.

mod names;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::drop::{MAX_LAYERS, MAX_SIDE, MAX_TRAITS};
use crate::error::CollectionError;
use crate::file::DropFile;
use names::{FileName, FolderName};

/// A file in the folder that is imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// Path below the folder, with `/` between names.
    pub path: String,
    /// Width and height in pixels, where somebody looked.
    pub size: Option<(u32, u32)>,
}

/// What the listing cannot say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOptions {
    /// Collection name.
    pub name: String,
    /// Tokens wanted; fewer when the layers do not give as many combinations.
    pub supply: u32,
    /// Seed text.
    pub seed: String,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The new project file, valid.
    pub file: DropFile,
    /// What to copy where.
    pub files: Vec<ImportedFile>,
    /// What the artist should look at.
    pub warnings: Vec<ImportWarning>,
}

/// One file to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Path as listed.
    pub from: String,
    /// Path in the project, below `layers/`.
    pub to: String,
}

/// Something that was guessed, changed or left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportWarning {
    /// What it is about.
    pub kind: WarningKind,
    /// The path it is about; empty when it is about all of it.
    pub path: String,
    /// A sentence.
    pub message: String,
}

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// No name says which layer is below which.
    OrderGuessed,
    /// A weight could not be read.
    BadWeight,
    /// The file is not an image Atelier reads.
    NotAnImage,
    /// The file is deeper than a layer's folder, or beside the layers.
    OutOfPlace,
    /// The image has another size than most.
    OddSize,
    /// No size was known for any image.
    UnknownSize,
    /// A file called "none" became "goes without this layer".
    BecameNone,
    /// Two names became the same and one was changed.
    Renamed,
    /// A limit was reached and the rest left out.
    TooMany,
    /// The supply was lowered to the number of combinations.
    SupplyLowered,
}

impl WarningKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OrderGuessed => "IMPORT-ORDER-GUESSED",
            Self::BadWeight => "IMPORT-BAD-WEIGHT",
            Self::NotAnImage => "IMPORT-NOT-AN-IMAGE",
            Self::OutOfPlace => "IMPORT-OUT-OF-PLACE",
            Self::OddSize => "IMPORT-ODD-SIZE",
            Self::UnknownSize => "IMPORT-UNKNOWN-SIZE",
            Self::BecameNone => "IMPORT-BECAME-NONE",
            Self::Renamed => "IMPORT-RENAMED",
            Self::TooMany => "IMPORT-TOO-MANY",
            Self::SupplyLowered => "IMPORT-SUPPLY-LOWERED",
        }
    }
}

/// A layer as it was found.
struct FoundLayer {
    folder: String,
    id: String,
    name: String,
    none: Option<u32>,
    traits: Vec<FoundTrait>,
}

struct FoundTrait {
    id: String,
    name: String,
    file: String,
    weight: u32,
}

#[derive(Default)]
struct Notes(Vec<ImportWarning>);

impl Notes {
    fn add(&mut self, kind: WarningKind, path: &str, message: impl Into<String>) {
        self.0.push(ImportWarning { kind, path: path.to_owned(), message: message.into() });
    }
}

/// Plans an import. The order of the listing does not matter.
///
/// # Errors
/// [`CollectionError::NothingToImport`] when there is no folder with an image in it; a `DROP-…` error when the options
/// cannot make a valid file (an empty name, a supply of 0).
pub fn import(listing: &[ListedFile], options: &ImportOptions) -> Result<Import, CollectionError> {
    let mut notes = Notes::default();
    let folders = folders(listing, &mut notes);
    let mut layers = Vec::new();
    let mut files = Vec::new();
    let mut sizes = Vec::new();
    let mut layer_names = names::Unique::default();
    for (folder, entries) in ordered(folders, &mut notes) {
        if layers.len() == MAX_LAYERS {
            notes.add(
                WarningKind::TooMany,
                &folder.raw,
                format!("Only {MAX_LAYERS} layers fit; this one was left out."),
            );
            continue;
        }
        let Some(layer) = layer(&folder, &entries, &mut layer_names, &mut notes) else { continue };
        for entry in &entries {
            let used = layer.traits.iter().any(|item| item.file == entry.name.raw);
            if used {
                files.push(ImportedFile {
                    from: entry.path.clone(),
                    to: format!("layers/{}/{}", layer.folder, entry.name.raw),
                });
                sizes.push((entry.path.clone(), entry.size));
            }
        }
        layers.push(layer);
    }
    if layers.is_empty() {
        return Err(CollectionError::NothingToImport);
    }
    let canvas = canvas(&sizes, &mut notes);
    let supply = fitting_supply(&layers, options.supply, &mut notes);
    let file = DropFile::parse(write::drop_toml(options, supply, canvas, &layers))?;
    Ok(Import { file, files, warnings: notes.0 })
}

struct Entry {
    path: String,
    name: FileName,
    size: Option<(u32, u32)>,
}

/// Images by the folder they lie in.
fn folders(listing: &[ListedFile], notes: &mut Notes) -> BTreeMap<String, Vec<Entry>> {
    let mut paths: Vec<(Vec<&str>, &ListedFile)> =
        listing.iter().map(|file| (file.path.split('/').collect(), file)).collect();
    paths.sort_by(|a, b| a.0.cmp(&b.0));
    // HashLips keeps its layers in `layers/` beside code and output: when there is such a folder, only that counts.
    let root = paths
        .iter()
        .filter_map(|(names, _)| {
            names.iter().take(names.len().saturating_sub(2)).position(|name| *name == "layers")
        })
        .min();
    // Otherwise skip outer folders that hold nothing but one folder (somebody dropped the parent).
    let skip = root.map_or_else(|| shared_depth(&paths), |at| at + 1);
    let mut folders: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (names, file) in paths {
        if root.is_some_and(|at| names.get(at) != Some(&"layers"))
            || names.iter().any(|name| name.starts_with('.'))
        {
            continue; // beside the layers, or hidden: .git, .DS_Store
        }
        let path = file.path.as_str();
        if names.iter().any(|name| !names::is_portable(name)) {
            notes.add(
                WarningKind::OutOfPlace,
                path,
                "The path cannot be used on every system; it was left out.",
            );
            continue;
        }
        match names.get(skip..) {
            Some([folder, file_name]) => match FileName::parse(file_name) {
                Some(name) => {
                    folders.entry((*folder).to_owned()).or_default().push(Entry {
                        path: path.to_owned(),
                        name,
                        size: file.size,
                    });
                }
                None if names::is_litter(file_name) => {}
                None => notes.add(
                    WarningKind::NotAnImage,
                    path,
                    "This is not a PNG, JPEG, WebP or GIF; it was left out.",
                ),
            },
            Some(_) | None => notes.add(
                WarningKind::OutOfPlace,
                path,
                "This is not directly in a layer's folder; it was left out.",
            ),
        }
    }
    folders
}

/// How many leading folders all files share, leaving at least a layer folder and a file name.
fn shared_depth(paths: &[(Vec<&str>, &ListedFile)]) -> usize {
    let images: Vec<&[&str]> = paths
        .iter()
        .map(|(names, _)| names.as_slice())
        .filter(|names| names.last().is_some_and(|name| FileName::parse(name).is_some()))
        .collect();
    let Some(first) = images.first() else { return 0 };
    let mut depth = 0;
    while images.iter().all(|names| names.len() > depth + 2 && names[depth] == first[depth]) {
        depth += 1;
    }
    depth
}

/// Layers from bottom to top.
fn ordered(folders: BTreeMap<String, Vec<Entry>>, notes: &mut Notes) -> Vec<(FolderName, Vec<Entry>)> {
    let mut layers: Vec<(FolderName, Vec<Entry>)> =
        folders.into_iter().map(|(raw, entries)| (FolderName::parse(&raw), entries)).collect();
    layers.sort_by_key(|(folder, _)| folder.order());
    if layers.len() > 1 && layers.iter().any(|(folder, _)| !folder.says_its_order()) {
        let order: Vec<&str> = layers.iter().map(|(folder, _)| folder.name.as_str()).collect();
        notes.add(
            WarningKind::OrderGuessed,
            "",
            format!(
                "The folders' names do not say which layer is below which. Taken from bottom to top: {}.",
                order.join(", ")
            ),
        );
    }
    layers
}

fn layer(
    folder: &FolderName,
    entries: &[Entry],
    layer_names: &mut names::Unique,
    notes: &mut Notes,
) -> Option<FoundLayer> {
    let mut traits = Vec::new();
    let mut none = None;
    let mut trait_names = names::Unique::default();
    let alone = entries.len() == 1;
    for entry in entries {
        if traits.len() == MAX_TRAITS {
            notes.add(
                WarningKind::TooMany,
                &entry.path,
                format!("Only {MAX_TRAITS} traits fit in a layer; this one was left out."),
            );
            continue;
        }
        if let Some(written) = &entry.name.bad_weight {
            notes.add(
                WarningKind::BadWeight,
                &entry.path,
                format!("“{written}” is not a whole number below a billion; the weight was taken as 1."),
            );
        }
        if entry.name.means_none() && !alone && none.is_none() {
            none = Some(entry.name.weight);
            notes.add(
                WarningKind::BecameNone,
                &entry.path,
                format!("Taken as going without {}; the image itself is not used.", folder.name),
            );
            continue;
        }
        let (id, name, changed) = trait_names.claim(&entry.name.name);
        if changed {
            notes.add(
                WarningKind::Renamed,
                &entry.path,
                format!("Another file has the same name; this one was called “{name}”."),
            );
        }
        traits.push(FoundTrait { id, name, file: entry.name.raw.clone(), weight: entry.name.weight });
    }
    if traits.is_empty() {
        return None;
    }
    if traits.iter().all(|item| item.weight == 0) && none.unwrap_or(0) == 0 {
        notes.add(
            WarningKind::BadWeight,
            &folder.raw,
            "Every weight in this folder is 0; all were taken as 1.",
        );
        traits.iter_mut().for_each(|item| item.weight = 1);
    }
    let (id, name, changed) = layer_names.claim(&folder.name);
    if changed {
        notes.add(
            WarningKind::Renamed,
            &folder.raw,
            format!("Another folder has the same name; this one was called “{name}”."),
        );
    }
    Some(FoundLayer { folder: folder.raw.clone(), id, name, none, traits })
}

/// The size that most images have; the larger one where two are equally common.
fn canvas(sizes: &[(String, Option<(u32, u32)>)], notes: &mut Notes) -> (u32, u32) {
    let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let usable = |size: &(u32, u32)| (1..=MAX_SIDE).contains(&size.0) && (1..=MAX_SIDE).contains(&size.1);
    for size in sizes.iter().filter_map(|(_, size)| *size).filter(usable) {
        *counts.entry(size).or_default() += 1;
    }
    let Some((&canvas, _)) = counts.iter().max_by_key(|(size, count)| (**count, **size)) else {
        notes.add(WarningKind::UnknownSize, "", "No image told its size; the canvas was set to 1024 × 1024.");
        return (1_024, 1_024);
    };
    for (path, size) in sizes {
        if let Some(size) = size.filter(|size| *size != canvas) {
            notes.add(
                WarningKind::OddSize,
                path,
                format!("It is {} × {}, but most images are {} × {}.", size.0, size.1, canvas.0, canvas.1),
            );
        }
    }
    canvas
}

/// No more tokens than combinations: a first plan should not fail because of a number nobody chose.
fn fitting_supply(layers: &[FoundLayer], wanted: u32, notes: &mut Notes) -> u32 {
    let combinations = layers.iter().fold(1_u64, |product, layer| {
        let live = layer.traits.iter().map(|item| item.weight).chain(layer.none).filter(|weight| *weight > 0);
        product.saturating_mul(live.count() as u64)
    });
    match u32::try_from(combinations) {
        Ok(most) if most < wanted => {
            notes.add(
                WarningKind::SupplyLowered,
                "",
                format!("These layers make {most} different combinations, so the supply is {most}."),
            );
            most
        }
        Ok(_) | Err(_) => wanted,
    }
}
