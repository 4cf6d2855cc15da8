//! What a drop is made of, and which token wears what.
//!
//! The way through this crate:
//! - [`import()`] turns a listing of somebody's folder into the text of a `drop.toml`;
//! - [`DropFile`] reads that text into a [`Drop`], with errors that name line and column, and applies a window's edits
//!   without losing comments or order;
//! - [`target`] turns counts, percentages and weights into exact counts;
//! - [`solve()`] makes a [`Plan`] that meets every count exactly, breaks no [`Rule`] and repeats no combination, or
//!   says why there is none;
//! - [`check_plan`] checks a plan again without sharing code with the solver;
//! - [`Rarity`] ranks the tokens.
//!
//! Everything is a pure function of its arguments: no files, no clock, no threads, no floating point. The same drop,
//! supply and seed give the same plan, byte for byte, on every machine; [`random`] writes down the generator.

mod check;
mod drop;
mod error;
mod file;
mod import;
mod plan;
pub mod random;
mod rarity;
mod rule;
mod solve;
pub mod target;

pub use check::check_plan;
pub use drop::{
    Account, Art, Blend, Drop, Launch, Layer, MAX_LAYERS, MAX_SIDE, MAX_SUPPLY, MAX_TRAITS,
    MetadataTemplates, Percent, Preset, Royalty, SCHEMA, Storage, StorageTarget, Target, Trait,
};
pub use error::{CollectionError, Place, TargetProblem};
pub use file::{DropFile, Edit};
pub use import::{Import, ImportOptions, ImportWarning, ImportedFile, ListedFile, WarningKind, import};
pub use plan::{LayerCounts, LayerKey, Plan, Token, TraitKey};
pub use rarity::{Rarity, TokenRarity};
pub use rule::{Phrase, PickRef, Rule, RuleKind, TraitRef};
pub use solve::{Conflict, Progress, Share, SolveOptions, Stage, solve};
