//! What forks read, kept in `state.sqlite`'s folder so that a second rehearsal needs no network.
use std::fmt;
use std::path::PathBuf;

use alloy::primitives::B256;
use atelier_simulate::{ForkCache, ForkItem};
use sha2::{Digest as _, Sha256};

use crate::project::Project;

/// One file an item, named by the hash of its key: what a block holds never changes, so neither does a file.
pub(crate) struct ForkRecords {
    folder: PathBuf,
}

impl ForkRecords {
    pub(crate) fn new(project: &Project) -> Self {
        Self { folder: project.inner().join("fork") }
    }

    fn path(&self, chain_id: u64, block_hash: B256, item: ForkItem) -> PathBuf {
        let name = hex::encode(Sha256::digest(item.to_string()));
        self.folder.join(format!("{chain_id}-{block_hash}")).join(name)
    }
}

impl fmt::Debug for ForkRecords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForkRecords").field("folder", &self.folder).finish()
    }
}

impl ForkCache for ForkRecords {
    fn get(&self, chain_id: u64, block_hash: B256, item: ForkItem) -> Result<Option<Vec<u8>>, String> {
        let path = self.path(chain_id, block_hash, item);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{} could not be read: {error}", path.display())),
        }
    }

    fn put(&self, chain_id: u64, block_hash: B256, item: ForkItem, value: &[u8]) -> Result<(), String> {
        let path = self.path(chain_id, block_hash, item);
        let parent = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(parent)
            .map_err(|error| format!("{} could not be made: {error}", parent.display()))?;
        crate::files::write(&path, value).map_err(|error| error.to_string())
    }
}
