use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::ChainError;

const BINARY: &str = if cfg!(windows) { "anvil.exe" } else { "anvil" };

/// Look for Anvil: in the application's resources, then in the npm packages beside a checkout (`contracts/`
/// and `tests/peers/*/`), then on `PATH`.
pub fn find_anvil(resources: Option<&Path>, checkout: Option<&Path>) -> Result<PathBuf, ChainError> {
    let mut looked = Vec::new();
    if let Some(resources) = resources {
        looked.push(resources.join(BINARY));
        looked.push(resources.join("bin").join(BINARY));
    }
    if let Some(checkout) = checkout {
        let peers = checkout.join("tests").join("peers");
        let mut projects = vec![checkout.join("contracts"), peers.clone()];
        projects.extend(folders(&peers));
        for project in projects {
            let scope = project.join("node_modules").join("@foundry-rs");
            // anvil-linux-amd64, anvil-darwin-arm64 …: npm installs the one that fits this machine.
            let carriers = folders(&scope).into_iter().filter(|path| {
                path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("anvil-"))
            });
            looked.extend(carriers.map(|carrier| carrier.join("bin").join(BINARY)));
        }
    }
    if let Some(found) = looked.iter().find(|path| path.is_file()) {
        return Ok(found.clone());
    }
    which::which(BINARY).map_err(|_| {
        looked.push(PathBuf::from("PATH"));
        ChainError::AnvilMissing { looked }
    })
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(of)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}
