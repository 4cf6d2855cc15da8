use alloy::primitives::B256;

/// Why the index did not reach the head. What is stored stays right; syncing again continues.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The node serves another chain.
    #[error(
        "this endpoint is on chain {actual}, the collection is on chain {expected}: choose the right network"
    )]
    WrongChain {
        /// Chain of the collection.
        expected: u64,
        /// Chain the endpoint reports.
        actual: u64,
    },
    /// A read failed or made no sense.
    #[error("the node did not answer {method} usably: {reason}. Try again, or use another endpoint")]
    Source {
        /// JSON-RPC method.
        method: &'static str,
        /// What happened.
        reason: String,
    },
    /// One block's logs are more than the node gives at once.
    #[error("the node refuses to send the logs of block {block} at once: {reason}. Use another endpoint")]
    BlockTooLarge {
        /// The block.
        block: u64,
        /// The node's words.
        reason: String,
    },
    /// A log names a block hash the header chain does not have, again and again.
    #[error(
        "the node sends logs of block {block} under hash {given} but says the block is {header:?}; use another endpoint"
    )]
    LogMismatch {
        /// Block number.
        block: u64,
        /// Hash in the log.
        given: B256,
        /// Hash in the header, if there is one.
        header: Option<B256>,
    },
    /// Logs that must exist did not arrive.
    #[error("the node leaves out logs of block {block} ({what}); use another endpoint")]
    LogMissing {
        /// Block number.
        block: u64,
        /// How it was noticed.
        what: String,
    },
    /// A log of a known event cannot be decoded or has impossible values.
    #[error("block {block} holds an event this version cannot read: {reason}")]
    LogMalformed {
        /// Block number.
        block: u64,
        /// What is wrong.
        reason: String,
    },
    /// The chain changed under every attempt to read it.
    #[error(
        "the chain near block {block} changed {times} times while it was read; wait a little and try again"
    )]
    Unstable {
        /// Where.
        block: u64,
        /// How often.
        times: u32,
    },
    /// The store could not read or write.
    #[error("the index could not be stored ({code}): {reason}")]
    Store {
        /// Stable code of the storage error.
        code: String,
        /// The storage's reason.
        reason: String,
    },
    /// Stopped by the caller.
    #[error("stopped on request; the index continues from block {block} next time")]
    Stopped {
        /// Last indexed block.
        block: u64,
    },
}

impl IndexError {
    /// Stable code for logs, IPC and the command line.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongChain { .. } => "INDEX-CHAIN-MISMATCH",
            Self::Source { .. } => "INDEX-RPC-FAILED",
            Self::BlockTooLarge { .. } => "INDEX-BLOCK-TOO-LARGE",
            Self::LogMismatch { .. } => "INDEX-LOG-MISMATCH",
            Self::LogMissing { .. } => "INDEX-LOG-MISSING",
            Self::LogMalformed { .. } => "INDEX-LOG-MALFORMED",
            Self::Unstable { .. } => "INDEX-CHAIN-UNSTABLE",
            Self::Store { .. } => "INDEX-STORE-FAILED",
            Self::Stopped { .. } => "INDEX-STOPPED",
        }
    }
}
