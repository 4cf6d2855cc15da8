//! What must hold of a project's databases whatever happens to the process, the disk and the files.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod audit;
mod child;
mod database;
mod file;
mod lock;
mod state;
