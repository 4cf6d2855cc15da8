//! `cargo xtask demo` and `cargo xtask studio`.
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::setup;
use crate::shell::{self, Workshop};

/// What the demo takes.
#[derive(clap::Args)]
pub struct DemoArguments {
    /// End after the report, also where there is a display.
    #[arg(long)]
    headless: bool,
    /// The project folder to make; must not exist or be empty. The default lies under the target directory and is made anew.
    #[arg(long)]
    dir: Option<std::path::PathBuf>,
}

/// Sets up, builds, runs the sample drop end to end, reports; then opens the window on it.
pub fn run(workshop: &Workshop, arguments: &DemoArguments) -> Result<()> {
    setup::for_demo(workshop)?;
    let window = !arguments.headless && has_display();
    build(workshop, window)?;
    let dir = match &arguments.dir {
        Some(dir) => dir.clone(),
        None => {
            let dir = workshop.target.join("demo");
            if dir.exists() {
                std::fs::remove_dir_all(&dir)
                    .with_context(|| format!("{} could not be made anew", dir.display()))?;
            }
            dir
        }
    };
    with_keychain(
        workshop,
        &workshop.built("atelier"),
        &["demo".as_ref(), "--headless".as_ref(), "--project".as_ref(), dir.as_os_str()],
    )?;
    if window {
        println!("Opening the window on it. Close the window to end.");
        with_keychain(workshop, &workshop.built("atelier-window"), &[dir.as_os_str()])?;
    }
    Ok(())
}

/// Opens the window alone.
pub fn studio(workshop: &Workshop, project: Option<&Path>) -> Result<()> {
    setup::for_demo(workshop)?;
    build(workshop, true)?;
    let arguments: Vec<&std::ffi::OsStr> = project.iter().map(|dir| dir.as_os_str()).collect();
    with_keychain(workshop, &workshop.built("atelier-window"), &arguments)
}

/// Builds the interface and the programs.
pub fn build(workshop: &Workshop, window: bool) -> Result<()> {
    if window {
        shell::run(&mut workshop.command("ui", "npm", &["run", "--silent", "build"]))?;
        shell::run(&mut workshop.cargo(&["build", "--quiet", "-p", "atelier-cli", "-p", "atelier-window"]))
    } else {
        shell::run(&mut workshop.cargo(&["build", "--quiet", "-p", "atelier-cli"]))
    }
}

/// Runs a program with a keychain in reach: the session's own, else a private Secret Service that lives as long as
/// the program does, with its files under the target directory.
fn with_keychain(workshop: &Workshop, program: &Path, arguments: &[&std::ffi::OsStr]) -> Result<()> {
    if !cfg!(target_os = "linux") || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() {
        let mut command = workshop.command(".", program, &[]);
        command.args(arguments);
        return shell::run(&mut command);
    }
    let private = workshop.target.join("keychain");
    std::fs::create_dir_all(&private)?;
    println!("No desktop session is running, so this run brings its own keychain, in {}.", private.display());
    // The keyring's password never leaves the file that only this user can read.
    let script = r#"umask 077
        [ -s "$0/password" ] || head -c 24 /dev/urandom | base64 > "$0/password"
        gnome-keyring-daemon --unlock --components=secrets < "$0/password" > "$0/daemon" 2>&1
        exec "$@""#;
    let mut command = workshop.command(".", "dbus-run-session", &["--", "sh", "-c", script]);
    command.arg(&private).arg(program).args(arguments).env("XDG_DATA_HOME", private.join("data"));
    shell::run(&mut command)
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
