//! The picture room from outside: hostile files.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod decode;
mod forge;
