use std::time::{Duration, Instant, SystemTime};

/// One moment on two clocks.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Never goes back, but may stand still while the machine sleeps.
    pub steady: Instant,
    /// Goes on while the machine sleeps, but may be set back.
    pub wall: SystemTime,
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment { steady: Instant::now(), wall: SystemTime::now() }
    }
}

/// The end of a while. It has come when either clock says so: a lid closed over an open key for a night must
/// not leave it open in the morning, and setting the clock back must not either.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Moment);

impl Deadline {
    /// None when `length` is beyond what a clock can say.
    pub(crate) fn after(now: Moment, length: Duration) -> Option<Self> {
        Some(Self(Moment { steady: now.steady.checked_add(length)?, wall: now.wall.checked_add(length)? }))
    }

    /// Time left, or none when it has come.
    pub(crate) fn left(self, now: Moment) -> Option<Duration> {
        let steady = self.0.steady.checked_duration_since(now.steady)?;
        let wall = self.0.wall.duration_since(now.wall).ok()?;
        Some(steady.min(wall)).filter(|left| !left.is_zero())
    }
}
