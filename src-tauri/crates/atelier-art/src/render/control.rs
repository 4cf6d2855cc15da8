use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Pauses and stops a render from another thread. A picture that was begun is finished first.
#[derive(Debug, Default)]
pub struct Control {
    wish: Mutex<Wish>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Wish {
    #[default]
    Run,
    Pause,
    Cancel,
}

impl Control {
    /// A control that lets the work run.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the work for good.
    pub fn cancel(&self) {
        *self.wish() = Wish::Cancel;
        self.changed.notify_all();
    }

    /// Holds the work until [`Control::resume`]. Has no effect after [`Control::cancel`].
    pub fn pause(&self) {
        self.change(Wish::Run, Wish::Pause);
    }

    /// Lets paused work go on.
    pub fn resume(&self) {
        self.change(Wish::Pause, Wish::Run);
    }

    /// Whether the work was told to stop.
    pub fn is_cancelled(&self) -> bool {
        *self.wish() == Wish::Cancel
    }

    /// Whether the work is held.
    pub fn is_paused(&self) -> bool {
        *self.wish() == Wish::Pause
    }

    /// Waits while paused; false when the work must stop.
    pub(crate) fn may_go_on(&self) -> bool {
        let wish = self
            .changed
            .wait_while(self.wish(), |wish| *wish == Wish::Pause)
            .unwrap_or_else(PoisonError::into_inner);
        *wish != Wish::Cancel
    }

    fn change(&self, from: Wish, to: Wish) {
        let mut wish = self.wish();
        if *wish == from {
            *wish = to;
            self.changed.notify_all();
        }
    }

    fn wish(&self) -> MutexGuard<'_, Wish> {
        self.wish.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
