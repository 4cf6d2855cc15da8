//! One integration binary for the storage room.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod arweave;
mod embedded;
mod gateway;
mod kubo;
mod kubo_real;
mod policy;
mod sample;
