//! The world of the end-to-end tests: a private home, a private keychain, a chain others wrote, and our programs.
//!
//! Every test gets its own [`World`]. Nothing here reaches beyond loopback, nothing is shared between tests, and
//! what a world starts ends with it. A missing prerequisite is a failure with a sentence, never a skip.
mod chain;
mod keychain;
mod peers;
mod program;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

pub use self::chain::Chain;
pub use self::keychain::Keychain;
pub use self::peers::node;
pub use self::program::{Ended, Running};

/// A private home with a keychain in it.
#[derive(Debug)]
pub struct World {
    home: TempDir,
    keychain: Keychain,
}

impl World {
    /// Starts a world.
    ///
    /// # Errors
    /// When the keychain cannot start.
    pub fn new() -> Result<Self> {
        let home = tempfile::Builder::new().prefix("atelier-world").tempdir()?;
        let keychain = Keychain::start(home.path())?;
        Ok(Self { home, keychain })
    }

    /// A path in the world's home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs `atelier … --json` in this world to its end.
    ///
    /// # Errors
    /// When the program cannot start.
    pub fn atelier(&self, project: &Path, arguments: &[&str]) -> Result<Ended> {
        self.atelier_with(project, arguments, &[])
    }

    /// The same, with more environment.
    ///
    /// # Errors
    /// When the program cannot start.
    pub fn atelier_with(
        &self,
        project: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Result<Ended> {
        let mut command = self.command("atelier")?;
        command.args(arguments).arg("--json").arg("--project").arg(project).envs(environment.iter().copied());
        program::run(command)
    }

    /// Runs the sample with `count` tokens up to a finished launch on a chain of the test's own.
    ///
    /// # Errors
    /// When a program cannot start.
    ///
    /// # Panics
    /// When a step fails.
    pub fn launched(&self, project: &Path, rpc: &str, count: u32) -> Result<serde_json::Value> {
        let ok =
            |arguments: &[&str]| -> Result<serde_json::Value> { Ok(self.atelier(project, arguments)?.ok()) };
        self.prepared(project, rpc, count)?;
        ok(&["launch", "--yes"])
    }

    /// Runs the sample with `count` tokens up to a rehearsed launch on a chain of the test's own.
    ///
    /// # Errors
    /// When a program cannot start.
    ///
    /// # Panics
    /// When a step fails.
    pub fn prepared(&self, project: &Path, rpc: &str, count: u32) -> Result<()> {
        let ok =
            |arguments: &[&str]| -> Result<serde_json::Value> { Ok(self.atelier(project, arguments)?.ok()) };
        ok(&["init", "--sample"])?;
        ok(&["plan", "--count", &count.to_string()])?;
        ok(&["render"])?;
        for role in ["deployer", "voucher-signer", "relayer"] {
            ok(&["keys", "create", role])?;
        }
        ok(&["network", "--rpc", rpc, "--chain-id", "31337"])?;
        for step in ["bundle", "sign", "store", "rehearse"] {
            ok(&[step])?;
        }
        Ok(())
    }

    /// A command for one of our programs, with this world's home and keychain.
    ///
    /// # Errors
    /// When the program was not built.
    pub fn command(&self, name: &str) -> Result<std::process::Command> {
        let path = bin_dir()?.join(name);
        if !path.is_file() {
            bail!("{} was not built: run `cargo xtask test`, which builds it first", path.display());
        }
        let mut command = std::process::Command::new(path);
        self.dress(&mut command);
        Ok(command)
    }

    /// Gives any command this world's home and keychain, and no other.
    pub fn dress(&self, command: &mut std::process::Command) {
        self.keychain.dress(command);
        command
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_DATA_HOME", self.path("share"))
            .env("XDG_DOCUMENTS_DIR", self.path("documents"))
            .current_dir(repository());
    }
}

/// The top of the checkout.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Where screenshots and reports of the tests go.
///
/// # Errors
/// When the folder cannot be made.
pub fn output(folder: &str) -> Result<PathBuf> {
    let base =
        std::env::var_os("ATELIER_OUTPUT").map_or_else(|| repository().join("tests/output"), PathBuf::from);
    let dir = base.join(folder);
    std::fs::create_dir_all(&dir).with_context(|| format!("{} could not be made", dir.display()))?;
    Ok(dir)
}

/// Where cargo put our programs: told by xtask, else beside this test.
///
/// # Errors
/// When the test's own place cannot be told.
pub fn bin_dir() -> Result<PathBuf> {
    if let Some(dir) = std::env::var_os("ATELIER_BIN_DIR") {
        return Ok(dir.into());
    }
    let test = std::env::current_exe()?;
    test.ancestors().nth(2).map(Path::to_owned).context("the test has no folder above it")
}
