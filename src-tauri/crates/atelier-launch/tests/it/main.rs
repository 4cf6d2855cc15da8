//! One binary for all integration tests of this crate.

mod plan;
mod progress;
mod world;
