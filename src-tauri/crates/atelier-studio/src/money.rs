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

/// Ether for lists and sentences: rounded to four decimals; what would become nothing keeps two figures.
pub(crate) fn rounded(value: U256) -> String {
    for places in [4_u32, 6, 8, 10, 12, 14, 16] {
        let unit = U256::from(10).pow(U256::from(18 - places));
        let units = (value + unit / U256::from(2)) / unit;
        if value.is_zero() || units >= U256::from(10) || places == 16 {
            return format_units(units * unit, 18)
                .map_or_else(|_| value.to_string(), |full| cut(&full, places as usize));
        }
    }
    value.to_string()
}

fn cut(full: &str, places: usize) -> String {
    match full.split_once('.') {
        Some((whole, part)) => format!("{whole}.{}", &part[..places.min(part.len())]),
        None => full.to_owned(),
    }
}

/// A whole number with its thousands apart: `81,500`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_round_but_never_to_nothing() {
        let short = |text: &str| rounded(wei(text).expect("wei"));
        assert_eq!(short("8138271805021090"), "0.0081", "four decimals");
        assert_eq!(
            short("678398122654284"),
            "0.000678",
            "two figures more where four decimals would say too little"
        );
        assert_eq!(short("103922460000000000"), "0.1039", "rounded to the nearest");
        assert_eq!(short("0"), "0.0000", "nothing is nothing");
        assert_eq!(thousands(4_338_851), "4,338,851", "thousands apart");
        assert_eq!(thousands(500), "500", "short numbers as they are");
    }

    #[test]
    fn ether_keeps_every_digit_and_pads_to_four() {
        assert_eq!(ether("84000000000000000"), "0.0840 ETH", "padded to four decimals");
        assert_eq!(ether("1"), "0.000000000000000001 ETH", "one wei is not rounded away");
        assert_eq!(ether("1000000000000000000"), "1.0000 ETH", "a whole ether");
        assert_eq!(ether("rubbish"), "rubbish", "text that is not wei stays as it is");
    }
}
