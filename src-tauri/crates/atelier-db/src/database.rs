use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction};

use crate::DbError;
use crate::file::{self, Schema};

/// One file behind one writer, with one reader beside it: a long read never holds up a write, nor the reverse.
///
/// All methods block; from async code call them through `spawn_blocking`. A closure must not call the same
/// `Database` again: it would wait for itself.
pub struct Database {
    file: PathBuf,
    rebuildable: bool,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
}

impl Database {
    /// Opens one of the project's files; see [`file::open`].
    ///
    /// # Errors
    /// Those of [`file::open`].
    pub fn open(project: &Path, schema: &Schema) -> Result<Self, DbError> {
        let writer = file::open(project, schema)?;
        let reader = file::open_reader(project, schema)?;
        Ok(Self {
            file: schema.path(project),
            rebuildable: schema.rebuildable,
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
        })
    }

    /// Runs `work` in one transaction: all of it happens, or, on `Err` and on a panic, nothing.
    ///
    /// # Errors
    /// What `work` answers; a `rusqlite::Error` taken up by `?` is sorted and gets the file's name.
    pub fn transaction<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let mut connection = lock(&self.writer);
        let transaction = connection.transaction().map_err(|source| self.name(source.into()))?;
        let done = work(&transaction).map_err(|error| self.name(error))?;
        transaction.commit().map_err(|source| self.name(source.into()))?;
        Ok(done)
    }

    /// Runs `work` on the reading connection, on one snapshot: two queries in it see the same database.
    ///
    /// # Errors
    /// What `work` answers, and [`DbError::ReadOnly`] when it tries to write.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, DbError>) -> Result<T, DbError> {
        let connection = lock(&self.reader);
        let snapshot = connection.unchecked_transaction().map_err(|source| self.name(source.into()))?;
        work(&snapshot).map_err(|error| self.name(error))
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn name(&self, error: DbError) -> DbError {
        match error {
            DbError::Sqlite { file, source } if file.as_os_str().is_empty() => {
                DbError::sqlite(&self.file, self.rebuildable, source)
            }
            other => other,
        }
    }
}

/// A panic in the middle of a transaction rolls it back, so the connection stays usable.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
