//! The audit log: every step that matters, in a chain of hashes that shows where it was tampered with.
//!
//! `hash` of an entry is SHA-256 over, in this order: the text `atelier/audit/v1` and a zero byte; the hash of
//! the entry before (32 bytes, zero for the first); `seq` (8 bytes, big-endian); `at_ms` (8 bytes, big-endian,
//! two's complement); then `actor`, `action` and `details`, each as its length in bytes (8 bytes, big-endian)
//! and its UTF-8 text. `details` is JSON text and is hashed as it stands, so no canonical form is needed.
//!
//! A changed, missing or inserted entry breaks the chain where it is. Entries cut off at the end are noticed
//! by the highest number ever given, which SQLite keeps beside the table. Somebody who may write the file can
//! still make a whole new chain: only the head, kept elsewhere, shows that.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::Hash;
use crate::DbError;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number, from 1 without a gap.
    pub seq: u64,
    /// When, ms.
    pub at_ms: i64,
    /// Who: `user`, `studio`, `relayer`.
    pub actor: String,
    /// What: `launch.start`.
    pub action: String,
    /// Parameters, JSON. Never a secret.
    pub details: String,
    /// Hash of the entry before; zero for the first.
    pub prev: [u8; 32],
    /// Its own hash.
    pub hash: [u8; 32],
}

/// What [`Audit::verify`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// Entries in the table.
    pub entries: u64,
    /// Hash of the last entry that holds; zero when there is none.
    pub head: [u8; 32],
    /// The first entry that does not hold.
    pub broken: Option<AuditBreak>,
}

impl AuditReport {
    /// True when the chain holds from the first entry to the last.
    pub fn is_intact(&self) -> bool {
        self.broken.is_none()
    }
}

/// Where the chain breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditBreak {
    /// Number of the first entry that does not hold.
    pub seq: u64,
    /// In what way.
    pub flaw: Flaw,
}

/// In what way an entry does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is not there.
    Missing,
    /// It does not follow the entry before it: that one was replaced, or this one was put in.
    Unlinked,
    /// Its content is not what was hashed.
    Changed,
}

impl Flaw {
    /// For a sentence: "Entry 12 …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::Unlinked => "does not follow the one before it",
            Self::Changed => "was changed after it was written",
        }
    }
}

/// The audit log.
pub struct Audit<'c>(pub(super) &'c Connection);

impl Audit<'_> {
    /// Adds an entry. `details` is JSON.
    ///
    /// # Errors
    /// [`DbError::AuditDetails`] when `details` is not JSON.
    pub fn append(
        &self,
        at_ms: i64,
        actor: &str,
        action: &str,
        details: &str,
    ) -> Result<AuditEntry, DbError> {
        serde_json::from_str::<serde::de::IgnoredAny>(details).map_err(|error| DbError::AuditDetails {
            action: action.to_owned(),
            reason: error.to_string(),
        })?;
        let last: Option<(u64, Hash)> = self
            .0
            .query_row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let (seq, prev) = last.map_or((1, [0; 32]), |(seq, hash)| (seq + 1, hash.0));
        let mut entry = AuditEntry {
            seq,
            at_ms,
            actor: actor.to_owned(),
            action: action.to_owned(),
            details: details.to_owned(),
            prev,
            hash: [0; 32],
        };
        entry.hash = digest(&entry);
        self.0.execute(
            "INSERT INTO audit (seq, at_ms, actor, action, details, prev, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![seq, at_ms, actor, action, details, Hash(prev), Hash(entry.hash)],
        )?;
        Ok(entry)
    }

    /// The newest entries, newest first.
    pub fn newest(&self, limit: u32) -> Result<Vec<AuditEntry>, DbError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM audit ORDER BY seq DESC LIMIT ?1")?;
        let rows = statement.query_map([limit], read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// How many entries there are.
    pub fn count(&self) -> Result<u64, DbError> {
        Ok(self.0.query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?)
    }

    /// Walks the chain from the first entry to the last and stops at the first that does not hold.
    ///
    /// # Errors
    /// Only those of reading: a broken chain is an answer.
    pub fn verify(&self) -> Result<AuditReport, DbError> {
        let entries = self.count()?;
        let ever: u64 = self
            .0
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'", [], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let mut head = [0; 32];
        let mut next = 1;
        let mut statement = self.0.prepare("SELECT * FROM audit ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            match follows(row, next, head) {
                Ok(hash) => head = hash,
                Err(flaw) => {
                    return Ok(AuditReport { entries, head, broken: Some(AuditBreak { seq: next, flaw }) });
                }
            }
            next += 1;
        }
        let broken = (ever >= next).then_some(AuditBreak { seq: next, flaw: Flaw::Missing });
        Ok(AuditReport { entries, head, broken })
    }
}

/// The hash of the entry in `row` if it is number `expected` and follows `prev`.
fn follows(row: &Row<'_>, expected: u64, prev: [u8; 32]) -> Result<[u8; 32], Flaw> {
    // A row that cannot even be read was not written by us.
    let entry = read(row).map_err(|_| Flaw::Changed)?;
    if entry.seq != expected {
        return Err(Flaw::Missing);
    }
    if entry.prev != prev {
        return Err(Flaw::Unlinked);
    }
    if digest(&entry) != entry.hash {
        return Err(Flaw::Changed);
    }
    Ok(entry.hash)
}

fn digest(entry: &AuditEntry) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"atelier/audit/v1\0");
    hasher.update(entry.prev);
    hasher.update(entry.seq.to_be_bytes());
    hasher.update(entry.at_ms.to_be_bytes());
    for text in [&entry.actor, &entry.action, &entry.details] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    }
    hasher.finalize().into()
}

fn read(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        seq: row.get("seq")?,
        at_ms: row.get("at_ms")?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        details: row.get("details")?,
        prev: row.get::<_, Hash>("prev")?.0,
        hash: row.get::<_, Hash>("hash")?.0,
    })
}
