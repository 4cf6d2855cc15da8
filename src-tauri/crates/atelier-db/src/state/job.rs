use rusqlite::{Connection, OptionalExtension, Row, params};

use super::words;
use crate::DbError;

words! {
    /// How a job stands.
    JobState, "state of a job" {
        /// Waiting to run.
        Queued = "queued",
        /// Running.
        Running = "running",
        /// Paused by a person or by a restart.
        Paused = "paused",
        /// Ended by a person.
        Cancelled = "cancelled",
        /// Ended by an error.
        Failed = "failed",
        /// Done.
        Done = "done",
    }
}

impl JobState {
    /// True when the job may still move by itself or by "continue".
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Queued | Self::Running | Self::Paused)
    }

    /// The steps a job may take. What has ended moves only by being tried again; what is done stays done.
    const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Queued => matches!(next, Self::Running | Self::Paused | Self::Cancelled | Self::Failed),
            Self::Running => matches!(next, Self::Paused | Self::Cancelled | Self::Failed | Self::Done),
            Self::Paused => matches!(next, Self::Queued | Self::Running | Self::Cancelled | Self::Failed),
            Self::Cancelled | Self::Failed => matches!(next, Self::Queued),
            Self::Done => false,
        }
    }
}

/// A job to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Its id (a ULID: they sort by time).
    pub id: String,
    /// What kind of work, in the studio's words.
    pub kind: String,
    /// What, for a person: "Render 100 tokens".
    pub title: String,
    /// What it needs to run again, JSON.
    pub input: String,
}

/// Why a job failed, as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Stable code.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// Parameters, JSON.
    pub details: String,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What kind of work, in the studio's words.
    pub kind: String,
    /// What, for a person.
    pub title: String,
    /// What it needs to run again, JSON.
    pub input: String,
    /// How it stands.
    pub state: JobState,
    /// Units done.
    pub done: u64,
    /// Units in all; 0 where unknown.
    pub total: u64,
    /// What it is at.
    pub step: String,
    /// Units that were done when a restart found it unfinished.
    pub picked_up_at: Option<u64>,
    /// Why it failed.
    pub error: Option<Failure>,
    /// What it ended with, JSON.
    pub result: Option<String>,
    /// When it was made, ms.
    pub created_ms: i64,
    /// When it last moved, ms.
    pub updated_ms: i64,
}

/// Long work, as stored after each of its steps.
pub struct Jobs<'c>(pub(super) &'c Connection);

