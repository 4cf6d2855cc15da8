//! How many blocks to ask for at once. Limits differ by node and day and are learned, never configured.

/// One header in this many is kept for ever; no range crosses one.
pub(crate) const SPARSE: u64 = 10_000;

/// The learned size of a range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RangeSize {
    blocks: u64,
    wanted_logs: usize,
}

impl RangeSize {
    pub fn new(first: u64, wanted_logs: usize) -> Self {
        Self { blocks: first.clamp(1, SPARSE), wanted_logs }
    }

    /// Last block of the range that begins at `from`.
    pub fn end(&self, from: u64, head: u64) -> u64 {
        let sparse = from.div_ceil(SPARSE) * SPARSE;
        (from + self.blocks - 1).min(head).min(sparse.max(from))
    }

    /// The node answered `logs` logs.
    pub fn answered(&mut self, logs: usize) {
        if logs > self.wanted_logs {
            self.blocks = (self.blocks / 2).max(1);
        } else if logs * 10 < self.wanted_logs * 3 {
            self.blocks = (self.blocks * 2).min(SPARSE);
        }
    }

    /// The node refused a range of `blocks`. False when it cannot be smaller.
    pub fn refused(&mut self, blocks: u64) -> bool {
        self.blocks = (blocks / 2).max(1);
        blocks > 1
    }
}

#[cfg(test)]
mod tests {
    use super::{RangeSize, SPARSE};

    #[test]
    fn ranges_halve_on_refusal_and_grow_back() {
        let mut size = RangeSize::new(2_000, 5_000);
        assert!(size.refused(2_000), "it can be smaller");
        assert_eq!(size.end(1, 1_000_000), 1_000, "half");
        assert!(!size.refused(1), "one block cannot be halved");
        size.answered(10);
        assert_eq!(size.end(1, 1_000_000), 2, "few logs double it");
        size.answered(4_000);
        assert_eq!(size.end(1, 1_000_000), 2, "enough logs keep it");
    }

    #[test]
    fn ranges_end_at_the_head_and_at_every_sparse_header() {
        let size = RangeSize::new(SPARSE, 5_000);
        assert_eq!(size.end(9_999, 1_000_000), SPARSE, "stops at the sparse header");
        assert_eq!(size.end(10_000, 1_000_000), SPARSE, "which can be a range of its own");
        assert_eq!(size.end(10_001, 1_000_000), 2 * SPARSE, "then runs to the next");
        assert_eq!(size.end(3, 5), 5, "never past the head");
    }
}
