//! The launch before the launch: the same plan, on a copy of the chain, in this process.
//!
//! [`rehearse`] takes a `LaunchPlan` and runs every step of it in the EVM, from the deployer, in order, each
//! in its own block. The copy is either an empty chain ([`Source::Clean`]) or a real one as it was at one
//! block hash ([`Source::Fork`]); a fork keeps what it read in a [`ForkCache`], so that running it again
//! needs no network. Nothing is ever sent.
//!
//! The [`RehearsalReport`] says for each step whether it went through, what gas it used, which tokens it
//! made, and if it was refused, why, in words. It carries the plan's hash: it is a statement about those
//! bytes and no others. Figures are checked against Anvil, step by step and to the unit, in `tests/`.
//!
//! A step whose effect is on the chain already is reported as such and not run, exactly as a resumed launch
//! would skip it. After a step that fails, the rest is not reached, exactly as a launch would stop.

mod base;
mod cache;
mod error;
mod rehearse;
mod report;
mod source;
mod world;

pub use cache::{ForkCache, ForkItem, MemoryCache};
pub use error::SimulateError;
pub use rehearse::{Options, VoucherTrial, first_transfer_tokens, rehearse};
pub use report::{FirstTransfer, Outcome, RehearsalReport, RehearsedStep, SourceView, Totals};
pub use source::{PinnedBlock, Source};
