//! What gas costs now: low, typical and high, in wei per gas.

use alloy::{primitives::U256, providers::Provider, rpc::types::FeeHistory};
use serde::{Deserialize, Serialize};

use crate::{ChainError, Endpoint};

/// Blocks looked at: about four minutes of Ethereum.
const BLOCKS: u64 = 20;
/// Percentiles of the tips paid inside a block.
const PERCENTILES: [f64; 3] = [10.0, 50.0, 90.0];

/// Prices in wei per gas, base fee and tip together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeQuotes {
    /// The lowest base fee of the window and a tip that 10 % undercut.
    #[serde(with = "crate::decimal")]
    pub low: U256,
    /// The next block's base fee and the median tip.
    #[serde(with = "crate::decimal")]
    pub typical: U256,
    /// Twice the highest base fee (six full blocks in a row) and a tip that 10 % exceed: a cap, not a guess.
    #[serde(with = "crate::decimal")]
    pub high: U256,
    /// The next block's base fee alone.
    #[serde(with = "crate::decimal")]
    pub base_fee: U256,
    /// The median tip alone.
    #[serde(with = "crate::decimal")]
    pub tip: U256,
    /// Where the numbers come from, in words.
    pub source: String,
}

impl FeeQuotes {
    /// Quotes for a chain nobody has: one price for all, said to be assumed.
    #[must_use]
    pub fn assumed(typical: U256) -> Self {
        Self {
            low: typical / U256::from(2),
            typical,
            high: typical * U256::from(2),
            base_fee: typical,
            tip: U256::ZERO,
            source: "assumed: there is no network to ask".to_owned(),
        }
    }

    /// Quotes from a fee history with the tips at the 10th, 50th and 90th percentile. `None` when it is empty.
    /// `fallback_tip` is taken when every block of the window was empty.
    #[must_use]
    pub fn from_history(history: &FeeHistory, fallback_tip: U256, source: String) -> Option<Self> {
        let bases = &history.base_fee_per_gas;
        let (next, lowest, highest) = (*bases.last()?, *bases.iter().min()?, *bases.iter().max()?);
        let rewards = history.reward.as_deref().unwrap_or_default();
        let middle = |column: usize| {
            // An empty block reports zeros, which are not a price.
            let mut tips: Vec<u128> =
                rewards.iter().filter_map(|row| row.get(column).copied()).filter(|tip| *tip > 0).collect();
            tips.sort_unstable();
            tips.get(tips.len() / 2).map_or(fallback_tip, |tip| U256::from(*tip))
        };
        let tip = middle(1);
        Some(Self {
            low: U256::from(lowest) + middle(0).min(tip),
            typical: U256::from(next) + tip,
            high: U256::from(highest) * U256::from(2) + middle(2).max(tip),
            base_fee: U256::from(next),
            tip,
            source,
        })
    }

    /// Ask a chain.
    pub async fn ask(endpoint: &Endpoint) -> Result<Self, ChainError> {
        let history = endpoint.fee_history(BLOCKS, &PERCENTILES).await?;
        let suggested = endpoint.provider().get_max_priority_fee_per_gas().await;
        // Not every chain has tips; then there is none to pay.
        let fallback = suggested.map_or(U256::ZERO, U256::from);
        let source = format!("the newest blocks of {}", endpoint.label());
        Self::from_history(&history, fallback, source).ok_or_else(|| ChainError::Rubbish {
            endpoint: endpoint.label().to_owned(),
            method: "eth_feeHistory",
            reason: "it names no base fee".to_owned(),
        })
    }

    /// Cost of `gas` at low, typical and high.
    #[must_use]
    pub fn cost(&self, gas: u64) -> [U256; 3] {
        [self.low, self.typical, self.high].map(|fee| fee * U256::from(gas))
    }
}
