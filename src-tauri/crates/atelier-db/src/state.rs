//! `state.sqlite`: what the studio knows about a project.

mod artifact;
mod audit;
mod job;
mod meta;
mod object;
mod undo;
mod voucher;

use std::path::Path;

use rusqlite::Connection;

use crate::{Database, DbError, file};
pub use artifact::{Artifact, ArtifactKind, Artifacts};
pub use audit::{Audit, AuditBreak, AuditEntry, AuditReport, Flaw};
pub use job::{Failure, Job, JobState, Jobs, NewJob};
pub use meta::Meta;
pub use object::{ObjectState, Objects, StorageObject, TargetCount};
pub use undo::{Change, Undo};
pub use voucher::{Voucher, VoucherKey, VoucherState, Vouchers};

/// The state of one project.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let (project, now_ms) = (folder.path(), 1_795_000_000_000);
/// use atelier_db::State;
/// use atelier_db::state::ArtifactKind;
///
/// let state = State::open(project)?;
/// // The record and its audit entry happen together or not at all.
/// state.write(|tables| {
///     tables.artifacts().append(ArtifactKind::Plan, &[7; 32], "{}", now_ms)?;
///     tables.audit().append(now_ms, "studio", "plan.made", r#"{"supply":100}"#)
/// })?;
/// let newest = state.read(|tables| tables.artifacts().latest(ArtifactKind::Plan))?;
/// assert_eq!(newest.map(|plan| plan.hash), Some([7; 32]));
/// # Ok(())
/// # }
/// ```
pub struct State {
    database: Database,
}

impl State {
    /// Opens the state of a project folder, making it when it is not there.
    ///
    /// # Errors
    /// Those of [`file::open`].
    pub fn open(project: &Path) -> Result<Self, DbError> {
        Ok(Self { database: Database::open(project, &file::STATE)? })
    }

    /// Runs `work` in one transaction: on `Err` nothing has happened. Blocks; `work` must not use this `State`.
    ///
    /// # Errors
    /// What `work` answers.
    pub fn write<T>(&self, work: impl FnOnce(&Tables<'_>) -> Result<T, DbError>) -> Result<T, DbError> {
        self.database.transaction(|transaction| work(&Tables { connection: transaction }))
    }

    /// Runs `work` on one snapshot, beside any writer. Blocks; `work` must not use this `State`.
    ///
    /// # Errors
    /// What `work` answers; [`DbError::ReadOnly`] when it tries to write.
    pub fn read<T>(&self, work: impl FnOnce(&Tables<'_>) -> Result<T, DbError>) -> Result<T, DbError> {
        self.database.read(|connection| work(&Tables { connection }))
    }

    /// The file.
    pub fn file(&self) -> &Path {
        self.database.file()
    }
}

/// The tables, inside one transaction or snapshot.
pub struct Tables<'c> {
    connection: &'c Connection,
}

impl<'c> Tables<'c> {
    /// Single values.
    pub fn meta(&self) -> Meta<'c> {
        Meta(self.connection)
    }

    /// Long work.
    pub fn jobs(&self) -> Jobs<'c> {
        Jobs(self.connection)
    }

    /// What was made.
    pub fn artifacts(&self) -> Artifacts<'c> {
        Artifacts(self.connection)
    }

    /// What storage targets hold.
    pub fn objects(&self) -> Objects<'c> {
        Objects(self.connection)
    }

    /// Changes to `drop.toml`.
    pub fn undo(&self) -> Undo<'c> {
        Undo(self.connection)
    }

    /// Signed vouchers.
    pub fn vouchers(&self) -> Vouchers<'c> {
        Vouchers(self.connection)
    }

    /// The audit log.
    pub fn audit(&self) -> Audit<'c> {
        Audit(self.connection)
    }
}

/// A state that is a word in its table.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// The word in the table.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$variant),)+
                    other => Err(rusqlite::types::FromSqlError::Other(
                        format!("{:?} is no {}", other, $what).into(),
                    )),
                }
            }
        }
    };
}
use words;

/// A SHA-256 as it stands in a table: 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Hash([u8; 32]);

impl rusqlite::types::ToSql for Hash {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(hex::encode(self.0).into())
    }
}

impl rusqlite::types::FromSql for Hash {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(value.as_str()?, &mut bytes)
            .map_err(|error| rusqlite::types::FromSqlError::Other(Box::new(error)))?;
        Ok(Self(bytes))
    }
}
