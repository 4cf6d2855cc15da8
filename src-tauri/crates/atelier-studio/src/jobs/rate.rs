//! Rate and time left, said only once the rate is steady.
use std::time::{Duration, Instant};

/// How long a rate must hold before it is shown (design/NOTES.md section 7).
const STEADY: Duration = Duration::from_secs(5);

/// Measures a job's rate over its own run.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    first: Option<(Instant, u32)>,
}

impl Rate {
    /// Items per minute and seconds left, once 5 s of progress were seen.
    pub(crate) fn of(&mut self, at: Instant, done: u32, total: u32) -> (Option<u32>, Option<u32>) {
        let (start, from) = *self.first.get_or_insert((at, done));
        let elapsed = at.saturating_duration_since(start);
        let made = done.saturating_sub(from);
        if elapsed < STEADY || made == 0 {
            return (None, None);
        }
        let millis = elapsed.as_millis().max(1);
        let per_minute = u128::from(made) * 60_000 / millis;
        let left = u128::from(total.saturating_sub(done)) * millis / (u128::from(made) * 1_000);
        (u32::try_from(per_minute).ok(), u32::try_from(left).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_nothing_before_five_seconds_and_then_the_truth() {
        let mut rate = Rate::default();
        let start = Instant::now();
        assert_eq!(rate.of(start, 400, 1_000), (None, None), "nothing was made yet");
        assert_eq!(rate.of(start + Duration::from_secs(4), 480, 1_000), (None, None), "not steady yet");
        let later = rate.of(start + Duration::from_secs(10), 500, 1_000);
        assert_eq!(later, (Some(600), Some(50)), "100 in 10 s are 600 a minute, and 500 are left");
    }
}
