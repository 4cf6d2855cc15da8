//! One SQLite file: how it is opened, checked and brought to this version's format.

mod backup;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations, SchemaVersion};

use crate::DbError;
pub(crate) use backup::backups_beside;

/// How long a statement waits for another process. The project lock makes such waits rare.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a commit promises (WAL in both cases).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Survives the process. A power cut may take the last commits, never the file.
    Normal,
    /// Survives a power cut: each commit is on the disk before it returns.
    Full,
}

/// One of the project's three files.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// Its name inside `.atelier/`.
    pub file: &'static str,
    /// SQLite's `application_id`, so that no file is taken for another.
    pub application_id: i32,
    /// What a commit promises.
    pub durability: Durability,
    /// True when everything in it can be read from the chain again.
    pub rebuildable: bool,
    /// SQL, oldest first. Never edited once released, only appended to.
    pub migrations: &'static [&'static str],
}

/// Project state, undo, uploads, audit chain.
pub const STATE: Schema = Schema {
    file: "state.sqlite",
    application_id: i32::from_be_bytes(*b"AtSt"),
    durability: Durability::Normal,
    rebuildable: false,
    migrations: &[include_str!("migrations/state/0001_state.sql")],
};

/// The relay outbox and its money.
pub const LEDGER: Schema = Schema {
    file: "ledger.sqlite",
    application_id: i32::from_be_bytes(*b"AtLe"),
    durability: Durability::Full,
    rebuildable: false,
    migrations: &[include_str!("migrations/ledger/0001_outbox.sql")],
};

/// Facts from the chain.
pub const INDEX: Schema = Schema {
    file: "index.sqlite",
    application_id: i32::from_be_bytes(*b"AtIx"),
    durability: Durability::Normal,
    rebuildable: true,
    migrations: crate::index::MIGRATIONS,
};

impl Schema {
    /// The file inside a project folder.
    pub fn path(&self, project: &Path) -> PathBuf {
        project.join(crate::FOLDER).join(self.file)
    }
}

/// Opens `<project>/.atelier/<schema.file>` for writing, making it when it is not there.
///
/// The whole file is checked first; then, if its format is older, a copy is put into `.atelier/backups/` and
/// the migrations run in one transaction.
///
/// # Errors
/// [`DbError::Damaged`], [`DbError::WrongFile`], [`DbError::TooNew`], [`DbError::Migration`],
/// [`DbError::ReadOnly`], [`DbError::DiskFull`], [`DbError::Busy`]. In each case the file is as it was.
pub fn open(project: &Path, schema: &Schema) -> Result<Connection, DbError> {
    let file = schema.path(project);
    let folder = project.join(crate::FOLDER);
    std::fs::create_dir_all(&folder).map_err(|source| DbError::io(&folder, "made", source))?;
    // SQLite answers "unable to open database file" to several of these; the system says which.
    std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(&file)
        .map_err(|source| DbError::io(&file, "opened", source))?;

    let named = |source| DbError::sqlite(&file, schema.rebuildable, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(&file, flags).map_err(named)?;
    guard(&connection).map_err(named)?;
    check(&connection, &file, schema)?;
    connection.pragma_update(None, "journal_mode", "wal").map_err(named)?;
    let synchronous = match schema.durability {
        Durability::Normal => "normal",
        Durability::Full => "full",
    };
    connection.pragma_update(None, "synchronous", synchronous).map_err(named)?;
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    migrate(&mut connection, &file, schema)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(named)?;
    Ok(connection)
}

/// A second connection to a file that [`open`] has opened, for reading only: a write through it fails.
///
/// # Errors
/// As [`open`], without those of the check and the migration.
pub fn open_reader(project: &Path, schema: &Schema) -> Result<Connection, DbError> {
    let file = schema.path(project);
    let named = |source| DbError::sqlite(&file, schema.rebuildable, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&file, flags).map_err(named)?;
    guard(&connection).map_err(named)?;
    connection.pragma_update(None, "query_only", true).map_err(named)?;
    Ok(connection)
}

/// A project may come from a stranger, and its databases with it.
fn guard(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)
}

fn check(connection: &Connection, file: &Path, schema: &Schema) -> Result<(), DbError> {
    let named = |source| DbError::sqlite(file, schema.rebuildable, source);
    let verdict: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(named)?;
    if verdict != "ok" {
        return Err(DbError::damaged(file, schema.rebuildable, verdict));
    }
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(named)?;
    if id == schema.application_id {
        return Ok(());
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(named)?;
    if id != 0 || tables != 0 {
        return Err(DbError::WrongFile { file: file.to_owned() });
    }
    Ok(())
}

fn migrate(connection: &mut Connection, file: &Path, schema: &Schema) -> Result<(), DbError> {
    let failed = |reason: rusqlite_migration::Error| match reason {
        rusqlite_migration::Error::RusqliteError { err, .. } if sorted(&err) => {
            DbError::sqlite(file, schema.rebuildable, err)
        }
        other => DbError::Migration { file: file.to_owned(), reason: other.to_string() },
    };
    let migrations = Migrations::new(schema.migrations.iter().map(|sql| M::up(sql)).collect());
    let known = schema.migrations.len();
    let found = version(connection, &migrations).map_err(failed)?;
    if found > known {
        return Err(DbError::TooNew { file: file.to_owned(), found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        backup::before_migration(connection, file, schema, found)?;
    }
    connection
        .pragma_update(None, "application_id", schema.application_id)
        .map_err(|source| DbError::sqlite(file, schema.rebuildable, source))?;
    match migrations.to_latest(connection) {
        Ok(()) => Ok(()),
        // Another process may have been faster; then there is nothing left to do.
        Err(_) if version(connection, &migrations).is_ok_and(|now| now == known) => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

fn version(connection: &Connection, migrations: &Migrations<'_>) -> rusqlite_migration::Result<usize> {
    Ok(match migrations.current_version(connection)? {
        SchemaVersion::NoneSet => 0,
        SchemaVersion::Inside(version) | SchemaVersion::Outside(version) => version.get(),
    })
}

/// Whether the failure is one about the disk rather than about the migration.
fn sorted(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{
        DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, PermissionDenied, ReadOnly,
    };
    matches!(
        error.sqlite_error_code(),
        Some(
            DiskFull
                | ReadOnly
                | PermissionDenied
                | DatabaseBusy
                | DatabaseLocked
                | DatabaseCorrupt
                | NotADatabase
        )
    )
}
