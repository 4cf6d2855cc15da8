//! The interface in Debian's Chromium against the real core, over the test bridge.
//!
//! Each journey in `tests/ui/*.test.mjs` gets a world, a bridge and a browser of its own.
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use atelier_tests::{Running, World, output, repository};

/// `atelier bridge`, and the address it said.
struct Bridge {
    url: String,
    program: Running,
}

impl Bridge {
    fn start(world: &World) -> Result<Self> {
        let ui = repository().join("ui/dist");
        ensure!(
            ui.join("index.html").is_file(),
            "{} has no interface: run `npm run build` in ui",
            ui.display()
        );
        let mut program = Running::start(
            world.command("atelier")?.args(["bridge", "--json", "--ui"]).arg(&ui).stdout(Stdio::piped()),
        )?;
        let mut out = BufReader::new(program.child().stdout.take().context("the bridge has no output")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        let said: serde_json::Value = serde_json::from_str(&line)
            .context("the bridge said no address: was atelier built with the feature `bridge`?")?;
        let url = said["url"].as_str().context("the bridge said no url")?.to_owned();
        // Keep its pipe empty, or it stalls once the pipe is full.
        std::thread::spawn(move || out.lines().for_each(drop));
        Ok(Self { url, program })
    }

    /// Lets it end by itself, so that it ends its practice chain too. What hangs is killed when it is dropped.
    fn end(mut self) -> Result<()> {
        Command::new("kill").args(["-INT", &self.program.child().id().to_string()]).status()?;
        for _ in 0..100 {
            if self.program.child().try_wait()?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

/// Runs one file of browser tests in a world of its own.
fn journey(file: &str) -> Result<()> {
    let folder = repository().join("tests/ui");
    ensure!(
        folder.join("node_modules").is_dir(),
        "{} has no packages: run `npm ci` there, or `cargo xtask test`, which does",
        folder.display()
    );
    let world = World::new()?;
    let bridge = Bridge::start(&world)?;
    let ended = Command::new("npm")
        .args(["test", "--silent", "--", file])
        .current_dir(&folder)
        .env("ATELIER_BRIDGE_URL", &bridge.url)
        .env("ATELIER_SHOTS", output("browser")?)
        .stdin(Stdio::null())
        .output()
        .context("npm is needed and was not found on PATH")?;
    bridge.end()?;
    let said = String::from_utf8_lossy(&ended.stdout);
    ensure!(ended.status.success(), "{file} failed:\n{said}\n{}", String::from_utf8_lossy(&ended.stderr));
    Ok(())
}

#[test]
fn a_first_run_shows_every_screen_and_no_barrier() -> Result<()> {
    journey("first-run.test.mjs")
}

#[test]
fn a_drop_is_made_launched_and_sold_through_visible_controls() -> Result<()> {
    journey("walk.test.mjs")
}

#[test]
fn a_thousand_tokens_are_rendered_with_a_pause_and_leafed_through() -> Result<()> {
    journey("many.test.mjs")
}

#[test]
fn failures_are_named_where_they_matter_and_leave_the_window_usable() -> Result<()> {
    journey("failing.test.mjs")
}

#[test]
fn a_drop_is_planned_with_the_keyboard_alone() -> Result<()> {
    journey("keyboard.test.mjs")
}

#[test]
fn text_at_twice_its_size_stays_inside_the_window() -> Result<()> {
    journey("text-size.test.mjs")
}
