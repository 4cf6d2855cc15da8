//! Wall-clock times for people. Nothing is decided by them.

/// Now, RFC 3339 in UTC with whole seconds.
pub(crate) fn now() -> String {
    rfc3339_ms(now_ms())
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Unix seconds now.
pub(crate) fn unix_seconds() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or(0)
}

/// RFC 3339 with whole seconds; the number itself where it is beyond what a calendar can say.
pub(crate) fn rfc3339_ms(ms: i64) -> String {
    jiff::Timestamp::from_second(ms.div_euclid(1_000)).map_or_else(|_| ms.to_string(), |at| at.to_string())
}

/// RFC 3339 of unix seconds.
pub(crate) fn rfc3339(seconds: u64) -> String {
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| seconds.checked_mul(1_000))
        .map_or_else(|| seconds.to_string(), rfc3339_ms)
}
