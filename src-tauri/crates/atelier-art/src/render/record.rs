//! `render.json`: what the last complete render made.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::ArtError;
use crate::files::{Durable, read_optional, write_then_rename};

const NAME: &str = "render.json";
const SCHEMA: u32 = 1;

/// One finished picture, `images/{id}.png`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedImage {
    /// Token id.
    pub id: u32,
    /// What the picture was made from; see [`crate::LayerSet::key`].
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
    /// SHA-256 of the file.
    #[serde(with = "hex::serde")]
    pub sha256: [u8; 32],
    /// Size of the file in bytes.
    pub bytes: u64,
}

#[derive(Serialize, Deserialize)]
struct Record {
    schema: u32,
    encoder: String,
    width: u32,
    height: u32,
    images: Vec<RenderedImage>,
}

/// Only what every schema has.
#[derive(Deserialize)]
struct AnySchema {
    schema: u32,
}

/// The pictures of the last complete render, by id. A list that cannot be read is no list: everything is made again.
pub(super) fn load(folder: &Path) -> Result<BTreeMap<u32, RenderedImage>, ArtError> {
    let path = folder.join(NAME);
    let Some(bytes) = read_optional(&path)? else { return Ok(BTreeMap::new()) };
    if let Ok(AnySchema { schema }) = serde_json::from_slice(&bytes)
        && schema > SCHEMA
    {
        return Err(ArtError::RecordNewer { path, schema });
    }
    match serde_json::from_slice::<Record>(&bytes) {
        Ok(record) => Ok(record.images.into_iter().map(|image| (image.id, image)).collect()),
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the list of finished pictures is damaged; starting over");
            Ok(BTreeMap::new())
        }
    }
}

pub(super) fn save(
    folder: &Path,
    encoder: &str,
    (width, height): (u32, u32),
    images: &[RenderedImage],
) -> Result<(), ArtError> {
    let record =
        Record { schema: SCHEMA, encoder: encoder.to_owned(), width, height, images: images.to_vec() };
    let bytes = serde_json::to_vec(&record).map_err(ArtError::codec)?;
    write_then_rename(&folder.join(NAME), &bytes, Durable::Yes)
}