impl Jobs<'_> {
    /// Adds a job, queued.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when its id is taken.
    pub fn insert(&self, job: &NewJob, now_ms: i64) -> Result<(), DbError> {
        let added = self.0.execute(
            "INSERT INTO job (id, kind, title, input, state, created_ms, updated_ms)
             VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?5) ON CONFLICT (id) DO NOTHING",
            params![job.id, job.kind, job.title, job.input, now_ms],
        )?;
        if added == 0 {
            return Err(DbError::Conflict { what: "job", id: job.id.clone() });
        }
        Ok(())
    }

    /// The job with this id.
    pub fn get(&self, id: &str) -> Result<Option<Job>, DbError> {
        Ok(self.0.query_row("SELECT * FROM job WHERE id = ?1", [id], read).optional()?)
    }

    /// The newest jobs, newest first.
    pub fn list(&self, limit: u32) -> Result<Vec<Job>, DbError> {
        self.query("SELECT * FROM job ORDER BY id DESC LIMIT ?1", params![limit])
    }

    /// Queued, running and paused jobs, oldest first.
    pub fn active(&self) -> Result<Vec<Job>, DbError> {
        self.query("SELECT * FROM job WHERE state IN ('queued', 'running', 'paused') ORDER BY id", params![])
    }

    /// Moves a job from where it is to `next`. Trying again (to [`JobState::Queued`]) forgets the error.
    ///
    /// # Errors
    /// [`DbError::NoRow`]; [`DbError::Step`] when it cannot go there from where it is.
    pub fn advance(&self, id: &str, next: JobState, now_ms: i64) -> Result<(), DbError> {
        self.step(id, next)?;
        self.0.execute(
            "UPDATE job SET state = ?2, updated_ms = ?3,
                error_code = iif(?2 = 'queued', NULL, error_code),
                error_message = iif(?2 = 'queued', NULL, error_message),
                error_details = iif(?2 = 'queued', NULL, error_details)
             WHERE id = ?1",
            params![id, next, now_ms],
        )?;
        Ok(())
    }

    /// How far a running job is.
    ///
    /// # Errors
    /// [`DbError::NoRow`]; [`DbError::Step`] when it is not running.
    pub fn progress(&self, id: &str, done: u64, total: u64, step: &str, now_ms: i64) -> Result<(), DbError> {
        let changed = self.0.execute(
            "UPDATE job SET done = ?2, total = ?3, step = ?4, updated_ms = ?5
             WHERE id = ?1 AND state = 'running'",
            params![id, done, total, step, now_ms],
        )?;
        if changed == 1 {
            return Ok(());
        }
        let from = self.state(id)?;
        Err(DbError::Step { what: "job", id: id.to_owned(), from: from.word(), to: "further along" })
    }

    /// Ends a job with an error.
    ///
    /// # Errors
    /// [`DbError::NoRow`], [`DbError::Step`].
    pub fn fail(&self, id: &str, failure: &Failure, now_ms: i64) -> Result<(), DbError> {
        self.step(id, JobState::Failed)?;
        self.0.execute(
            "UPDATE job SET state = 'failed', error_code = ?2, error_message = ?3, error_details = ?4,
                            updated_ms = ?5 WHERE id = ?1",
            params![id, failure.code, failure.message, failure.details, now_ms],
        )?;
        Ok(())
    }

    /// Ends a job well. `result` is JSON.
    ///
    /// # Errors
    /// [`DbError::NoRow`], [`DbError::Step`].
    pub fn finish(&self, id: &str, result: &str, now_ms: i64) -> Result<(), DbError> {
        self.step(id, JobState::Done)?;
        self.0.execute(
            "UPDATE job SET state = 'done', result = ?2, updated_ms = ?3 WHERE id = ?1",
            params![id, result, now_ms],
        )?;
        Ok(())
    }

    /// To call once when a project is opened: jobs found running were cut off. They become paused, remember
    /// where they were, and are answered, oldest first.
    pub fn interrupt_running(&self, now_ms: i64) -> Result<Vec<Job>, DbError> {
        let mut cut_off = self.query(
            "UPDATE job SET state = 'paused', picked_up_at = done, updated_ms = ?1 WHERE state = 'running'
             RETURNING *",
            params![now_ms],
        )?;
        cut_off.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(cut_off)
    }

    fn state(&self, id: &str) -> Result<JobState, DbError> {
        self.0
            .query_row("SELECT state FROM job WHERE id = ?1", [id], |row| row.get(0))
            .optional()?
            .ok_or_else(|| DbError::NoRow { what: "job", id: id.to_owned() })
    }

    fn step(&self, id: &str, next: JobState) -> Result<(), DbError> {
        let from = self.state(id)?;
        if from.may_become(next) {
            return Ok(());
        }
        Err(DbError::Step { what: "job", id: id.to_owned(), from: from.word(), to: next.word() })
    }

    fn query(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<Job>, DbError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(values, read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Job> {
    let code: Option<String> = row.get("error_code")?;
    let error = match code {
        Some(code) => {
            Some(Failure { code, message: row.get("error_message")?, details: row.get("error_details")? })
        }
        None => None,
    };
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        input: row.get("input")?,
        state: row.get("state")?,
        done: row.get("done")?,
        total: row.get("total")?,
        step: row.get("step")?,
        picked_up_at: row.get("picked_up_at")?,
        error,
        result: row.get("result")?,
        created_ms: row.get("created_ms")?,
        updated_ms: row.get("updated_ms")?,
    })
}
