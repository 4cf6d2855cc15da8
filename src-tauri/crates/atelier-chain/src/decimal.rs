//! Wei in JSON: a decimal string, which no JSON reader rounds. For `#[serde(with = "atelier_chain::decimal")]`.

use alloy::primitives::U256;
use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

/// Write a decimal string.
pub fn serialize<S: Serializer>(value: &U256, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Read a decimal string.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<U256, D::Error> {
    let text = String::deserialize(deserializer)?;
    U256::from_str_radix(&text, 10).map_err(D::Error::custom)
}
