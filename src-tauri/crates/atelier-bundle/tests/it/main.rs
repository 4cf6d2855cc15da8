//! One integration binary for the bundle room.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod bundle;
mod car;
mod manifest;
mod merkle;
mod oracles;
mod signature;
mod unixfs;
mod verify;
