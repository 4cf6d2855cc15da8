use crate::DbError;

/// Why the index could not be read or written. The file can be deleted and rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    /// A batch does not build on the stored checkpoint.
    #[error("the index moved under us: it is at block {stored:?}, the new facts build on {given:?}")]
    CheckpointMoved {
        /// Stored checkpoint block.
        stored: Option<u64>,
        /// Block the batch builds on.
        given: Option<u64>,
    },
    /// The file holds facts of another collection.
    #[error("this index is of another collection or chain; delete index.sqlite and let it be rebuilt")]
    OtherCollection,
    /// A sum beyond 128 bits.
    #[error("an amount is too large to be money")]
    AmountTooLarge,
    /// The file could not be opened.
    #[error(transparent)]
    Open(#[from] DbError),
    /// SQLite could not read or write.
    #[error("the index file could not be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl FactsError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CheckpointMoved { .. } => "INDEX-CHECKPOINT-MOVED",
            Self::OtherCollection => "INDEX-OTHER-COLLECTION",
            Self::AmountTooLarge => "INDEX-AMOUNT-TOO-LARGE",
            Self::Open(error) => error.code(),
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DiskFull) => "INDEX-DISK-FULL",
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => "INDEX-BUSY",
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                    "INDEX-DAMAGED"
                }
                _ => "INDEX-STORAGE",
            },
        }
    }
}
