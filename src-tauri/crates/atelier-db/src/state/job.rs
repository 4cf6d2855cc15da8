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
    /// Staying where it is is no step: progress is written that way.
    const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Queued => matches!(next, Self::Running | Self::Paused | Self::Cancelled | Self::Failed),
            Self::Running => matches!(next, Self::Paused | Self::Cancelled | Self::Failed | Self::Done),
            Self::Paused => matches!(next, Self::Queued | Self::Running | Self::Cancelled | Self::Failed),
            Self::Cancelled | Self::Failed => matches!(next, Self::Queued | Self::Running),
            Self::Done => false,
        }
    }
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
    /// Its id (a ULID: they sort by time).
    pub id: String,
    /// What kind of work, in the studio's words.
    pub kind: String,
    /// What, for a person: "Render 100 tokens".
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
    /// Writes a job as it is now, a new one or the next step of a known one.
    ///
    /// # Errors
    /// [`DbError::Step`] when it cannot go there from where it was; then nothing has changed.
    pub fn put(&self, job: &Job) -> Result<(), DbError> {
        let from: Option<JobState> = self
            .0
            .query_row("SELECT state FROM job WHERE id = ?1", [&job.id], |row| row.get(0))
            .optional()?;
        if let Some(from) = from
            && from != job.state
            && !from.may_become(job.state)
        {
            let (from, to) = (from.word(), job.state.word());
            return Err(DbError::Step { what: "job", id: job.id.clone(), from, to });
        }
        let error = job.error.as_ref();
        self.0.execute(
            "INSERT OR REPLACE INTO job (id, kind, title, input, state, done, total, step, picked_up_at,
                error_code, error_message, error_details, result, created_ms, updated_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                job.id,
                job.kind,
                job.title,
                job.input,
                job.state,
                job.done,
                job.total,
                job.step,
                job.picked_up_at,
                error.map(|failure| &failure.code),
                error.map(|failure| &failure.message),
                error.map(|failure| &failure.details),
                job.result,
                job.created_ms,
                job.updated_ms
            ],
        )?;
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
