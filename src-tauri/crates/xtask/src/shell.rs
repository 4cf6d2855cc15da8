//! Runs commands in the checkout, with one target directory outside it.
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The checkout and where its builds go.
pub struct Workshop {
    /// The top of the checkout.
    pub root: PathBuf,
    /// Cargo's target directory: outside the checkout, so that a fresh clone finds the last build's dependencies.
    pub target: PathBuf,
}

impl Workshop {
    /// Finds the checkout from this crate's own place in it.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(3)
            .context("xtask sits three folders deep")?
            .to_owned();
        let target = match std::env::var_os("ATELIER_TARGET_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => cache_home()?.join("atelier").join("target"),
        };
        Ok(Self { root, target })
    }

    /// A cargo command with our target directory and the fast linker where there is one.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        if on_path("mold") && std::env::var_os("RUSTFLAGS").is_none() {
            command.env("RUSTFLAGS", "-C link-arg=-fuse-ld=mold");
        }
        command
    }

    /// A command in a folder of the checkout.
    pub fn command(&self, folder: &str, program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.root.join(folder));
        command
    }

    /// Where tools that the tests drive are installed.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A program cargo built in the dev profile.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

fn cache_home() -> Result<PathBuf> {
    if let Some(dir) = std::env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        return Ok(dir.into());
    }
    let home = std::env::var_os("HOME")
        .or_else(|| std::env::var_os("USERPROFILE"))
        .context("no home folder is set")?;
    Ok(Path::new(&home).join(".cache"))
}

/// Runs a command to its end; its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("`{shown}` could not start"))?;
    if !status.success() {
        bail!("`{shown}` ended with {status}");
    }
    Ok(())
}

/// Runs a command and returns what it printed.
pub fn read(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{shown}` could not start"))?;
    if !output.status.success() {
        bail!("`{shown}` ended with {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that is not UTF-8"))
}

/// True where a program is on PATH.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
