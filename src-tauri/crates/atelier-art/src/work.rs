//! Work spread over threads, started in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::ArtError;

/// Calls `work` once per item on `threads` threads, each with its own `scratch`. Items are *started* in order, so that
/// what a person sees first is finished first. After an error no further item is started; the error of the earliest
/// item is returned.
pub(crate) fn for_each<T: Sync, S>(
    items: &[T],
    threads: usize,
    scratch: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Result<(), ArtError> + Sync,
) -> Result<(), ArtError> {
    let next = AtomicUsize::new(0);
    let failure: Mutex<Option<(usize, ArtError)>> = Mutex::new(None);
    let run = || {
        let mut scratch = scratch();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return };
            if let Err(error) = work(&mut scratch, item) {
                next.store(items.len(), Ordering::Relaxed);
                let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
                if failure.as_ref().is_none_or(|(earlier, _)| index < *earlier) {
                    *failure = Some((index, error));
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.clamp(1, items.len().max(1)) {
            scope.spawn(run);
        }
        run();
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}
