//! The shelf: projects opened before. A small JSON file of paths and words; a damaged one is an empty shelf.
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::error::StudioError;

/// Projects remembered.
const MOST: usize = 24;

/// A project as the shelf remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) dir: PathBuf,
    pub(crate) name: String,
    pub(crate) supply: u32,
    pub(crate) sentence: String,
    pub(crate) opened_at: String,
}

/// The list on disk.
#[derive(Debug)]
pub(crate) struct Shelf {
    path: PathBuf,
    entries: Mutex<Vec<Entry>>,
}

impl Shelf {
    pub(crate) fn open(dir: &Path) -> Result<Self, StudioError> {
        std::fs::create_dir_all(dir).map_err(StudioError::file(dir, "made"))?;
        let path = dir.join("recent.json");
        let entries = std::fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Ok(Self { path, entries: Mutex::new(entries) })
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.entries.lock().map(|entries| entries.clone()).unwrap_or_default()
    }

    /// Puts a project first.
    pub(crate) fn remember(&self, entry: Entry) -> Result<(), StudioError> {
        let mut entries = self.entries.lock().map_err(|_| StudioError::poisoned("the shelf"))?;
        entries.retain(|other| other.dir != entry.dir);
        entries.insert(0, entry);
        entries.truncate(MOST);
        let text = serde_json::to_vec_pretty(&*entries).map_err(|error| StudioError::internal(&error))?;
        crate::files::write(&self.path, &text)
    }
}
