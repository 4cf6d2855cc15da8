//! Installs what is missing: Debian packages, npm packages, the WebDriver bridge.
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell::{Workshop, on_path, run};

/// Debian packages and a file or program that shows each is there.
const DEBIAN: &[(&str, &str)] = &[
    ("libwebkit2gtk-4.1-dev", "pkgconfig:webkit2gtk-4.1"),
    ("mold", "program:mold"),
    ("pkg-config", "program:pkg-config"),
    ("xvfb", "program:Xvfb"),
    ("webkit2gtk-driver", "program:WebKitWebDriver"),
    ("chromium", "program:chromium"),
    ("gnome-keyring", "program:gnome-keyring-daemon"),
    ("dbus-x11", "program:dbus-launch"),
    ("dbus", "program:dbus-run-session"),
    ("build-essential", "program:cc"),
];

/// Folders with a `package-lock.json` that the two README commands need.
const NPM: &[&str] = &["ui", "contracts", "tests/peers/oracles", "tests/peers/ipfs", "tests/ui"];

/// The WebDriver bridge for the real window; 2.0.6 is the last line that speaks to Tauri 2.
const TAURI_DRIVER: &str = "2.0.6";

/// Everything both README commands need.
pub fn everything(workshop: &Workshop) -> Result<()> {
    for_demo(workshop)?;
    for folder in NPM {
        npm(workshop, folder)?;
    }
    tauri_driver(workshop)
}

/// What the demo needs: packages, the interface, the practice chain and the practice market.
pub fn for_demo(workshop: &Workshop) -> Result<()> {
    packages()?;
    for folder in ["ui", "contracts", "tests/peers/oracles"] {
        npm(workshop, folder)?;
    }
    Ok(())
}

/// Installs missing Debian packages; elsewhere names them and stops.
fn packages() -> Result<()> {
    if !on_path("node") || !on_path("npm") {
        bail!("Node 20 with npm is needed and was not found on PATH.");
    }
    let missing: Vec<&str> =
        DEBIAN.iter().filter(|(_, proof)| !present(proof)).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !Path::new("/etc/debian_version").is_file() {
        bail!(
            "These are missing, and only Debian's package names are known here: {}. Install your system's equivalents and run this again.",
            missing.join(", ")
        );
    }
    println!("Installing {}", missing.join(", "));
    run(privileged("apt-get").args(["update", "-q"]))?;
    run(privileged("apt-get")
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(&missing)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

fn privileged(program: &str) -> Command {
    if on_path("sudo") && std::env::var("USER").is_ok_and(|user| user != "root") {
        let mut command = Command::new("sudo");
        command.arg(program);
        return command;
    }
    Command::new(program)
}

fn present(proof: &str) -> bool {
    match proof.split_once(':') {
        Some(("program", name)) => on_path(name),
        Some(("pkgconfig", name)) => {
            Command::new("pkg-config").args(["--exists", name]).status().is_ok_and(|status| status.success())
        }
        _ => false,
    }
}

/// `npm ci`, unless the lock file is the one that was installed last.
fn npm(workshop: &Workshop, folder: &str) -> Result<()> {
    let dir = workshop.root.join(folder);
    let lock = std::fs::read(dir.join("package-lock.json"))?;
    let stamp = dir.join("node_modules/.atelier-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing npm packages in {folder}");
    run(&mut workshop.command(
        folder,
        "npm",
        &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    ))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

fn tauri_driver(workshop: &Workshop) -> Result<()> {
    let tools = workshop.tools();
    if tools.join("bin/tauri-driver").is_file() {
        return Ok(());
    }
    println!("Installing tauri-driver {TAURI_DRIVER}");
    let root = tools.to_string_lossy();
    run(&mut workshop.cargo(&[
        "install",
        "tauri-driver",
        "--version",
        TAURI_DRIVER,
        "--locked",
        "--root",
        &root,
    ]))
}
