//! Gas limits before anything was simulated. Each is an upper bound for the contracts of this version, tight
//! enough to sign with; the rehearsal measures the real figures and checks them against these.

/// EIP-7825: no transaction may use more.
pub const TRANSACTION_GAS_CAP: u64 = 16_777_216;

/// The largest batch the contract documents as safe is about 8,000; this leaves a quarter of the cap free.
pub const MAX_BATCH: u32 = 5_000;

/// A batch: start, calldata, the supply word, the run word and a fresh recipient's balance word.
const BATCH_BASE: u64 = 105_000;
/// One token of a batch: its Transfer log (1,875), its share of the bitmap word, the loop.
const BATCH_TOKEN: u64 = 2_350;

/// Limit for a batch of `tokens`.
#[must_use]
pub fn batch_gas(tokens: u32) -> u64 {
    BATCH_BASE + BATCH_TOKEN * u64::from(tokens)
}

/// Limit for a creation through the deterministic proxy.
pub(crate) fn creation_gas(calldata: &[u8], runtime: usize) -> u64 {
    let zeros = calldata.iter().filter(|byte| **byte == 0).count() as u64;
    let data = 4 * zeros + 16 * (calldata.len() as u64 - zeros);
    // Start and creation, code deposit (200 a byte), initcode words and memory, constructor and proxy.
    let total = 53_000 + data + 200 * runtime as u64 + calldata.len() as u64 / 2 + 60_000;
    total + total / 20
}

/// Limit for creating a drop: clone, thirteen fixed words, the strings in words of 32 bytes, calldata.
pub(crate) fn create_drop_gas(calldata: usize, string_words: usize) -> u64 {
    320_000 + 16 * calldata as u64 + 25_000 * string_words as u64
}

/// Limit for freezing the metadata.
pub(crate) const FREEZE_GAS: u64 = 60_000;
