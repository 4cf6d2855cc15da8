//! Generated files: written here, committed, and compared in every test run.
use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::shell::{Workshop, read};

/// Writes the generated files, or fails when one is stale.
pub fn run(workshop: &Workshop, check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for (path, text) in files(workshop)? {
        let full = workshop.root.join(&path);
        if std::fs::read_to_string(&full).is_ok_and(|now| now == text) {
            continue;
        }
        if check {
            stale.push(path.display().to_string());
        } else {
            println!("Writing {}", path.display());
            std::fs::write(full, text)?;
        }
    }
    if !stale.is_empty() {
        bail!("Stale: {}. Run `cargo xtask codegen` and commit.", stale.join(", "));
    }
    Ok(())
}

fn files(workshop: &Workshop) -> Result<BTreeMap<PathBuf, String>> {
    let example = |part: &str| {
        read(&mut workshop.cargo(&[
            "run",
            "--quiet",
            "-p",
            "atelier-studio",
            "--example",
            "typescript",
            "--",
            part,
        ]))
    };
    Ok(BTreeMap::from([
        (PathBuf::from("ui/src/api/bindings.ts"), example("bindings")?),
        (PathBuf::from("src-tauri/capabilities/main.json"), example("capability")?),
    ]))
}
