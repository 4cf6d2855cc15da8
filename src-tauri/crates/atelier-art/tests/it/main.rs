//! The picture room from outside: hostile files, pixels against a reference, renders that are stopped and resumed.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod compose;
mod decode;
mod encode;
mod fixtures;
mod forge;
mod render;
mod thumbs;
