//! The application layer: one typed function per use case.
//!
//! The studio opens a project folder, holds its databases, runs jobs (progress, pause, cancel, resume), emits
//! events, and is the only crate that knows every room. The window, the command line and the test bridge call
//! the same [command list](with_commands) and decide nothing themselves.
//!
//! Where to look first: [`api`] is what crosses to a skin, [`with_commands`] is the list of what a skin may ask.
pub mod api;
mod commands;
