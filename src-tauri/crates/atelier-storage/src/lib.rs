//! Where a bundle lives, behind one trait.
//!
//! Content is identified before it is stored, so a target has two duties only: take the archives
//! ([`Target::put`]), and later prove by another route that it still has them ([`Target::verify`]): content
//! is fetched again, by name through the folder, and hashed. What an upload answered is never taken as
//! proof, and nothing is built remotely: a node that returns another identifier is refused.
//!
//! Targets: [`targets::EmbeddedTarget`], blocks on the creator's own disk served by a loopback [`gateway`],
//! needs no network at all; [`targets::KuboTarget`] speaks to any node with the Kubo RPC through
//! [`ipfs_api`]. [`arweave`] makes signed ANS-104 data items. [`policy`] decides whether enough copies are
//! proven.
//!
//! What is deliberately absent: keys (a signer is passed in), building of IPFS nodes (`atelier-bundle` does
//! that), and any trust in gateways.

pub mod arweave;
pub mod blocks;
pub mod dag;
mod error;
pub mod gateway;
pub mod ipfs_api;
pub mod policy;
mod recheck;
mod target;
pub mod targets;

pub use crate::error::StorageError;
pub use crate::target::{BundleCars, CarFile, FetchFailure, Kind, Proof, Scope, Stored, Target};
pub use atelier_bundle::{Cid, Progress, Stage, Watch};
