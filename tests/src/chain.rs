//! Anvil, started by the test rather than by the program under test.
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{program::Running, repository};

/// A running chain with id 31337. It ends with this value.
#[derive(Debug)]
pub struct Chain {
    url: String,
    _node: Running,
}

impl Chain {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// When Anvil is missing or does not start.
    pub fn start() -> Result<Self> {
        Self::with(&[])
    }

    /// Starts the practice chain that a project left behind, without the project's own program.
    ///
    /// # Errors
    /// When the project has none, or Anvil does not start.
    pub fn left_by(project: &Path) -> Result<Self> {
        let state = project.join(".atelier/practice/practice-state.json");
        if !state.is_file() {
            bail!("{} is missing: the practice chain did not write its state when it ended", state.display());
        }
        Self::with(&["--load-state".as_ref(), state.as_os_str()])
    }

    fn with(more: &[&OsStr]) -> Result<Self> {
        let mut node = Running::start(
            Command::new(anvil()?)
                .args(["--host", "127.0.0.1", "--port", "0", "--chain-id", "31337"])
                .args(more)
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let out = node.child().stdout.take().context("anvil has no output")?;
        let mut lines = BufReader::new(out).lines();
        let url = loop {
            let Some(line) = lines.next() else { bail!("anvil ended before it listened") };
            if let Some((_, address)) = line?.split_once("Listening on ") {
                break format!("http://{}", address.trim());
            }
        };
        // Keep its pipe empty, or it stalls once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { url, _node: node })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Anvil's binary inside the npm package.
fn anvil() -> Result<PathBuf> {
    let modules = repository().join("contracts/node_modules/@foundry-rs");
    let found = std::fs::read_dir(&modules)
        .with_context(|| format!("{} is missing: run `npm ci` in contracts", modules.display()))?
        .flatten()
        .map(|entry| entry.path().join("bin/anvil"))
        .find(|path| {
            path.is_file()
                && path
                    .parent()
                    .and_then(|bin| bin.parent())
                    .is_some_and(|dir| dir.file_name().is_some_and(|name| name != "anvil"))
        });
    found.context("the npm package of anvil for this system is not installed")
}
