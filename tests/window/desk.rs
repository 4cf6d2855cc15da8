//! A screen of its own, the driver, and the built app on it.
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use atelier_tests::{Running, World, bin_dir};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};

use crate::person::Person;
use crate::screen::Screen;

/// Everything between the test and the window. It ends with this value.
pub struct Desk {
    driver: Running,
    screen: Screen,
    port: u16,
}

impl Desk {
    /// Starts Xvfb and tauri-driver in the world; whatever the driver starts lives there too.
    pub fn start(world: &World) -> Result<Self> {
        let screen = Screen::start(world)?;
        let (port, native) = (free_port()?, free_port()?);
        let mut command = Command::new(tauri_driver()?);
        world.dress(&mut command);
        let driver = Running::start(
            command
                .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
                .env("DISPLAY", screen.display())
                .env_remove("WAYLAND_DISPLAY")
                .env("LANG", "C.UTF-8")
                .env("TZ", "UTC")
                .stdout(Stdio::null()),
        )
        .context("tauri-driver could not start")?;
        Ok(Self { driver, screen, port })
    }

    /// What the window is shown on.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Opens the app, as a click on its icon would.
    pub async fn open(&self) -> Result<WebDriver> {
        let app = bin_dir()?.join("atelier-window");
        if !app.is_file() {
            bail!("{} was not built: run `cargo xtask test`, which builds it first", app.display());
        }
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "wry")?;
        capabilities.set("tauri:options", json!({ "application": app, "args": [] }))?;
        let url = format!("http://127.0.0.1:{}", self.port);
        let mut last = None;
        for _ in 0..100 {
            let builder =
                WebDriver::builder(&url, capabilities.clone()).request_timeout(Duration::from_secs(60));
            match builder.connect().await {
                Ok(driver) => return Ok(driver),
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!(
            "the driver did not open the app: {last:?} (it needs WebKitWebDriver, Debian package webkit2gtk-driver)"
        )
    }
}

impl Desk {
    /// Tells the app to end, as a log-out does, and waits until it did and took its children with it.
    pub async fn tells_it_to_end(&self, person: &Person<'_>) -> Result<()> {
        let apps = || named(&shown_on(&self.screen.display()), "atelier-window");
        for id in apps() {
            end(id, "-TERM");
        }
        person.until("the app to end", async || Ok(apps().is_empty().then_some(()))).await?;
        let left = named(&shown_on(&self.screen.display()), "anvil");
        ensure!(left.is_empty(), "the practice chain outlived the app: {left:?}");
        Ok(())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // Only on a signal it can hear does it end WebKitWebDriver too.
        if end(self.driver.child().id(), "-TERM") {
            self.driver.child().wait().ok();
        }
        // A test that gave up leaves the app's children behind: whatever was shown on this screen goes with it.
        for id in shown_on(&self.screen.display()) {
            end(id, "-KILL");
        }
    }
}

fn end(id: u32, signal: &str) -> bool {
    Command::new("kill")
        .args([signal, &id.to_string()])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The processes started for a display.
fn shown_on(display: &str) -> Vec<u32> {
    let wanted = format!("DISPLAY={display}");
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| {
        let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|line| line == wanted.as_bytes())
    })
    .collect()
}

/// Those of them whose program has this name.
fn named(ids: &[u32], program: &str) -> Vec<u32> {
    let is = |id: &u32| {
        std::fs::read_link(format!("/proc/{id}/exe"))
            .is_ok_and(|path| path.file_name().is_some_and(|name| name == program))
    };
    ids.iter().copied().filter(is).collect()
}

/// Where `cargo xtask` keeps the driver it installed.
fn tauri_driver() -> Result<PathBuf> {
    let told = std::env::var_os("ATELIER_TOOLS").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/atelier/target/tools"));
    let tried: Vec<PathBuf> =
        [told, home].into_iter().flatten().map(|dir| dir.join("bin/tauri-driver")).collect();
    let found = tried.iter().find(|path| path.is_file()).cloned();
    found.with_context(|| {
        format!("tauri-driver is in none of {tried:?}: run `cargo xtask test`, which installs it")
    })
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
