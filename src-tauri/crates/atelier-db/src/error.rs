use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a database did not do what was asked. Each sentence says what a person can do.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The file is no sound SQLite database and cannot be made again from elsewhere.
    #[error("{} is damaged ({reason}). Restore it from a backup; copies are kept in {}.",
        file.display(), backups.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// Where copies are kept.
        backups: PathBuf,
        /// SQLite's words.
        reason: String,
    },
    /// The file is no sound SQLite database, but everything in it comes from the chain.
    #[error("{} is damaged ({reason}). Delete it: it will be built again from the chain.", file.display())]
    DamagedRebuildable {
        /// The file.
        file: PathBuf,
        /// SQLite's words.
        reason: String,
    },
    /// A sound database, but not this one.
    #[error("{} is another program's database, or another of the project's. Put the right file back.",
        file.display())]
    WrongFile {
        /// The file.
        file: PathBuf,
    },
    /// Written by a newer version.
    #[error("{} was written by a newer version of Atelier (format {found}, this one knows {known}). \
        Open the project with that version. Nothing was changed.", file.display())]
    TooNew {
        /// The file.
        file: PathBuf,
        /// Its format.
        found: usize,
        /// The newest format known here.
        known: usize,
    },
    /// A migration failed; the file is as it was.
    #[error("{} could not be brought to this version's format ({reason}). It is unchanged.", file.display())]
    Migration {
        /// The file.
        file: PathBuf,
        /// What failed.
        reason: String,
    },
    /// The folder or the file cannot be written.
    #[error("{} cannot be written. Allow writing there, or copy the project to a folder of yours.", path.display())]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
    },
    /// No room.
    #[error("The disk that holds {} is full. Free some space and try again; nothing is lost.", path.display())]
    DiskFull {
        /// The folder or file.
        path: PathBuf,
    },
    /// Another process holds the file.
    #[error("{} is in use by another program. Close it and try again.", file.display())]
    Busy {
        /// The file.
        file: PathBuf,
    },
    /// The project is open elsewhere.
    #[error("{} is already open{}. Close it there first.", dir.display(), by(*pid))]
    ProjectOpen {
        /// The project folder.
        dir: PathBuf,
        /// The process that has it, where it could be read.
        pid: Option<u32>,
    },
    /// The operating system's own refusal.
    #[error("{} could not be {what}: {source}.", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// "opened", "written".
        what: &'static str,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// Anything else SQLite refused.
    #[error("{} could not be used: {source}.", file.display())]
    Sqlite {
        /// The file.
        file: PathBuf,
        /// SQLite's words.
        #[source]
        source: rusqlite::Error,
    },
    /// A row that should be there is not.
    #[error("There is no {what} \"{id}\".")]
    NoRow {
        /// "job".
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A step a record cannot take from where it is.
    #[error("The {what} \"{id}\" is {from} and cannot become {to}.")]
    Step {
        /// "job".
        what: &'static str,
        /// Its id.
        id: String,
        /// Its state.
        from: &'static str,
        /// The state asked for.
        to: &'static str,
    },
    /// The same thing is there already, with other content.
    #[error("The {what} \"{id}\" is there already, and it says something else.")]
    Conflict {
        /// "voucher".
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// An audit entry's details are no JSON.
    #[error("The details of the audit entry \"{action}\" are not JSON: {reason}.")]
    AuditDetails {
        /// The entry's action.
        action: String,
        /// What is wrong.
        reason: String,
    },
}

fn by(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" in process {pid}"))
}

impl DbError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } | Self::DamagedRebuildable { .. } => "DB-DAMAGED",
            Self::WrongFile { .. } => "DB-WRONG-FILE",
            Self::TooNew { .. } => "DB-TOO-NEW",
            Self::Migration { .. } => "DB-MIGRATION",
            Self::ReadOnly { .. } => "DB-READ-ONLY",
            Self::DiskFull { .. } => "DB-DISK-FULL",
            Self::Busy { .. } => "DB-BUSY",
            Self::ProjectOpen { .. } => "DB-PROJECT-OPEN",
            Self::File { .. } => "DB-FILE",
            Self::Sqlite { .. } => "DB-SQLITE",
            Self::NoRow { .. } => "DB-NO-ROW",
            Self::Step { .. } => "DB-STEP",
            Self::Conflict { .. } => "DB-CONFLICT",
            Self::AuditDetails { .. } => "DB-AUDIT-DETAILS",
        }
    }

    /// Sorts the operating system's refusals into those a person can do something about.
    pub(crate) fn io(path: &Path, what: &'static str, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path: path.to_owned() }
            }
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::DiskFull { path: path.to_owned() }
            }
            _ => Self::File { path: path.to_owned(), what, source },
        }
    }

    /// Sorts SQLite's refusals and names the file.
    pub(crate) fn sqlite(file: &Path, rebuildable: bool, source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { path: file.to_owned() },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                Self::ReadOnly { path: file.to_owned() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { file: file.to_owned() },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::damaged(file, rebuildable, source.to_string())
            }
            _ => Self::Sqlite { file: file.to_owned(), source },
        }
    }

    pub(crate) fn damaged(file: &Path, rebuildable: bool, reason: String) -> Self {
        if rebuildable {
            return Self::DamagedRebuildable { file: file.to_owned(), reason };
        }
        Self::Damaged { file: file.to_owned(), backups: crate::file::backups_beside(file), reason }
    }
}

/// For `?` inside the closures of [`Database`](crate::Database), which then sorts it and names the file.
impl From<rusqlite::Error> for DbError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite { file: PathBuf::new(), source }
    }
}
