//! `keys.json`: which roles have a key, and under which address. Holds no secret.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use alloy::primitives::Address;
use serde::{Deserialize, Serialize};

use crate::{Place, Role, VaultError};

const SCHEMA: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    schema: u32,
    /// Part of the items' names in the keychain, so that two projects never share one.
    vault: String,
    place: Place,
    keys: BTreeMap<Role, Address>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    treasury: Option<Address>,
}

/// The page, and where it is.
pub(crate) struct Directory {
    path: PathBuf,
    page: Page,
}

impl Directory {
    /// Reads the page of a folder; without one, starts one in memory that the first change writes.
    pub(crate) fn open(folder: &Path, place: Place, new_id: &str) -> Result<Self, VaultError> {
        let path = path(folder);
        let page = match read(&path)? {
            Some(page) if page.place == place => page,
            // Keys are never moved behind anybody's back; with none there is nothing to move.
            Some(page) if page.keys.is_empty() => Page { place, ..page },
            Some(page) => return Err(VaultError::OtherPlace { place: page.place }),
            None => Page {
                schema: SCHEMA,
                vault: new_id.to_owned(),
                place,
                keys: BTreeMap::new(),
                treasury: None,
            },
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if page.vault.is_empty() || !page.vault.chars().all(fits) {
            return Err(VaultError::BadId { id: page.vault });
        }
        Ok(Self { path, page })
    }

    /// Where a folder's keys are kept, if it has any.
    pub(crate) fn place_of(folder: &Path) -> Result<Option<Place>, VaultError> {
        Ok(read(&path(folder))?.filter(|page| !page.keys.is_empty()).map(|page| page.place))
    }

    pub(crate) fn vault(&self) -> &str {
        &self.page.vault
    }

    pub(crate) fn place(&self) -> Place {
        self.page.place
    }

    pub(crate) fn keys(&self) -> &BTreeMap<Role, Address> {
        &self.page.keys
    }

    pub(crate) fn treasury(&self) -> Option<Address> {
        self.page.treasury
    }

    pub(crate) fn add(&mut self, role: Role, address: Address) -> Result<(), VaultError> {
        self.change(|page| {
            page.keys.insert(role, address);
        })
    }

    pub(crate) fn set_treasury(&mut self, treasury: Option<Address>) -> Result<(), VaultError> {
        self.change(|page| page.treasury = treasury)
    }

    /// In memory only what is on disk.
    fn change(&mut self, change: impl FnOnce(&mut Page)) -> Result<(), VaultError> {
        let mut page = self.page.clone();
        change(&mut page);
        let mut text = serde_json::to_vec_pretty(&page).expect("strings and addresses always make JSON");
        text.push(b'\n');
        replace(&self.path, &text)?;
        self.page = page;
        Ok(())
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("keys.json")
}

fn read(path: &Path) -> Result<Option<Page>, VaultError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(VaultError::File { path: path.to_owned(), what: "read", source }),
    };
    let damaged = |reason: String| VaultError::FileDamaged { path: path.to_owned(), reason };
    let page: Page = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
    if page.schema != SCHEMA {
        return Err(damaged(format!("its format is {}, this version knows {SCHEMA}", page.schema)));
    }
    Ok(Some(page))
}

/// Writes beside it, to the disk, then renames: a crash leaves the old file or the new one. Only the user may
/// read it (on Unix; a temporary file has mode 600).
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), VaultError> {
    let failed = |source| VaultError::File { path: path.to_owned(), what: "written", source };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(content).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
