//! Waits for a job and says how far it is.
use std::io::Write as _;
use std::sync::Arc;

use atelier_studio::{
    Studio, StudioError,
    api::{Empty, JobState, JobView, StudioEvent},
};

/// Waits until a job is done, failed, cancelled or paused.
pub async fn job(
    studio: &Arc<Studio>,
    started: Result<JobView, StudioError>,
    json: bool,
) -> Result<JobView, StudioError> {
    let mut events = studio.events();
    let started = started?;
    // The job may have ended before we listened: ask once, then follow the events.
    let mut job =
        studio.jobs(Empty {}).await?.jobs.into_iter().find(|job| job.id == started.id).unwrap_or(started);
    loop {
        progress(&job, json);
        match job.state {
            JobState::Queued | JobState::Running => {}
            JobState::Paused | JobState::Cancelled | JobState::Failed | JobState::Done => break,
        }
        tokio::select! {
            event = events.next() => match event {
                Some(StudioEvent::Job { job: moved }) if moved.id == job.id => job = *moved,
                Some(_) => {}
                None => break,
            },
            _ = tokio::signal::ctrl_c() => {
                job = studio.job_pause(atelier_studio::api::JobRef { id: job.id.clone() }).await?;
                break;
            }
        }
    }
    if !json {
        writeln!(std::io::stderr()).ok();
    }
    Ok(job)
}

fn progress(job: &JobView, json: bool) {
    let mut err = std::io::stderr().lock();
    // Progress is a courtesy: a closed stderr must not stop the work.
    if json {
        writeln!(
            err,
            "{}",
            serde_json::json!({ "job": job.kind, "step": job.step, "done": job.done, "total": job.total })
        )
        .ok();
    } else if job.total > 0 {
        write!(err, "\r\x1b[K{}: {} of {}", job.title, job.done, job.total).ok();
    }
    err.flush().ok();
}
