use std::{fs, io::ErrorKind, path::Path};

use alloy::primitives::B256;
use serde::{Deserialize, Serialize};

use super::unusable;
use crate::ChainError;

/// What an application needs to find its node again after it was killed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeRecord {
    /// Process id.
    pub pid: u32,
    /// Port on loopback.
    pub port: u16,
    /// Chain id.
    pub chain_id: u64,
    /// Hash of block 0, which holds the time of its creation: no two practice chains share it.
    pub genesis_hash: B256,
}

impl PracticeRecord {
    pub(super) fn read(path: &Path) -> Result<Option<Self>, ChainError> {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(path, &error)),
        };
        // A damaged record costs nothing but the attachment: the state is in another file.
        Ok(serde_json::from_slice(&text).ok())
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), ChainError> {
        let text = serde_json::to_vec_pretty(self).expect("numbers and a hash always serialise");
        let beside = path.with_extension("json.new");
        fs::write(&beside, text)
            .and_then(|()| fs::rename(&beside, path))
            .map_err(|error| unusable(path, &error))
    }
}
