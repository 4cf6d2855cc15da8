//! A bundle is everything a buyer gets, pinned by hash before any network is used.
//!
//! The room takes finished pictures and metadata bytes and answers one question: *what exactly was
//! released?* It turns files into content identifiers ([`unixfs`], profile `unixfs-v1-2025`), packs the
//! same blocks into archives any IPFS node accepts ([`car`]), binds every token to its metadata and its
//! picture in one Merkle root ([`merkle`]), lists it all in a canonical [`manifest`], and lets creators
//! sign that list with EIP-712 ([`statement`], [`signature`]). [`verify`] recomputes the whole chain with
//! no network and names the file and the token of a single flipped byte.
//!
//! Metadata needs the address of the pictures, so building has two stages: [`images::ImageSet::hash`]
//! first, then [`build::build`]. Both stream from disk; memory does not grow with the size of the art.
//!
//! What is deliberately absent: keys (signing happens elsewhere, this room only makes digests and checks
//! signatures), networks, clocks and randomness.

pub mod build;
pub mod car;
mod emit;
mod error;
mod files;
pub mod images;
pub mod manifest;
pub mod merkle;
pub mod names;
pub mod signature;
pub mod statement;
pub mod unixfs;
pub mod verify;
mod watch;

pub use crate::error::BundleError;
pub use crate::watch::{Progress, Stage, Watch};
/// The content identifier type used in every signature of this crate.
pub use cid::Cid;
