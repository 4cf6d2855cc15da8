//! Long work: stored before it starts, steerable while it runs, and picked up after a restart.
//!
//! A job is a row (kind, input, state, how far) and, while it runs, a task. Every kind of work is written so that
//! running it again continues from what is verified on disk or on chain; that is why pause, resume, retry and
//! recovery after a kill are one mechanism: stop at a safe point, run again.
mod control;
mod rate;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ulid::Ulid;

pub(crate) use self::control::{Control, Wish};
use self::rate::Rate;
use crate::api::{JobKind, JobState, JobView, Topic};
use crate::clock::now;
use crate::error::StudioError;
use crate::events::Bell;
use crate::records::{Records, StoredJob, can_pause};

/// How often a running job is written down and announced.
const BEAT: Duration = Duration::from_millis(100);

/// Running jobs of one project.
pub(crate) struct Jobs {
    records: Arc<Records>,
    bell: Bell,
    running: Mutex<BTreeMap<String, Arc<Running>>>,
}

/// A job that has a task.
struct Running {
    control: Arc<Control>,
    view: Mutex<JobView>,
}

/// What a job says when it ended well.
pub(crate) type Outcome = Result<String, StudioError>;

impl Jobs {
    /// Opens the list; jobs that were running when the program died are paused where they were.
    pub(crate) fn open(records: Arc<Records>, bell: Bell) -> Result<Self, StudioError> {
        records.interrupt_jobs()?;
        Ok(Self { records, bell, running: Mutex::new(BTreeMap::new()) })
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Running>>> {
        // The map is changed in one step; a panic elsewhere cannot leave half of it.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Jobs, newest first; running ones as they are this moment.
    pub(crate) fn list(&self) -> Result<Vec<JobView>, StudioError> {
        let stored = self.records.jobs()?;
        let running = self.running();
        Ok(stored
            .into_iter()
            .map(|job| running.get(&job.view.id).map_or(job.view, |live| live.now()))
            .collect())
    }

    /// One stored job.
    pub(crate) fn stored(&self, id: &str) -> Result<StoredJob, StudioError> {
        let mut job = self.records.job(id)?.ok_or_else(|| StudioError::NoSuchJob { id: id.to_owned() })?;
        if let Some(live) = self.running().get(id) {
            job.view = live.now();
        }
        Ok(job)
    }

    /// The running job of a kind, if any.
    pub(crate) fn active(&self, kind: JobKind) -> Option<JobView> {
        self.running().values().map(|live| live.now()).find(|job| job.kind == kind)
    }

    /// How many jobs are running.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.running().len()).unwrap_or(u32::MAX)
    }

    /// Asks a running job to pause or stop.
    pub(crate) fn ask(&self, id: &str, wish: Wish) {
        if let Some(live) = self.running().get(id) {
            live.control.ask(wish);
        }
    }

    /// Asks every running job to pause and waits until each stopped at a safe point.
    pub(crate) async fn pause_all(&self) {
        loop {
            let live: Vec<Arc<Running>> = self.running().values().cloned().collect();
            if live.is_empty() {
                return;
            }
            for job in live {
                job.control.ask(Wish::Pause);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Writes a new job down, or takes up a stored one, and runs its work.
    pub(crate) fn start<W, F>(
        self: &Arc<Self>,
        seed: JobSeed,
        topics: &'static [Topic],
        work: W,
    ) -> Result<JobView, StudioError>
    where
        W: FnOnce(Arc<Control>) -> F,
        F: Future<Output = Outcome> + Send + 'static,
    {
        let control = Arc::new(Control::default());
        let before = seed.before.clone();
        let input = seed.input.clone();
        let view = seed.view();
        let live = Arc::new(Running { control: Arc::clone(&control), view: Mutex::new(view.clone()) });
        {
            let mut running = self.running();
            if let Some(other) =
                running.values().map(|other| other.now()).find(|other| other.kind == view.kind)
            {
                return Err(StudioError::JobBusy { title: other.title });
            }
            match before {
                Some(before) => self.records.continue_job(&before.view)?,
                None => self.records.begin_job(&view, &input)?,
            }
            running.insert(view.id.clone(), Arc::clone(&live));
        }
        self.bell.job(view.clone());
        let work = work(control);
        let jobs = Arc::clone(self);
        tokio::spawn(async move { jobs.follow(live, work, topics).await });
        Ok(view)
    }

    async fn follow<F>(&self, live: Arc<Running>, work: F, topics: &[Topic])
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        let mut job = live.now();
        let control = &live.control;
        let mut work = tokio::spawn(work);
        let mut beat = tokio::time::interval(BEAT);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        let mut rate = Rate::default();
        let outcome = loop {
            tokio::select! {
                ended = &mut work => break ended.unwrap_or_else(|error| Err(StudioError::internal(&error))),
                _ = beat.tick() => {
                    let (done, total, step) = control.now();
                    if (done, total, step.as_str()) != (job.done, job.total, job.step.as_str()) {
                        (job.done, job.total, job.step) = (done, total, step);
                        (job.per_minute, job.seconds_left) = rate.of(std::time::Instant::now(), done, total);
                        job.updated_at = now();
                        live.set(&job);
                        // The work itself is safe on disk; only this row would be behind.
                        if let Err(error) = self.records.job_progress(&job) {
                            tracing::warn!(code = error.code(), "the job row could not be written: {error}");
                        }
                        self.bell.job(job.clone());
                    }
                }
            }
        };
        let (done, total, step) = control.now();
        (job.done, job.total, job.step) = (done, total, step);
        (job.per_minute, job.seconds_left, job.updated_at) = (None, None, now());
        if let Err(error) = self.records.job_progress(&job) {
            tracing::warn!(code = error.code(), "the job row could not be written: {error}");
        }
        match (outcome, control.wish()) {
            (Ok(sentence), _) => {
                job.state = JobState::Done;
                job.outcome = Some(sentence);
            }
            (Err(error), Wish::Pause) if error.is_stopped() => job.state = JobState::Paused,
            (Err(error), Wish::Cancel) if error.is_stopped() => job.state = JobState::Cancelled,
            (Err(error), _) => {
                tracing::warn!(code = error.code(), "{error}");
                job.state = JobState::Failed;
                job.error = Some(error.report());
            }
        }
        if let Err(error) = self.records.end_job(&job) {
            tracing::warn!(code = error.code(), "the job row could not be written: {error}");
        }
        self.running().remove(&job.id);
        self.bell.job(job);
        self.bell.changed(topics);
    }
}

impl Running {
    fn now(&self) -> JobView {
        self.view.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, view: &JobView) {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = view.clone();
    }
}

/// What a job starts from: a new request, or one that was stored.
pub(crate) struct JobSeed {
    kind: JobKind,
    title: String,
    input: serde_json::Value,
    before: Option<StoredJob>,
}

impl JobSeed {
    /// A new request.
    pub(crate) fn new(kind: JobKind, title: String, input: serde_json::Value) -> Self {
        Self { kind, title, input, before: None }
    }

    /// Takes up a stored job under its own id.
    pub(crate) fn again(self, before: StoredJob) -> Self {
        Self { before: Some(before), ..self }
    }

    fn view(self) -> JobView {
        let at = now();
        match self.before {
            Some(before) => JobView {
                state: JobState::Running,
                error: None,
                outcome: None,
                updated_at: at,
                title: self.title,
                ..before.view
            },
            None => JobView {
                id: Ulid::generate().to_string(),
                kind: self.kind,
                title: self.title,
                step: String::new(),
                state: JobState::Running,
                done: 0,
                total: 0,
                per_minute: None,
                seconds_left: None,
                picked_up_at: None,
                outcome: None,
                error: None,
                can_pause: can_pause(self.kind),
                started_at: at.clone(),
                updated_at: at,
            },
        }
    }
}
