//! A Secret Service of our own: a private D-Bus session with gnome-keyring in it.
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::program::Running;

/// A running keychain. It ends with this value.
#[derive(Debug)]
pub struct Keychain {
    address: String,
    runtime: PathBuf,
    _bus: Running,
    _daemon: Running,
}

impl Keychain {
    pub(crate) fn start(home: &Path) -> Result<Self> {
        let runtime = home.join("run");
        let data = home.join("data");
        for dir in [&runtime, &data] {
            std::fs::create_dir_all(dir)?;
            #[cfg(unix)]
            std::fs::set_permissions(dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        }
        let mut bus = Running::start(
            Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
                .env("XDG_RUNTIME_DIR", &runtime)
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )
        .context("dbus-daemon is needed (Debian package dbus)")?;
        let out = bus.child().stdout.take().context("dbus-daemon has no output")?;
        let mut address = String::new();
        BufReader::new(out).read_line(&mut address)?;
        let address = address.trim().to_owned();
        if address.is_empty() {
            bail!("dbus-daemon said no address");
        }
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--foreground", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("XDG_RUNTIME_DIR", &runtime)
            .env("XDG_DATA_HOME", &data)
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("gnome-keyring-daemon is needed (Debian package gnome-keyring)")?;
        daemon.stdin.take().context("gnome-keyring has no input")?.write_all(b"a test's own password")?;
        // It prints its control folder once the service is on the bus.
        let out = daemon.stdout.take().context("gnome-keyring has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        Ok(Self { address, runtime, _bus: bus, _daemon: Running::from(daemon) })
    }

    /// Gives a command this keychain and no other.
    pub(crate) fn dress(&self, command: &mut Command) {
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address).env("XDG_RUNTIME_DIR", &self.runtime);
    }
}
