use alloy::primitives::B256;
use atelier_chain::ChainError;
use atelier_launch::LaunchError;

/// Why a rehearsal could not be made. A plan that fails is not an error but a report.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The endpoint failed.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The plan does not fit the chain.
    #[error(transparent)]
    Launch(#[from] LaunchError),
    /// The plan is for another chain than the copy.
    #[error("the plan is for chain {plan}, and the copy is of chain {source_chain}")]
    OtherChain {
        /// The plan's chain.
        plan: u64,
        /// The copy's chain.
        source_chain: u64,
    },
    /// The endpoint does not know the block.
    #[error("the block {hash} to copy is not known to the endpoint. Rehearse on a newer block")]
    BlockUnknown {
        /// Its hash.
        hash: B256,
    },
    /// Something was not read before, and there is no endpoint to ask.
    #[error(
        "this rehearsal needs {item} of the copied chain, which was not read before. Connect to the network once"
    )]
    NotCached {
        /// What is missing.
        item: String,
    },
    /// The cache failed.
    #[error("what was read of the copied chain cannot be kept: {reason}")]
    Cache {
        /// What the cache said.
        reason: String,
    },
    /// The EVM itself refused to work.
    #[error("the rehearsal broke down: {reason}")]
    Engine {
        /// What it said.
        reason: String,
    },
}

impl SimulateError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Chain(error) => error.code(),
            Self::Launch(error) => error.code(),
            Self::OtherChain { .. } => "SIM-OTHER-CHAIN",
            Self::BlockUnknown { .. } => "SIM-BLOCK-UNKNOWN",
            Self::NotCached { .. } => "SIM-NOT-CACHED",
            Self::Cache { .. } => "SIM-CACHE",
            Self::Engine { .. } => "SIM-ENGINE",
        }
    }
}

impl revm::database_interface::DBErrorMarker for SimulateError {}
