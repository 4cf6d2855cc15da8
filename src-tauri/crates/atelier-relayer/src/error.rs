use alloy::primitives::Address;

/// Everything that can stop the relayer. Nothing here loses work: the ledger holds the state, and driving
/// the same intents again continues.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The endpoint answers for another chain than the one the intents were made for.
    #[error(
        "this endpoint is on chain {actual}, the transactions are for chain {expected}: choose the right network"
    )]
    WrongChain {
        /// Chain the lane was set up for.
        expected: u64,
        /// Chain the endpoint reports.
        actual: u64,
    },
    /// A read from the node failed or made no sense.
    #[error("the node did not answer {method} usably: {reason}. Nothing was lost; try again")]
    Wire {
        /// JSON-RPC method.
        method: &'static str,
        /// What happened, in the transport's words.
        reason: String,
    },
    /// The key holder refused or could not sign.
    #[error("the transaction could not be signed: {reason}")]
    Sign {
        /// The signer's reason.
        reason: String,
    },
    /// A signature came back that is not the lane's signer's.
    #[error("the signature is by {actual}, expected {expected}: the key for this role was replaced")]
    WrongSigner {
        /// The lane's signer.
        expected: Address,
        /// Who signed.
        actual: Address,
    },
    /// The idempotency key was used before for something else.
    #[error("\"{key}\" was already queued with other content; it was not queued again")]
    KeyConflict {
        /// The idempotency key.
        key: String,
    },
    /// The intent names a campaign the ledger does not know.
    #[error("there is no spending budget called \"{campaign}\"; open it first")]
    CampaignUnknown {
        /// Campaign id.
        campaign: String,
    },
    /// The worst case would not fit the campaign's budget. Nothing was signed.
    #[error(
        "the budget \"{campaign}\" has {left} wei left and this could cost {needed} wei; raise the budget or wait for lower fees"
    )]
    BudgetExhausted {
        /// Campaign id.
        campaign: String,
        /// Worst case in wei.
        needed: u128,
        /// Unreserved and unspent wei.
        left: u128,
    },
    /// A per-recipient limit of the campaign would be passed.
    #[error("{subject} already has {used} of {limit} units in this campaign")]
    CapReached {
        /// Who the cap counts for.
        subject: String,
        /// Units counted so far.
        used: u64,
        /// The cap.
        limit: u64,
    },
    /// The ledger could not read or write.
    #[error("the money ledger could not be used ({code}): {reason}")]
    Ledger {
        /// Stable code of the storage error.
        code: String,
        /// The storage's reason.
        reason: String,
    },
    /// The ledger is not in the state the step needs: another program wrote it, or it is damaged.
    #[error(
        "the money ledger disagrees with itself ({reason}); stop other copies of this project before going on"
    )]
    LedgerInconsistent {
        /// What did not fit.
        reason: String,
    },
    /// An intent cannot be simulated now and brings no gas limit.
    #[error("\"{key}\" has no gas limit and cannot be estimated while earlier transactions are in flight")]
    GasLimitMissing {
        /// The idempotency key.
        key: String,
    },
    /// A sum of wei does not fit 128 bits (no real amount does this).
    #[error("an amount is too large to be money: {what}")]
    AmountTooLarge {
        /// Which amount.
        what: &'static str,
    },
    /// The kill switch or the caller stopped the work.
    #[error("stopped on request; run the same step again to continue")]
    Stopped,
    /// The port is taken.
    #[error("port {port} is in use by another program; choose another port or close that program")]
    PortInUse {
        /// The wanted port.
        port: u16,
    },
    /// The port could not be opened for another reason.
    #[error("the voucher endpoint could not listen on port {port}: {reason}")]
    Listen {
        /// The wanted port.
        port: u16,
        /// The system's reason.
        reason: String,
    },
    /// The bearer token is too weak.
    #[error("the access token must have at least {least} characters")]
    TokenTooShort {
        /// Least length.
        least: usize,
    },
}

impl RelayError {
    /// Stable code for logs, IPC and the command line.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongChain { .. } => "RELAY-CHAIN-MISMATCH",
            Self::Wire { .. } => "RELAY-RPC-FAILED",
            Self::Sign { .. } => "RELAY-SIGN-FAILED",
            Self::WrongSigner { .. } => "RELAY-SIGNER-MISMATCH",
            Self::KeyConflict { .. } => "RELAY-KEY-CONFLICT",
            Self::CampaignUnknown { .. } => "RELAY-CAMPAIGN-UNKNOWN",
            Self::BudgetExhausted { .. } => "RELAY-BUDGET-EXHAUSTED",
            Self::CapReached { .. } => "RELAY-CAP-REACHED",
            Self::Ledger { .. } => "RELAY-LEDGER-FAILED",
            Self::LedgerInconsistent { .. } => "RELAY-LEDGER-INCONSISTENT",
            Self::GasLimitMissing { .. } => "RELAY-GAS-LIMIT-MISSING",
            Self::AmountTooLarge { .. } => "RELAY-AMOUNT-TOO-LARGE",
            Self::Stopped => "RELAY-STOPPED",
            Self::PortInUse { .. } => "RELAY-PORT-IN-USE",
            Self::Listen { .. } => "RELAY-LISTEN-FAILED",
            Self::TokenTooShort { .. } => "RELAY-TOKEN-SHORT",
        }
    }
}
