//! Jobs and the audit log.
use std::sync::Arc;

use crate::Studio;
use crate::api::{
    AuditView, Empty, JobKind, JobRef, JobState, JobView, Jobs, LaunchRequest, RehearseRequest, TargetRef,
};
use crate::error::StudioError;
use crate::jobs::Wish;

/// Entries of the audit log a screen shows.
const SHOWN: u32 = 500;

impl Studio {
    /// Every job, newest first.
    pub async fn jobs(&self, _: Empty) -> Result<Jobs, StudioError> {
        Ok(Jobs { jobs: self.current().await?.jobs.list()? })
    }

    /// Pause a job. It stops at its next safe point.
    pub async fn job_pause(&self, input: JobRef) -> Result<JobView, StudioError> {
        self.steer(&input, Wish::Pause).await
    }

    /// Cancel a job. What it made and verified stays.
    pub async fn job_cancel(&self, input: JobRef) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        let mut job = project.jobs.stored(&input.id)?;
        if job.view.state == JobState::Paused {
            job.view.state = JobState::Cancelled;
            project.records.end_job(&job.view)?;
            self.bell.job(job.view.clone());
            return Ok(job.view);
        }
        self.steer(&input, Wish::Cancel).await
    }

    async fn steer(&self, input: &JobRef, wish: Wish) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        project.jobs.ask(&input.id, wish);
        // It answers within a picture or a transaction; a person sees the state it reaches.
        for _ in 0..200 {
            let job = project.jobs.stored(&input.id)?.view;
            if job.state != JobState::Running {
                return Ok(job);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        Ok(project.jobs.stored(&input.id)?.view)
    }

    /// Continue a paused job.
    pub async fn job_resume(self: &Arc<Self>, input: JobRef) -> Result<JobView, StudioError> {
        self.again(input).await
    }

    /// Try a failed or cancelled job again.
    pub async fn job_retry(self: &Arc<Self>, input: JobRef) -> Result<JobView, StudioError> {
        self.again(input).await
    }

    /// Every kind of work continues from what is verified: resuming and retrying are asking again, under the same id.
    async fn again(self: &Arc<Self>, input: JobRef) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        let stored = project.jobs.stored(&input.id)?;
        if matches!(stored.view.state, JobState::Running | JobState::Queued | JobState::Done) {
            return Ok(stored.view);
        }
        let input = stored.input.clone();
        let bad = |error: serde_json::Error| StudioError::BadInput {
            what: "a stored job",
            value: error.to_string(),
        };
        match stored.view.kind {
            JobKind::Render => self.render_as(Some(stored)).await,
            JobKind::Bundle => self.bundle_as(Some(stored)).await,
            JobKind::Store => {
                self.store_as(serde_json::from_value::<TargetRef>(input).map_err(bad)?, Some(stored)).await
            }
            JobKind::Prove => {
                self.prove_as(serde_json::from_value::<TargetRef>(input).map_err(bad)?, Some(stored)).await
            }
            JobKind::Rehearse => {
                self.rehearse_as(serde_json::from_value::<RehearseRequest>(input).map_err(bad)?, Some(stored))
                    .await
            }
            // The confirmation was typed when the launch began; a real network asks for it again.
            JobKind::Launch => self.launch_as(LaunchRequest { confirm: None }, Some(stored)).await,
        }
    }

    /// The audit log, verified.
    pub async fn audit(&self, _: Empty) -> Result<AuditView, StudioError> {
        self.current().await?.records.audit_view(SHOWN)
    }
}
