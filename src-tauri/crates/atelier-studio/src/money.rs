//! Wei as people read it. Wei is never a float; these functions only print.
use alloy::primitives::{U256, utils::format_units};

/// Parses a decimal string of wei.
pub(crate) fn wei(text: &str) -> Option<U256> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| U256::from_str_radix(text, 10).ok())
        .flatten()
}

/// `"84000000000000000"` as `0.0840 ETH`: every digit that is not a trailing zero, at least four decimals.
/// Text that is not wei is returned as it is.
#[must_use]
pub fn ether(text: &str) -> String {
    match wei(text) {
        Some(value) => format!("{} ETH", decimals(value)),
        None => text.to_owned(),
    }
}

/// Ether with at least four decimals and no trailing zero beyond them.
pub(crate) fn decimals(value: U256) -> String {
    let full = format_units(value, 18).unwrap_or_else(|_| value.to_string());
    let Some((whole, part)) = full.split_once('.') else { return full };
    let kept = part.trim_end_matches('0').len().max(4).min(part.len());
    format!("{whole}.{}", &part[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ether_keeps_every_digit_and_pads_to_four() {
        assert_eq!(ether("84000000000000000"), "0.0840 ETH", "padded to four decimals");
        assert_eq!(ether("1"), "0.000000000000000001 ETH", "one wei is not rounded away");
        assert_eq!(ether("1000000000000000000"), "1.0000 ETH", "a whole ether");
        assert_eq!(ether("rubbish"), "rubbish", "text that is not wei stays as it is");
    }
}
