use serde::{Deserialize, Serialize};

/// Tokens `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRange {
    /// First token id.
    pub first: u32,
    /// Last token id.
    pub last: u32,
}

impl TokenRange {
    /// How many tokens.
    #[must_use]
    pub fn count(self) -> u32 {
        self.last - self.first + 1
    }
}

/// Cut tokens `1..=batched` into batches of `batch_size`; the last one takes what is left. `batch_size` must
/// not be zero.
pub fn batches(batched: u32, batch_size: u32) -> impl Iterator<Item = TokenRange> {
    (0..batched.div_ceil(batch_size)).map(move |index| {
        let before = index * batch_size;
        TokenRange { first: before + 1, last: before + batch_size.min(batched - before) }
    })
}
