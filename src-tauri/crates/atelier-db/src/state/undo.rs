use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::DbError;

/// Changes kept; older ones are forgotten.
const KEPT: i64 = 200;

/// One named change to `drop.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the history.
    pub seq: u64,
    /// What it was, for a person: "Set Dawn to 12".
    pub name: String,
    /// The whole text before.
    pub before: String,
    /// The whole text after.
    pub after: String,
    /// When it was made, ms.
    pub created_ms: i64,
}

/// Undo and redo that survive a restart.
///
/// To undo: take [`next_undo`](Undo::next_undo), write its `before` to the file, then
/// [`mark_undone`](Undo::mark_undone). A crash in between leaves the mark missing; undoing once more writes the
/// same text again and sets it.
pub struct Undo<'c>(pub(super) &'c Connection);

impl Undo<'_> {
    /// Adds a change; answers its place. What was undone before it can no longer be brought back.
    pub fn push(&self, name: &str, before: &str, after: &str, now_ms: i64) -> Result<u64, DbError> {
        self.0.execute("DELETE FROM undo WHERE undone = 1", [])?;
        let seq = self.0.query_row(
            "INSERT INTO undo (name, before_text, after_text, created_ms) VALUES (?1, ?2, ?3, ?4) RETURNING seq",
            params![name, before, after, now_ms],
            |row| row.get(0),
        )?;
        self.0.execute(
            "DELETE FROM undo WHERE seq NOT IN (SELECT seq FROM undo ORDER BY seq DESC LIMIT ?1)",
            [KEPT],
        )?;
        Ok(seq)
    }

    /// The change that undo would take back.
    pub fn next_undo(&self) -> Result<Option<Change>, DbError> {
        self.one("SELECT * FROM undo WHERE undone = 0 ORDER BY seq DESC LIMIT 1")
    }

    /// The change that redo would bring back.
    pub fn next_redo(&self) -> Result<Option<Change>, DbError> {
        self.one("SELECT * FROM undo WHERE undone = 1 ORDER BY seq LIMIT 1")
    }

    /// The change was taken back.
    ///
    /// # Errors
    /// [`DbError::NoRow`] when it is not the one that [`next_undo`](Undo::next_undo) names.
    pub fn mark_undone(&self, seq: u64) -> Result<(), DbError> {
        let sql = "UPDATE undo SET undone = 1
                   WHERE seq = ?1 AND seq = (SELECT max(seq) FROM undo WHERE undone = 0)";
        self.mark(sql, "change to take back", seq)
    }

    /// The change was brought back.
    ///
    /// # Errors
    /// [`DbError::NoRow`] when it is not the one that [`next_redo`](Undo::next_redo) names.
    pub fn mark_redone(&self, seq: u64) -> Result<(), DbError> {
        let sql = "UPDATE undo SET undone = 0
                   WHERE seq = ?1 AND seq = (SELECT min(seq) FROM undo WHERE undone = 1)";
        self.mark(sql, "change to bring back", seq)
    }

    fn mark(&self, sql: &str, what: &'static str, seq: u64) -> Result<(), DbError> {
        if self.0.execute(sql, [seq])? == 0 {
            return Err(DbError::NoRow { what, id: seq.to_string() });
        }
        Ok(())
    }

    fn one(&self, sql: &str) -> Result<Option<Change>, DbError> {
        Ok(self.0.query_row(sql, [], read).optional()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        seq: row.get("seq")?,
        name: row.get("name")?,
        before: row.get("before_text")?,
        after: row.get("after_text")?,
        created_ms: row.get("created_ms")?,
    })
}
