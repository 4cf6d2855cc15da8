use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Hash, words};
use crate::DbError;

words! {
    /// What was made.
    ArtifactKind, "kind of artifact" {
        /// Which traits each token has.
        Plan = "plan",
        /// The rendered pictures, by hash.
        Render = "render",
        /// The written metadata, by hash.
        Metadata = "metadata",
        /// The bundle's manifest and root.
        Bundle = "bundle",
        /// The signature over a bundle.
        Signature = "signature",
        /// What a rehearsal found.
        Rehearsal = "rehearsal",
        /// The intended transactions.
        LaunchPlan = "launch-plan",
        /// A launch and how it ended.
        Launch = "launch",
        /// A written report.
        Report = "report",
    }
}

/// One artifact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its place in the history of all kinds, from 1.
    pub seq: u64,
    /// What it is.
    pub kind: ArtifactKind,
    /// SHA-256 of what it stands for.
    pub hash: [u8; 32],
    /// The record, JSON.
    pub json: String,
    /// When it was made, ms.
    pub created_ms: i64,
}

/// The append-only history of what was made.
pub struct Artifacts<'c>(pub(super) &'c Connection);

impl Artifacts<'_> {
    /// Adds an artifact as the newest of its kind; answers its place.
    pub fn append(
        &self,
        kind: ArtifactKind,
        hash: &[u8; 32],
        json: &str,
        now_ms: i64,
    ) -> Result<u64, DbError> {
        let seq = self.0.query_row(
            "INSERT INTO artifact (kind, hash, json, created_ms) VALUES (?1, ?2, ?3, ?4) RETURNING seq",
            params![kind, Hash(*hash), json, now_ms],
            |row| row.get(0),
        )?;
        Ok(seq)
    }

    /// The newest of a kind.
    pub fn latest(&self, kind: ArtifactKind) -> Result<Option<Artifact>, DbError> {
        let sql = "SELECT * FROM artifact WHERE kind = ?1 ORDER BY seq DESC LIMIT 1";
        Ok(self.0.query_row(sql, [kind], read).optional()?)
    }

    /// The hash of the newest of a kind, without reading its record.
    pub fn latest_hash(&self, kind: ArtifactKind) -> Result<Option<[u8; 32]>, DbError> {
        let sql = "SELECT hash FROM artifact WHERE kind = ?1 ORDER BY seq DESC LIMIT 1";
        Ok(self.0.query_row(sql, [kind], |row| row.get::<_, Hash>(0)).optional()?.map(|hash| hash.0))
    }

    /// The newest of a kind with this hash.
    pub fn by_hash(&self, kind: ArtifactKind, hash: &[u8; 32]) -> Result<Option<Artifact>, DbError> {
        let sql = "SELECT * FROM artifact WHERE kind = ?1 AND hash = ?2 ORDER BY seq DESC LIMIT 1";
        Ok(self.0.query_row(sql, params![kind, Hash(*hash)], read).optional()?)
    }

    /// A kind's history, newest first.
    pub fn history(&self, kind: ArtifactKind, limit: u32) -> Result<Vec<Artifact>, DbError> {
        let mut statement =
            self.0.prepare_cached("SELECT * FROM artifact WHERE kind = ?1 ORDER BY seq DESC LIMIT ?2")?;
        let rows = statement.query_map(params![kind, limit], read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Artifact> {
    Ok(Artifact {
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        hash: row.get::<_, Hash>("hash")?.0,
        json: row.get("json")?,
        created_ms: row.get("created_ms")?,
    })
}
