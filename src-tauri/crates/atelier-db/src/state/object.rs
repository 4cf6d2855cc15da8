use rusqlite::{Connection, Row, params};

use super::words;
use crate::DbError;

words! {
    /// How a file on a target stands.
    ObjectState, "state of a stored file" {
        /// Not handed over yet.
        Pending = "pending",
        /// Handed over; not read back.
        Stored = "stored",
        /// Read back and hashed: it is what it should be.
        Proven = "proven",
        /// Read back: it is missing or something else.
        Damaged = "damaged",
    }
}

/// One file on one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageObject {
    /// Id of the target.
    pub target: String,
    /// Path inside the bundle.
    pub path: String,
    /// Its CID.
    pub cid: String,
    /// Its length, bytes.
    pub bytes: u64,
    /// How it stands.
    pub state: ObjectState,
    /// When it was last read back, ms.
    pub verified_ms: Option<i64>,
}

/// How many files of a target stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetCount {
    /// Not handed over yet.
    pub pending: u64,
    /// Handed over; not read back.
    pub stored: u64,
    /// Proven.
    pub proven: u64,
    /// Missing or something else.
    pub damaged: u64,
    /// When the one proven longest ago was read back, ms.
    pub oldest_proof_ms: Option<i64>,
}

/// The upload journal.
pub struct Objects<'c>(pub(super) &'c Connection);

impl Objects<'_> {
    /// Writes down how a file stands, in place of what was known.
    pub fn put(&self, object: &StorageObject) -> Result<(), DbError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO storage_object (target, path, cid, bytes, state, verified_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (target, path) DO UPDATE SET cid = excluded.cid, bytes = excluded.bytes,
                state = excluded.state, verified_ms = excluded.verified_ms",
        )?;
        statement.execute(params![
            object.target,
            object.path,
            object.cid,
            object.bytes,
            object.state,
            object.verified_ms
        ])?;
        Ok(())
    }

    /// A target's files, by path.
    pub fn list(&self, target: &str) -> Result<Vec<StorageObject>, DbError> {
        let mut statement =
            self.0.prepare_cached("SELECT * FROM storage_object WHERE target = ?1 ORDER BY path")?;
        let rows = statement.query_map([target], read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// A target's files, counted.
    pub fn count(&self, target: &str) -> Result<TargetCount, DbError> {
        Ok(self.0.query_row(
            "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'stored'),
                    count(*) FILTER (WHERE state = 'proven'), count(*) FILTER (WHERE state = 'damaged'),
                    min(verified_ms) FILTER (WHERE state = 'proven')
             FROM storage_object WHERE target = ?1",
            [target],
            |row| {
                Ok(TargetCount {
                    pending: row.get(0)?,
                    stored: row.get(1)?,
                    proven: row.get(2)?,
                    damaged: row.get(3)?,
                    oldest_proof_ms: row.get(4)?,
                })
            },
        )?)
    }

    /// Forgets a target's files: a new bundle has others.
    pub fn clear(&self, target: &str) -> Result<(), DbError> {
        self.0.execute("DELETE FROM storage_object WHERE target = ?1", [target])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StorageObject> {
    Ok(StorageObject {
        target: row.get("target")?,
        path: row.get("path")?,
        cid: row.get("cid")?,
        bytes: row.get("bytes")?,
        state: row.get("state")?,
        verified_ms: row.get("verified_ms")?,
    })
}
