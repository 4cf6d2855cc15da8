//! Chores of the project: set-up, demo, test, codegen. `cargo xtask help` lists them.
//!
//! Everything here may be run again at any time: a step that has nothing to do says so in a line.
#![allow(clippy::print_stdout, clippy::print_stderr)]
mod codegen;
mod demo;
mod setup;
mod shell;
mod suite;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::shell::Workshop;

/// Chores of the Atelier project.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Sets everything up, runs the sample drop end to end, reports, and opens the window where there is a display.
    Demo(demo::DemoArguments),
    /// Opens the window.
    Studio {
        /// A project folder to open.
        project: Option<std::path::PathBuf>,
    },
    /// Sets everything up and passes every test: Rust, contracts, interface, end to end.
    Test {
        /// Runs only the named stages (see the closing table for their names).
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
    },
    /// Installs what is missing, and names what cannot be installed from here.
    Setup,
    /// Writes the generated files; with --check, fails when one is stale.
    Codegen {
        /// Compare only.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let workshop = Workshop::find()?;
    match arguments.chore {
        Chore::Demo(demo) => demo::run(&workshop, &demo),
        Chore::Studio { project } => demo::studio(&workshop, project.as_deref()),
        Chore::Test { only } => suite::run(&workshop, &only),
        Chore::Setup => setup::everything(&workshop),
        Chore::Codegen { check } => codegen::run(&workshop, check),
    }
}
