/// Why the ledger did not do what was asked. The first five are answers about money, not faults.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The idempotency key was used before for something else.
    #[error("\"{key}\" was queued before with other content")]
    KeyConflict {
        /// The key.
        key: String,
    },
    /// No such budget.
    #[error("there is no spending budget called \"{campaign}\"")]
    CampaignUnknown {
        /// Its id.
        campaign: String,
    },
    /// It does not fit the budget.
    #[error("the budget \"{campaign}\" has {left} wei left, {needed} wei are needed")]
    BudgetExhausted {
        /// Its id.
        campaign: String,
        /// Wei asked for.
        needed: u128,
        /// Wei neither spent nor reserved by others.
        left: u128,
    },
    /// A per-recipient cap would be passed.
    #[error("{subject} already has {used} of {limit} units in this campaign")]
    CapReached {
        /// Who.
        subject: String,
        /// Units so far.
        used: u64,
        /// The cap.
        limit: u64,
    },
    /// A sum beyond 128 bits.
    #[error("an amount of wei is too large to be money")]
    AmountTooLarge,
    /// A row is not where the step needs it.
    #[error("the ledger disagrees with itself: {reason}")]
    Inconsistent {
        /// What did not fit.
        reason: String,
    },
    /// SQLite could not read or write.
    #[error("the ledger file could not be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl LedgerError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyConflict { .. } => "LEDGER-KEY-CONFLICT",
            Self::CampaignUnknown { .. } => "LEDGER-CAMPAIGN-UNKNOWN",
            Self::BudgetExhausted { .. } => "LEDGER-BUDGET-EXHAUSTED",
            Self::CapReached { .. } => "LEDGER-CAP-REACHED",
            Self::AmountTooLarge => "LEDGER-AMOUNT-TOO-LARGE",
            Self::Inconsistent { .. } => "LEDGER-INCONSISTENT",
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DiskFull) => "LEDGER-DISK-FULL",
                Some(rusqlite::ErrorCode::ReadOnly) => "LEDGER-READ-ONLY",
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                    "LEDGER-BUSY"
                }
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                    "LEDGER-DAMAGED"
                }
                _ => "LEDGER-STORAGE",
            },
        }
    }
}
