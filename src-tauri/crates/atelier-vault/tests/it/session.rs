//! A desktop session of its own: a D-Bus, a home, and GNOME Keyring, all in a temporary folder.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Ends with the value; GNOME Keyring ends with its bus.
pub(crate) struct Session {
    home: tempfile::TempDir,
    bus: Child,
    address: String,
}

/// Which services the bus can start.
pub(crate) enum Services {
    /// Those installed.
    Installed,
    /// None.
    None,
    /// None, and the bus keeps every answer to itself.
    Silence,
}

impl Session {
    /// A session whose keyring is unlocked with `password`.
    pub(crate) fn with_keyring(password: &str) -> Self {
        let session = Self::start(&Services::Installed);
        let mut daemon = session
            .command(Path::new("gnome-keyring-daemon"))
            .args(["--unlock", "--components=secrets", "--daemonize"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| needed("gnome-keyring-daemon", "gnome-keyring", &error));
        daemon.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        // The one that was started ends once the one it leaves behind answers.
        let status = daemon.wait().unwrap();
        assert!(status.success(), "gnome-keyring-daemon did not start: {status}");
        session
    }

    /// A session without a keyring.
    pub(crate) fn start(services: &Services) -> Self {
        let home = tempfile::tempdir().unwrap();
        let run = home.path().join("run");
        std::fs::create_dir(&run).unwrap();
        std::fs::set_permissions(&run, std::fs::Permissions::from_mode(0o700)).unwrap();
        let mut bus = Command::new("dbus-daemon");
        let policy = match services {
            Services::Installed => None,
            Services::None => {
                Some(r#"<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>"#)
            }
            Services::Silence => Some(r#"<allow send_destination="*"/>"#),
        };
        match policy {
            None => bus.arg("--session"),
            Some(policy) => {
                let (config, listen) = (home.path().join("bus.conf"), run.display());
                let text = format!(
                    r#"<busconfig><type>session</type><listen>unix:dir={listen}</listen>
                    <policy context="default">{policy}<allow own="*"/></policy></busconfig>"#
                );
                std::fs::write(&config, text).unwrap();
                bus.arg(format!("--config-file={}", config.display()))
            }
        };
        let mut bus = at_home(&mut bus, home.path())
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| needed("dbus-daemon", "dbus", &error));
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        assert!(address.contains("unix:"), "dbus-daemon says where it listens: {address:?}");
        Self { home, bus, address: address.trim().to_owned() }
    }

    /// A process in this session.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        at_home(&mut command, self.home.path()).env("DBUS_SESSION_BUS_ADDRESS", &self.address);
        command
    }

    /// Everything the session keeps on disk is below this.
    pub(crate) fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.bus.kill().and_then(|()| self.bus.wait()).expect("the bus was ours to end");
    }
}

/// Nothing of the real session, and no display on which somebody could be asked.
fn at_home<'c>(command: &'c mut Command, home: &Path) -> &'c mut Command {
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "DBUS_SESSION_BUS_ADDRESS"] {
        command.env_remove(name);
    }
    command
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
}

/// The keychain is a requirement of the product, so it is never skipped.
fn needed(program: &str, package: &str, error: &std::io::Error) -> ! {
    panic!(
        "{program} could not be started ({error}). The keychain is tested for real: install the Debian package \
         {package}, or run `cargo xtask test`, which does."
    )
}
