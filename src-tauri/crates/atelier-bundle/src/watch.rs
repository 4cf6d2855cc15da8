use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a long piece of work is doing at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading pictures and computing their identifiers; counts files.
    HashImages,
    /// Writing and hashing token metadata; counts files.
    WriteMetadata,
    /// Writing CAR archives; counts files packed.
    WriteCars,
    /// Recomputing what a bundle on disk claims; counts files.
    Verify,
    /// Handing archives to a storage target; counts bytes.
    Store,
    /// Fetching stored content back and hashing it; counts files.
    Recheck,
}

/// A step of progress. `done` never exceeds `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The kind of work, which also says what is counted.
    pub stage: Stage,
    /// Units finished.
    pub done: u64,
    /// Units in all.
    pub total: u64,
}

/// How a caller follows long work and stops it. Cheap to clone; works from any thread.
#[derive(Clone)]
pub struct Watch {
    report: Arc<dyn Fn(Progress) + Send + Sync>,
    cancel: Arc<AtomicBool>,
}

impl Watch {
    /// Reports to `report` and stops soon after `cancel` becomes true.
    pub fn new(report: impl Fn(Progress) + Send + Sync + 'static, cancel: Arc<AtomicBool>) -> Self {
        Self { report: Arc::new(report), cancel }
    }

    /// Neither reports nor stops.
    pub fn silent() -> Self {
        Self::new(|_| {}, Arc::new(AtomicBool::new(false)))
    }

    /// Whether the caller asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Tells the caller how far the work is.
    pub fn report(&self, stage: Stage, done: u64, total: u64) {
        (self.report)(Progress { stage, done, total });
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("cancelled", &self.is_cancelled()).finish_non_exhaustive()
    }
}
