use crate::RelayError;

/// What the market asks now, in wei per unit of gas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fees {
    /// Base fee of the newest block.
    pub base: u128,
    /// Suggested tip.
    pub tip: u128,
}

/// What the lane may pay, in wei per unit of gas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeePolicy {
    /// No transaction is signed above this fee per gas, bumps included.
    pub ceiling: u128,
    /// Least tip.
    pub least_tip: u128,
}

/// The two fields of an EIP-1559 transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bid {
    pub max_fee: u128,
    pub tip: u128,
}

/// Opening bid: twice the base fee plus the tip survives six full blocks in a row. Clamped to the ceiling;
/// `None` when even the present base fee does not fit under it.
pub(crate) fn opening(fees: Fees, policy: FeePolicy) -> Option<Bid> {
    let tip = fees.tip.max(policy.least_tip);
    if fees.base.saturating_add(tip) > policy.ceiling {
        return None;
    }
    let max_fee = fees.base.saturating_mul(2).saturating_add(tip).min(policy.ceiling);
    Some(Bid { max_fee, tip })
}

/// Replacement bid: at least 12.5 % more on **both** fields, rounded up and one wei on top (nodes refuse
/// less than 10 %, some less than 12.5 %, and rounding down has broken that rule before), and at least the
/// market. `None` when it would pass the ceiling.
pub(crate) fn bump(last: Bid, fees: Fees, policy: FeePolicy) -> Option<Bid> {
    let market = opening(fees, policy)?;
    let raised = Bid {
        max_fee: eighth_more(last.max_fee).max(market.max_fee),
        tip: eighth_more(last.tip).max(market.tip),
    };
    (raised.max_fee <= policy.ceiling).then_some(raised)
}

fn eighth_more(wei: u128) -> u128 {
    wei.saturating_add(wei.div_ceil(8)).saturating_add(1)
}

/// The most a transaction can cost: all its gas at its fee cap, and its value.
pub(crate) fn worst_case(gas_limit: u64, max_fee: u128, value: u128) -> Result<u128, RelayError> {
    u128::from(gas_limit)
        .checked_mul(max_fee)
        .and_then(|gas| gas.checked_add(value))
        .ok_or(RelayError::AmountTooLarge { what: "gas limit × fee + value" })
}

#[cfg(test)]
mod tests {
    use super::{Bid, FeePolicy, Fees, bump, opening};

    const POLICY: FeePolicy = FeePolicy { ceiling: 1_000, least_tip: 1 };

    #[test]
    fn a_bump_is_an_eighth_on_both_fields_and_never_rounds_down() {
        for wei in [0, 1, 7, 8, 9, 99, 500] {
            let last = Bid { max_fee: wei, tip: wei };
            let next = bump(last, Fees { base: 0, tip: 0 }, POLICY).expect("under the ceiling");
            assert!(next.max_fee * 1_000 >= wei * 1_125 && next.max_fee > wei, "fee {wei} → {next:?}");
            assert!(next.tip * 1_000 >= wei * 1_125 && next.tip > wei, "tip {wei} → {next:?}");
        }
    }

    #[test]
    fn nothing_passes_the_ceiling() {
        assert_eq!(opening(Fees { base: 1_000, tip: 1 }, POLICY), None, "base fee above the ceiling");
        assert_eq!(
            opening(Fees { base: 900, tip: 1 }, POLICY).map(|bid| bid.max_fee),
            Some(1_000),
            "clamped"
        );
        let last = Bid { max_fee: 950, tip: 1 };
        assert_eq!(bump(last, Fees { base: 1, tip: 1 }, POLICY), None, "an eighth more would pass it");
    }

    #[test]
    fn a_bump_follows_the_market_when_that_is_higher() {
        let last = Bid { max_fee: 10, tip: 1 };
        let next = bump(last, Fees { base: 200, tip: 5 }, POLICY).expect("under the ceiling");
        assert_eq!(next, Bid { max_fee: 405, tip: 5 }, "twice the base fee and the market's tip");
    }
}
