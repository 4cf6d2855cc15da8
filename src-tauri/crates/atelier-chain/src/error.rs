use std::{path::PathBuf, time::Duration};

use alloy::primitives::{Address, B256, Bytes};

/// Everything that can go wrong between us and a chain. `endpoint` is the address without its path and
/// query, because hosted endpoints carry a secret key there.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The text is no address of an endpoint.
    #[error("\"{url}\" is not an RPC address: {reason}. An address looks like https://rpc.example.org")]
    BadUrl {
        /// What was given, without path and query.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No connection could be made, or it broke before anything was answered.
    #[error("{endpoint} cannot be reached: {reason}. Check the address and the network, then try again")]
    Unreachable {
        /// Which endpoint.
        endpoint: String,
        /// What the system said.
        reason: String,
    },
    /// The answer took longer than we wait.
    #[error("{endpoint} did not answer within {} s. Try again, or choose another endpoint", waited.as_secs())]
    Slow {
        /// Which endpoint.
        endpoint: String,
        /// How long we waited.
        waited: Duration,
    },
    /// The endpoint serves another chain.
    #[error(
        "{endpoint} serves chain {given}, not chain {expected}. Nothing was sent; choose the right network"
    )]
    WrongId {
        /// Which endpoint.
        endpoint: String,
        /// The chain id asked for.
        expected: u64,
        /// The chain id answered.
        given: u64,
    },
    /// The answer makes no sense.
    #[error("{endpoint} answered {method} with something that is not an answer: {reason}")]
    Rubbish {
        /// Which endpoint.
        endpoint: String,
        /// The call that was made.
        method: &'static str,
        /// What is wrong with the answer.
        reason: String,
    },
    /// The endpoint wants fewer calls.
    #[error("{endpoint} refuses more calls for now{}", retry_after.map_or_else(String::new, |wait| format!(": wait {} s", wait.as_secs())))]
    RateLimited {
        /// Which endpoint.
        endpoint: String,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The endpoint wants a key, or rejects ours.
    #[error("{endpoint} asks for a valid access key (HTTP {status})")]
    Denied {
        /// Which endpoint.
        endpoint: String,
        /// HTTP status 401 or 403.
        status: u16,
    },
    /// A well-formed refusal by the node.
    #[error("{endpoint} refused {method}: {message}")]
    Refused {
        /// Which endpoint.
        endpoint: String,
        /// The call that was made.
        method: &'static str,
        /// JSON-RPC error code.
        rpc_code: i64,
        /// The node's own words.
        message: String,
    },
    /// A read-only call reverted.
    #[error("the contract refused: {sentence}")]
    Reverted {
        /// The decoded reason.
        sentence: String,
        /// Raw revert data.
        data: Bytes,
    },
    /// A contract answered with bytes that are not of the type it promises, or there is no contract.
    #[error("{address} did not answer {function} as our contract does: it is another contract, or none")]
    NotOurs {
        /// Address that was called.
        address: Address,
        /// Solidity signature.
        function: &'static str,
    },
    /// A compiled contract inside the application does not have the recorded hash.
    #[error(
        "the compiled contract {file} inside this build is damaged: {reason}. Install the application again"
    )]
    ArtifactDamaged {
        /// File under `assets/contracts/<version>/`.
        file: String,
        /// What does not fit.
        reason: String,
    },
    /// A transaction of the practice chain failed.
    #[error("a practice transaction failed: {what}")]
    PracticeTransaction {
        /// What was tried.
        what: String,
        /// Its hash, when it got one.
        hash: Option<B256>,
    },
    /// Anvil was not found.
    #[error("the practice chain needs Anvil, and it was not found. Install it with: npm install @foundry-rs/anvil@1.7.1 (looked in: {})", looked.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    AnvilMissing {
        /// Every place that was tried.
        looked: Vec<PathBuf>,
    },
    /// Another program listens where the practice chain wants to.
    #[error("port {port} is in use by another program. Close it, or let the practice chain choose a port")]
    PortInUse {
        /// The port.
        port: u16,
    },
    /// Anvil ended by itself.
    #[error("the practice chain stopped by itself: {reason}")]
    PracticeDied {
        /// The last lines it printed.
        reason: String,
    },
    /// The practice chain's record or state cannot be read or written.
    #[error("{} cannot be used: {reason}", path.display())]
    PracticeFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Seaport's published artifacts are not where they should be.
    #[error("Seaport's published contracts were not found in {}: {reason}. Install them with: npm install @opensea/seaport-js@4.3.0", path.display())]
    MarketMissing {
        /// Where we looked.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The practice market refused, or its state does not allow the trade.
    #[error("the practice sale cannot be made: {reason}")]
    Market {
        /// Why.
        reason: String,
    },
    /// A signature is not one.
    #[error("this is not a signature of 65 bytes with a low s: {reason}")]
    BadSignature {
        /// What is wrong.
        reason: String,
    },
}

impl ChainError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadUrl { .. } => "CHAIN-BAD-URL",
            Self::Unreachable { .. } => "CHAIN-UNREACHABLE",
            Self::Slow { .. } => "CHAIN-SLOW",
            Self::WrongId { .. } => "CHAIN-WRONG-ID",
            Self::Rubbish { .. } => "CHAIN-RUBBISH",
            Self::RateLimited { .. } => "CHAIN-RATE-LIMITED",
            Self::Denied { .. } => "CHAIN-DENIED",
            Self::Refused { .. } => "CHAIN-REFUSED",
            Self::Reverted { .. } => "CHAIN-REVERTED",
            Self::NotOurs { .. } => "CHAIN-NOT-OURS",
            Self::ArtifactDamaged { .. } => "CHAIN-ARTIFACT-DAMAGED",
            Self::PracticeTransaction { .. } => "CHAIN-PRACTICE-TRANSACTION",
            Self::AnvilMissing { .. } => "CHAIN-ANVIL-MISSING",
            Self::PortInUse { .. } => "CHAIN-PORT-IN-USE",
            Self::PracticeDied { .. } => "CHAIN-PRACTICE-DIED",
            Self::PracticeFile { .. } => "CHAIN-PRACTICE-FILE",
            Self::MarketMissing { .. } => "CHAIN-MARKET-MISSING",
            Self::Market { .. } => "CHAIN-MARKET",
            Self::BadSignature { .. } => "CHAIN-BAD-SIGNATURE",
        }
    }
}
