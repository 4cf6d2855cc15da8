//! Rarity by information content.
//!
//! A trait that *c* of *n* tokens wear carries log₂(n / c) bits; a token's score is the sum over its layers, going
//! without a layer counting like a trait. The rarest token has rank 1; equal scores are ranked by id.
//!
//! Scores are whole numbers of 2⁻³² bits, so that every machine gets the same ranks. log₂(c) is computed as follows: the
//! integer part *k* is the position of the highest set bit; let m = c · 2^(63−k), a number in [2⁶³, 2⁶⁴); 32 times: let
//! m = ⌊m² / 2⁶³⌋; if m ≥ 2⁶⁴ append the bit 1 and let m = ⌊m / 2⌋, else append 0. The bits appended are the fraction,
//! rounded down. A trait's score is log₂(n) − log₂(c) of these.

use serde::{Deserialize, Serialize};

use crate::plan::{LayerCounts, Plan};

/// Scores and ranks of a whole plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rarity {
    /// By token id.
    pub tokens: Vec<TokenRarity>,
}

/// One token's rarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRarity {
    /// Token id.
    pub id: u32,
    /// Information content in units of 2⁻³² bits.
    pub score: u64,
    /// 1 is the rarest; every rank occurs once.
    pub rank: u32,
}

impl TokenRarity {
    /// The score in thousandths of a bit, rounded down: 28,412 is "28.4 bits".
    pub fn millibits(&self) -> u64 {
        let exact = (u128::from(self.score) * 1_000) >> 32;
        u64::try_from(exact).unwrap_or(u64::MAX)
    }
}

impl Rarity {
    /// Ranks every token of a plan.
    pub fn of(plan: &Plan) -> Self {
        let supply = log2(plan.supply);
        let bits = |count: u32| if count == 0 { 0 } else { supply.saturating_sub(log2(count)) };
        let table: Vec<(u64, Vec<u64>)> = plan
            .targets
            .iter()
            .map(|LayerCounts { none, traits }| {
                (bits(*none), traits.iter().map(|&count| bits(count)).collect())
            })
            .collect();
        let mut tokens: Vec<TokenRarity> = plan
            .tokens
            .iter()
            .map(|token| {
                let score = table
                    .iter()
                    .zip(&token.picks)
                    .map(|((none, traits), pick)| {
                        pick.map_or(*none, |index| traits.get(usize::from(index)).copied().unwrap_or(0))
                    })
                    .sum();
                TokenRarity { id: token.id, score, rank: 0 }
            })
            .collect();
        let mut order: Vec<usize> = (0..tokens.len()).collect();
        order.sort_by(|&a, &b| tokens[b].score.cmp(&tokens[a].score).then(tokens[a].id.cmp(&tokens[b].id)));
        for (rank, index) in (1..).zip(order) {
            tokens[index].rank = rank;
        }
        Self { tokens }
    }
}

/// log₂ in units of 2⁻³² bits, rounded down; 0 for 0.
fn log2(value: u32) -> u64 {
    let Some(whole) = value.checked_ilog2() else { return 0 };
    let mut mantissa = u128::from(value) << (63 - whole);
    let mut bits = u64::from(whole);
    for _ in 0..32 {
        mantissa = (mantissa * mantissa) >> 63;
        let bit = mantissa >> 64;
        bits = (bits << 1) | u64::from(bit > 0);
        mantissa >>= u32::from(bit > 0);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::log2;

    #[test]
    fn logarithms_agree_with_floating_point() {
        for value in (1..5_000).chain([65_535, 999_999, u32::MAX]) {
            let exact = f64::from(value).log2() * 4_294_967_296.0;
            let ours = log2(value) as f64;
            // Truncation in the mantissa may lose a few units of 2^-32; more would be a mistake.
            assert!((exact - ours).abs() < 8.0, "log2({value}): {exact} against {ours}");
        }
        assert_eq!(log2(1), 0, "one of one carries no information");
        assert_eq!(log2(8), 3 << 32, "powers of two are exact");
    }
}
