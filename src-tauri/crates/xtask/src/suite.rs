//! `cargo xtask test`: every stage, in the order in which failures are cheapest to find.
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::shell::{self, Workshop};
use crate::{codegen, demo, setup};

type Stage = (&'static str, fn(&Workshop) -> Result<()>);

const STAGES: &[Stage] = &[
    ("setup", setup::everything),
    ("ui", ui),
    ("contracts", contracts),
    ("format", |w| shell::run(&mut w.cargo(&["fmt", "--all", "--check"]))),
    ("build", build),
    ("clippy", |w| {
        shell::run(&mut w.cargo(&[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]))
    }),
    ("codegen", |w| codegen::run(w, true)),
    ("rust", rust),
    ("end-to-end", end_to_end),
];

/// Runs every stage, or those named; stops at the first that fails.
pub fn run(workshop: &Workshop, only: &[String]) -> Result<()> {
    let known: Vec<&str> = STAGES.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = only.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("No stage is called {unknown}. Stages: {}.", known.join(", "));
    }
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for (name, stage) in STAGES {
        if !only.is_empty() && !only.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("== {name}");
        let start = Instant::now();
        stage(workshop)?;
        times.push((name, start.elapsed()));
    }
    for (name, time) in &times {
        println!("{name:>12}  {:>6.1} s", time.as_secs_f32());
    }
    println!("stages: {} passed, 0 failed", times.len());
    Ok(())
}

/// Types, lint and unit tests of the interface, then its build, which the window embeds.
fn ui(workshop: &Workshop) -> Result<()> {
    for script in ["typecheck", "lint", "test", "build"] {
        shell::run(&mut workshop.command("ui", "npm", &["run", "--silent", script]))?;
    }
    Ok(())
}

/// The committed artifacts are the ones this source compiles to; then unit, fuzz and invariant tests.
fn contracts(workshop: &Workshop) -> Result<()> {
    shell::run(&mut workshop.command("contracts", "npm", &["run", "--silent", "artifacts:check"]))?;
    shell::run(&mut workshop.command("contracts", "npm", &["test", "--silent"]))
}

fn build(workshop: &Workshop) -> Result<()> {
    demo::build(workshop, true)?;
    build_for_tests(workshop)
}

/// The command line with what only tests use: the browser bridge, and the points at which it is killed.
fn build_for_tests(workshop: &Workshop) -> Result<()> {
    shell::run(&mut workshop.cargo(&[
        "build",
        "--quiet",
        "-p",
        "atelier-cli",
        "--features",
        "bridge,failpoints",
    ]))
}

fn rust(workshop: &Workshop) -> Result<()> {
    shell::run(&mut workshop.cargo(&[
        "test",
        "--quiet",
        "--workspace",
        "--exclude",
        "atelier-tests",
        "--exclude",
        "atelier-window",
    ]))
}

/// Journeys through the real programs: the command line killed and resumed, other people's libraries reading
/// what we wrote, the interface in a browser, and the built window under Xvfb.
fn end_to_end(workshop: &Workshop) -> Result<()> {
    // Another stage may have built the same program without them in between.
    build_for_tests(workshop)?;
    let mut tests = workshop.cargo(&["test", "-p", "atelier-tests", "--", "--test-threads", "1"]);
    tests
        .env("ATELIER_BIN_DIR", workshop.target.join("debug"))
        .env("ATELIER_TOOLS", workshop.tools().join("bin"))
        .env("ATELIER_OUTPUT", workshop.root.join("tests/output"));
    shell::run(&mut tests)
}
