//! What must hold of keys: where they are kept, when they can be used, and that they never show.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod file;
#[cfg(target_os = "linux")]
mod keychain;
#[cfg(target_os = "linux")]
mod session;
mod sign;
mod silence;
mod vault;
