use alloy::primitives::{B256, U256};
use atelier_chain::{fees::FeeQuotes, revert::DecodedRevert};
use atelier_launch::TokenRange;
use serde::{Deserialize, Serialize};

/// What a rehearsal ran on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SourceView {
    /// An empty chain.
    Clean {
        /// Time of its first block, unix seconds.
        timestamp: u64,
    },
    /// A copy of a real chain.
    Fork {
        /// Number of the copied block.
        block_number: u64,
        /// Its hash.
        block_hash: B256,
        /// Its time, unix seconds.
        timestamp: u64,
    },
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It went through.
    Done,
    /// The copied chain shows that it has happened already; it was not run.
    AlreadyDone,
    /// It failed.
    Failed,
    /// A step before it failed.
    NotReached,
}

/// One step as it ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsedStep {
    /// The step's id in the plan, or `voucher-1` and so on for the vouchers tried after it.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Gas of the whole transaction; 0 when it was not run or no block would take it.
    pub gas_used: u64,
    /// Events it left.
    pub logs: usize,
    /// Tokens it made.
    pub tokens: Option<TokenRange>,
    /// Why it failed.
    pub failure: Option<DecodedRevert>,
}

impl RehearsedStep {
    /// True unless it failed or was not reached.
    #[must_use]
    pub fn ok(&self) -> bool {
        matches!(self.outcome, Outcome::Done | Outcome::AlreadyDone)
    }
}

/// What the first transfer of one token costs after the launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstTransfer {
    /// The token.
    pub token: u32,
    /// Gas of the transfer to an account that has none; 0 when it failed.
    pub gas_used: u64,
}

/// Sums over the plan's steps (not the vouchers tried after it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Gas used.
    pub gas_used: u64,
    /// Tokens made.
    pub tokens: u32,
    /// Wei at the low fee.
    #[serde(with = "atelier_chain::decimal")]
    pub cost_low: U256,
    /// Wei at the typical fee.
    #[serde(with = "atelier_chain::decimal")]
    pub cost_typical: U256,
    /// Wei at the high fee.
    #[serde(with = "atelier_chain::decimal")]
    pub cost_high: U256,
    /// Wei at most: the high fee on every limit of the plan, steps that are done already left out.
    #[serde(with = "atelier_chain::decimal")]
    pub cost_at_most: U256,
}

/// A rehearsed plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsalReport {
    /// SHA-256 of the plan.
    pub plan_hash: B256,
    /// The chain.
    pub chain_id: u64,
    /// What it ran on.
    pub source: SourceView,
    /// The plan's steps, in order.
    pub steps: Vec<RehearsedStep>,
    /// Vouchers tried after the plan, in order.
    pub vouchers: Vec<RehearsedStep>,
    /// First transfers tried after the plan.
    pub first_transfers: Vec<FirstTransfer>,
    /// Sums.
    pub totals: Totals,
    /// The prices the costs were computed with.
    pub fees: FeeQuotes,
}

impl RehearsalReport {
    /// True when every step and every voucher went through.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.steps.iter().chain(&self.vouchers).all(RehearsedStep::ok)
    }

    /// The first thing that failed.
    #[must_use]
    pub fn first_failure(&self) -> Option<&RehearsedStep> {
        self.steps.iter().chain(&self.vouchers).find(|step| step.outcome == Outcome::Failed)
    }
}
