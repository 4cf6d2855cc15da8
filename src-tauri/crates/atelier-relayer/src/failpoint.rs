//! Named places between two persisted steps, where a test may kill the process.
//!
//! With the cargo feature `failpoints`, `ATELIER_FAILPOINT=name` or `name:n` makes the process abort at the
//! first (or n-th) passage of that point, exactly as SIGKILL would: no destructor, no flush. Without the
//! feature [`hit`] is empty.

/// All points, in the order a fresh intent passes them. The two `-bump-` points are passed only when a
/// transaction is stuck.
pub const POINTS: [&str; 14] = [
    "after-intent",
    "before-reserve",
    "after-reserve",
    "before-sign",
    "after-sign-commit",
    "before-send",
    "after-send",
    "after-sent-commit",
    "after-receipt-seen",
    "after-inclusion-commit",
    "after-settle",
    "before-final",
    "after-final",
    "after-bump-commit",
];

/// Passes the point `name`.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn hit(_name: &str) {}

/// Passes the point `name`; aborts the process when the environment asks for it.
#[cfg(feature = "failpoints")]
pub fn hit(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static WANTED: OnceLock<Option<(String, u64)>> = OnceLock::new();
    static SEEN: AtomicU64 = AtomicU64::new(0);

    debug_assert!(POINTS.contains(&name), "{name} is not in the list of points");
    let wanted = WANTED.get_or_init(|| {
        let text = std::env::var("ATELIER_FAILPOINT").ok()?;
        Some(match text.split_once(':') {
            Some((point, count)) => (point.to_owned(), count.parse().unwrap_or(1)),
            None => (text, 1),
        })
    });
    if let Some((point, count)) = wanted
        && point == name
        && SEEN.fetch_add(1, Ordering::SeqCst) + 1 == *count
    {
        std::process::abort();
    }
}
