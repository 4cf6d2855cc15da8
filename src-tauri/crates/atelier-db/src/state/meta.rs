use rusqlite::{Connection, OptionalExtension};

use crate::DbError;

/// Single values by name.
pub struct Meta<'c>(pub(super) &'c Connection);

impl Meta<'_> {
    /// The value, if there is one.
    pub fn get(&self, key: &str) -> Result<Option<String>, DbError> {
        Ok(self.0.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()?)
    }

    /// Sets or replaces a value.
    pub fn set(&self, key: &str, value: &str) -> Result<(), DbError> {
        self.0.execute(
            "INSERT INTO meta (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        Ok(())
    }

    /// Removes a value; without one nothing happens.
    pub fn remove(&self, key: &str) -> Result<(), DbError> {
        self.0.execute("DELETE FROM meta WHERE key = ?1", [key])?;
        Ok(())
    }
}
