use std::path::{Path, PathBuf};

use rusqlite::{Connection, MAIN_DB};

use super::Schema;
use crate::DbError;

/// Where the copies of `file` are kept.
pub(crate) fn backups_beside(file: &Path) -> PathBuf {
    file.with_file_name("backups")
}

/// Copies the database to `backups/<stem>.format-<n>.sqlite` before its format changes.
///
/// The copy is taken through SQLite, so that what is still in the write-ahead log is in it, and appears under
/// its name only when it is whole.
pub(super) fn before_migration(
    connection: &Connection,
    file: &Path,
    schema: &Schema,
    format: usize,
) -> Result<PathBuf, DbError> {
    let folder = backups_beside(file);
    std::fs::create_dir_all(&folder).map_err(|source| DbError::io(&folder, "made", source))?;
    let stem = schema.file.trim_end_matches(".sqlite");
    let copy = folder.join(format!("{stem}.format-{format}.sqlite"));
    let partial = folder.join(format!("{stem}.format-{format}.partial"));
    match std::fs::remove_file(&partial) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            return Err(DbError::io(&partial, "removed", source));
        }
        _ => {}
    }
    connection
        .backup(MAIN_DB, &partial, None)
        .map_err(|source| DbError::sqlite(&partial, schema.rebuildable, source))?;
    std::fs::rename(&partial, &copy).map_err(|source| DbError::io(&copy, "written", source))?;
    tracing::info!(file = schema.file, format, "copied before its format changes");
    Ok(copy)
}
