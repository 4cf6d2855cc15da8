use alloy::primitives::{Address, B256};

use crate::progress::StepState;

/// Why a launch cannot be planned, read or continued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    /// Batches and vouchers together are more than the supply.
    #[error(
        "{batched} tokens in batches and {vouchers} as vouchers are more than the supply of {supply}. Lower one of them, or raise the supply"
    )]
    TooManyTokens {
        /// Tokens in batches.
        batched: u32,
        /// Tokens as vouchers.
        vouchers: u32,
        /// The supply.
        supply: u32,
    },
    /// A batch of no tokens.
    #[error("batch_size is 0: a batch mints at least one token")]
    EmptyBatch,
    /// A batch that does not fit a transaction.
    #[error("a batch of {batch_size} tokens does not fit one transaction; {most} do")]
    BatchTooLarge {
        /// Tokens asked for.
        batch_size: u32,
        /// Tokens that fit.
        most: u32,
    },
    /// No supply at all.
    #[error("the supply is 0: there is nothing to launch")]
    NoSupply,
    /// An address that has to be given is zero.
    #[error("the {what} has no address")]
    MissingAddress {
        /// Which.
        what: &'static str,
    },
    /// The deployer has no right to mint batches or to freeze.
    #[error("{deployer} would deploy, but only the owner {owner} could {what}. Launch with the owner's key")]
    DeployerHasNoRight {
        /// Who deploys.
        deployer: Address,
        /// Who owns.
        owner: Address,
        /// What it could not do.
        what: &'static str,
    },
    /// More royalty than the contract accepts.
    #[error("a royalty of {bps} basis points is over the contract's cap of {cap}")]
    RoyaltyTooHigh {
        /// Basis points asked for.
        bps: u16,
        /// The cap.
        cap: u16,
    },
    /// A stored plan cannot be read.
    #[error("the stored launch plan cannot be read: {reason}")]
    Unreadable {
        /// Why.
        reason: String,
    },
    /// A stored plan is of a schema this version does not know.
    #[error("the stored launch plan is of schema {found}; this version reads schema {known}")]
    OtherSchema {
        /// The plan's.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// Another contract is where ours should be.
    #[error("there is another contract at {address}: its code hash is {found}, not {expected}")]
    OtherCode {
        /// Where.
        address: Address,
        /// What is there.
        found: B256,
        /// What should be.
        expected: B256,
    },
    /// The chain's answer to a probe is not of the promised type.
    #[error("{address} did not answer as our drop does")]
    UnreadableAnswer {
        /// Who answered.
        address: Address,
    },
    /// A step cannot go from its state through this event.
    #[error("step {step} is {state:?} and cannot take \"{event}\"")]
    OutOfTurn {
        /// The step.
        step: String,
        /// Its state.
        state: StepState,
        /// What happened.
        event: &'static str,
    },
    /// No such step.
    #[error("the plan has no step {step}")]
    UnknownStep {
        /// Its id.
        step: String,
    },
}

impl LaunchError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyTokens { .. } => "LAUNCH-TOO-MANY-TOKENS",
            Self::EmptyBatch => "LAUNCH-EMPTY-BATCH",
            Self::BatchTooLarge { .. } => "LAUNCH-BATCH-TOO-LARGE",
            Self::NoSupply => "LAUNCH-NO-SUPPLY",
            Self::MissingAddress { .. } => "LAUNCH-MISSING-ADDRESS",
            Self::DeployerHasNoRight { .. } => "LAUNCH-DEPLOYER-HAS-NO-RIGHT",
            Self::RoyaltyTooHigh { .. } => "LAUNCH-ROYALTY-TOO-HIGH",
            Self::Unreadable { .. } => "LAUNCH-UNREADABLE",
            Self::OtherSchema { .. } => "LAUNCH-OTHER-SCHEMA",
            Self::OtherCode { .. } => "LAUNCH-OTHER-CODE",
            Self::UnreadableAnswer { .. } => "LAUNCH-UNREADABLE-ANSWER",
            Self::OutOfTurn { .. } => "LAUNCH-OUT-OF-TURN",
            Self::UnknownStep { .. } => "LAUNCH-UNKNOWN-STEP",
        }
    }
}
