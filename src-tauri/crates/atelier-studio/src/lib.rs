//! The application layer: one typed function per use case.
//!
//! The studio opens a project folder, holds its databases, runs jobs (progress, pause, cancel, resume), emits
//! events, and is the only crate that knows every room. The window, the command line and the test bridge call
//! the same [command list](with_commands) and decide nothing themselves.
//!
//! Where to look first: [`api`] is what crosses to a skin, [`with_commands`] is the list of what a skin may ask,
//! `steps/` has the use cases by step of a drop's life, `adapters/` the real things behind the rooms' traits.
mod adapters;
pub mod api;
mod clock;
mod commands;
pub mod demo;
mod error;
mod events;
mod files;
mod jobs;
mod keys;
mod money;
mod network;
pub mod pictures;
mod project;
mod records;
mod relay;
mod report;
mod shelf;
mod steps;
mod studio;

pub use atelier_vault::Passphrase;
pub use error::StudioError;
pub use events::Events;
pub use money::ether;
pub use pictures::decode_child;
pub use relay::random_token;
pub use studio::{Studio, StudioConfig};
