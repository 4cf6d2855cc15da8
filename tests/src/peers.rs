//! Other people's libraries, run by Node.
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::repository;

/// Runs `tests/peers/<script>` with arguments and returns the JSON it prints.
///
/// # Errors
/// When Node or the peer's packages are missing, or the script fails.
pub fn node(script: &str, arguments: &[&str]) -> Result<Value> {
    let path = repository().join("tests/peers").join(script);
    let folder = path.parent().unwrap_or(Path::new("."));
    if !folder.join("node_modules").is_dir() {
        bail!("{} has no packages: run `npm ci` there, or `cargo xtask test`, which does", folder.display());
    }
    let output = Command::new("node")
        .arg(&path)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .context("node is needed and was not found on PATH")?;
    if !output.status.success() {
        bail!("{script} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("{script} printed something that is not JSON"))
}
