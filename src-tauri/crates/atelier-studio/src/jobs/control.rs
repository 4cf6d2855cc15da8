//! How a running job is steered and how it says where it is.
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// A job's wish, as its work sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Go on.
    Run,
    /// Stop at the next safe point and wait.
    Pause,
    /// Stop at the next safe point for good.
    Cancel,
}

/// Shared between the work and whoever steers it. Cheap to ask, from any thread.
#[derive(Debug, Default)]
pub(crate) struct Control {
    wish: AtomicU8,
    /// True once the work should stop at its next safe point, for a while or for good. Every kind of work here
    /// continues from what it wrote, so pausing is stopping and resuming is running it again. Rooms take it as is.
    stop: Arc<AtomicBool>,
    done: AtomicU32,
    total: AtomicU32,
    step: Mutex<String>,
}

impl Control {
    /// What the work should do now.
    pub(crate) fn wish(&self) -> Wish {
        match self.wish.load(Ordering::Acquire) {
            0 => Wish::Run,
            1 => Wish::Pause,
            _ => Wish::Cancel,
        }
    }

    /// The flag that rooms watch.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    pub(crate) fn ask(&self, wish: Wish) {
        self.wish.store(wish as u8, Ordering::Release);
        self.stop.store(wish != Wish::Run, Ordering::Release);
    }

    /// Says how far the work is.
    pub(crate) fn progress(&self, done: u32, total: u32) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Says what the work is at.
    pub(crate) fn step(&self, step: &str) {
        if let Ok(mut now) = self.step.lock() {
            step.clone_into(&mut now);
        }
    }

    pub(crate) fn now(&self) -> (u32, u32, String) {
        let step = self.step.lock().map(|step| step.clone()).unwrap_or_default();
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed), step)
    }
}
