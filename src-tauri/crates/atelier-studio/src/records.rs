//! The studio's words on top of `state.sqlite`: jobs as skins see them, what was made, settings, undo, audit.
use std::path::Path;

use atelier_db::State;
use atelier_db::state::{
    ArtifactKind, Change, Failure, Job, JobState as Stored, NewJob, Voucher, VoucherKey,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::api::{AuditEntry, AuditView, ErrorReport, JobKind, JobState, JobView};
use crate::clock::{now_ms, rfc3339_ms};
use crate::error::StudioError;

/// Jobs a screen shows.
const JOBS_SHOWN: u32 = 200;

/// What a job was asked, to run it again.
#[derive(Clone, Debug)]
pub(crate) struct StoredJob {
    pub(crate) view: JobView,
    pub(crate) input: serde_json::Value,
}

/// The state of one project.
pub(crate) struct Records {
    state: State,
}

/// Something that was made, with when.
pub(crate) struct Made<T> {
    pub(crate) value: T,
    pub(crate) made_at: String,
}

impl Records {
    pub(crate) fn open(project: &Path) -> Result<Self, StudioError> {
        Ok(Self { state: State::open(project)? })
    }

    // --- jobs ---

    /// Writes a new job down, running.
    pub(crate) fn begin_job(&self, view: &JobView, input: &serde_json::Value) -> Result<(), StudioError> {
        let job = NewJob {
            id: view.id.clone(),
            kind: kind_word(view.kind)?,
            title: view.title.clone(),
            input: input.to_string(),
        };
        Ok(self.state.write(|tables| {
            tables.jobs().insert(&job, now_ms())?;
            tables.jobs().advance(&job.id, Stored::Running, now_ms())
        })?)
    }

    /// Takes a job up again.
    pub(crate) fn continue_job(&self, view: &JobView) -> Result<(), StudioError> {
        Ok(self.state.write(|tables| {
            if matches!(view.state, JobState::Failed | JobState::Cancelled) {
                tables.jobs().advance(&view.id, Stored::Queued, now_ms())?;
            }
            tables.jobs().advance(&view.id, Stored::Running, now_ms())
        })?)
    }

    /// How far a running job is.
    pub(crate) fn job_progress(&self, view: &JobView) -> Result<(), StudioError> {
        let (done, total) = (u64::from(view.done), u64::from(view.total));
        Ok(self.state.write(|tables| tables.jobs().progress(&view.id, done, total, &view.step, now_ms()))?)
    }

    /// Ends or pauses a running job as its view says.
    pub(crate) fn end_job(&self, view: &JobView) -> Result<(), StudioError> {
        let rest = |error: &ErrorReport| {
            serde_json::json!({ "hint": error.hint, "details": error.details, "exit": error.exit })
                .to_string()
        };
        Ok(self.state.write(|tables| match view.state {
            JobState::Done => {
                let outcome = serde_json::Value::from(view.outcome.clone().unwrap_or_default()).to_string();
                tables.jobs().finish(&view.id, &outcome, now_ms())
            }
            JobState::Failed => {
                let failure = view.error.as_ref().map_or_else(
                    || Failure { code: "JOB-FAILED".into(), message: String::new(), details: "{}".into() },
                    |error| Failure {
                        code: error.code.clone(),
                        message: error.message.clone(),
                        details: rest(error),
                    },
                );
                tables.jobs().fail(&view.id, &failure, now_ms())
            }
            JobState::Cancelled => tables.jobs().advance(&view.id, Stored::Cancelled, now_ms()),
            JobState::Paused => tables.jobs().advance(&view.id, Stored::Paused, now_ms()),
            JobState::Queued | JobState::Running => Ok(()),
        })?)
    }

    /// Jobs that were running when the program died become paused where they were.
    pub(crate) fn interrupt_jobs(&self) -> Result<(), StudioError> {
        self.state.write(|tables| tables.jobs().interrupt_running(now_ms()))?;
        Ok(())
    }

    pub(crate) fn jobs(&self) -> Result<Vec<StoredJob>, StudioError> {
        self.state.read(|tables| tables.jobs().list(JOBS_SHOWN))?.into_iter().map(stored_job).collect()
    }

    pub(crate) fn job(&self, id: &str) -> Result<Option<StoredJob>, StudioError> {
        self.state.read(|tables| tables.jobs().get(id))?.map(stored_job).transpose()
    }

    // --- what was made ---

    pub(crate) fn add<T: Serialize>(
        &self,
        kind: ArtifactKind,
        hash: &[u8; 32],
        value: &T,
    ) -> Result<(), StudioError> {
        let json = serde_json::to_string(value).map_err(|error| StudioError::internal(&error))?;
        self.state.write(|tables| tables.artifacts().append(kind, hash, &json, now_ms()))?;
        Ok(())
    }

    pub(crate) fn latest<T: DeserializeOwned>(
        &self,
        kind: ArtifactKind,
    ) -> Result<Option<Made<T>>, StudioError> {
        let Some(found) = self.state.read(|tables| tables.artifacts().latest(kind))? else { return Ok(None) };
        // A record of an older shape is as good as none: everything made can be made again.
        Ok(serde_json::from_str(&found.json)
            .ok()
            .map(|value| Made { value, made_at: rfc3339_ms(found.created_ms) }))
    }

    // --- settings ---

    pub(crate) fn setting(&self, key: &str) -> Result<Option<String>, StudioError> {
        Ok(self.state.read(|tables| tables.meta().get(key))?)
    }

    pub(crate) fn set_setting(&self, key: &str, value: &str) -> Result<(), StudioError> {
        Ok(self.state.write(|tables| tables.meta().set(key, value))?)
    }

    pub(crate) fn note<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StudioError> {
        Ok(self.setting(key)?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(crate) fn set_note<T: Serialize>(&self, key: &str, value: &T) -> Result<(), StudioError> {
        let text = serde_json::to_string(value).map_err(|error| StudioError::internal(&error))?;
        self.set_setting(key, &text)
    }

    // --- undo ---

    pub(crate) fn add_edit(&self, name: &str, before: &str, after: &str) -> Result<(), StudioError> {
        self.state.write(|tables| tables.undo().push(name, before, after, now_ms()))?;
        Ok(())
    }

    pub(crate) fn next_undo(&self) -> Result<Option<Change>, StudioError> {
        Ok(self.state.read(|tables| tables.undo().next_undo())?)
    }

    pub(crate) fn next_redo(&self) -> Result<Option<Change>, StudioError> {
        Ok(self.state.read(|tables| tables.undo().next_redo())?)
    }

    pub(crate) fn mark_undone(&self, seq: u64) -> Result<(), StudioError> {
        Ok(self.state.write(|tables| tables.undo().mark_undone(seq))?)
    }

    pub(crate) fn mark_redone(&self, seq: u64) -> Result<(), StudioError> {
        Ok(self.state.write(|tables| tables.undo().mark_redone(seq))?)
    }

    // --- vouchers ---

    /// Writes signed vouchers down, all or none.
    pub(crate) fn issue_vouchers(
        &self,
        vouchers: &[(VoucherKey, String, String)],
    ) -> Result<(), StudioError> {
        Ok(self.state.write(|tables| {
            vouchers.iter().try_for_each(|(key, json, signature)| {
                tables.vouchers().issue(key, json, signature, now_ms())
            })
        })?)
    }

    pub(crate) fn vouchers(&self, chain_id: u64, drop: &str) -> Result<Vec<Voucher>, StudioError> {
        Ok(self.state.read(|tables| tables.vouchers().list(chain_id, drop))?)
    }

    // --- audit ---

    /// Appends to the audit log. `sentence` never carries a secret.
    pub(crate) fn audit(&self, actor: &str, action: &str, sentence: &str) -> Result<(), StudioError> {
        let details = serde_json::json!({ "sentence": sentence }).to_string();
        self.state.write(|tables| tables.audit().append(now_ms(), actor, action, &details))?;
        Ok(())
    }

    pub(crate) fn audit_view(&self, shown: u32) -> Result<AuditView, StudioError> {
        let (report, newest) =
            self.state.read(|tables| Ok((tables.audit().verify()?, tables.audit().newest(shown)?)))?;
        let clip = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        let sentence = |details: &str| {
            let parsed: Option<serde_json::Value> = serde_json::from_str(details).ok();
            parsed
                .and_then(|value| value["sentence"].as_str().map(str::to_owned))
                .unwrap_or_else(|| details.to_owned())
        };
        Ok(AuditView {
            total: clip(report.entries),
            intact: report.is_intact(),
            broken_at: report.broken.as_ref().map(|broken| clip(broken.seq)),
            head: format!("0x{}", hex::encode(report.head)),
            entries: newest
                .into_iter()
                .map(|entry| AuditEntry {
                    seq: clip(entry.seq),
                    at: rfc3339_ms(entry.at_ms),
                    sentence: sentence(&entry.details),
                    actor: entry.actor,
                    action: entry.action,
                    hash: format!("0x{}", hex::encode(entry.hash)),
                })
                .collect(),
        })
    }
}

fn kind_word(kind: JobKind) -> Result<String, StudioError> {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(StudioError::internal(&format!("a job kind became {other:?}"))),
    }
}

fn stored_job(job: Job) -> Result<StoredJob, StudioError> {
    let bad = |error: serde_json::Error| StudioError::internal(&error);
    let kind: JobKind = serde_json::from_value(serde_json::Value::String(job.kind)).map_err(bad)?;
    let clip = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let error = job.error.map(|failure| {
        let rest: serde_json::Value = serde_json::from_str(&failure.details).unwrap_or_default();
        let text = |name: &str| rest[name].as_str().map(str::to_owned);
        ErrorReport {
            code: failure.code,
            message: failure.message,
            hint: text("hint"),
            details: text("details"),
            exit: rest["exit"].as_u64().and_then(|exit| u8::try_from(exit).ok()).unwrap_or(70),
        }
    });
    let view = JobView {
        id: job.id,
        kind,
        title: job.title,
        step: job.step,
        state: match job.state {
            Stored::Queued => JobState::Queued,
            Stored::Running => JobState::Running,
            Stored::Paused => JobState::Paused,
            Stored::Cancelled => JobState::Cancelled,
            Stored::Failed => JobState::Failed,
            Stored::Done => JobState::Done,
        },
        done: clip(job.done),
        total: clip(job.total),
        per_minute: None,
        seconds_left: None,
        picked_up_at: job.picked_up_at.map(clip),
        outcome: job.result.and_then(|text| serde_json::from_str(&text).ok()),
        error,
        can_pause: can_pause(kind),
        started_at: rfc3339_ms(job.created_ms),
        updated_at: rfc3339_ms(job.updated_ms),
    };
    Ok(StoredJob { view, input: serde_json::from_str(&job.input).map_err(bad)? })
}

/// A rehearsal runs in a moment and has no safe point to wait at; everything else has.
pub(crate) fn can_pause(kind: JobKind) -> bool {
    match kind {
        JobKind::Render | JobKind::Bundle | JobKind::Store | JobKind::Prove | JobKind::Launch => true,
        JobKind::Rehearse => false,
    }
}
