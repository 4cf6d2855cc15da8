//! From targets to exact counts.
//!
//! For each layer and a supply of *n* tokens:
//! 1. a **count** is taken as it is;
//! 2. **percentages** are shares of the whole supply: together they get *n* × Σpercent / 100 tokens, rounded half up,
//!    divided by the largest remainder method. When the layer has no weights they must use up exactly what the counts
//!    leave (a difference of less than one token is rounding and is given to them);
//! 3. **weights** divide what is left, by the largest remainder method.
//!
//! Largest remainder: everybody first gets the whole part of the exact share; the tokens still missing go one each to
//! the largest remainders. Equal remainders are served in file order, going without ("none") last. Everything is
//! computed in integers, so every machine gives the same counts.

use crate::drop::{Drop, Layer, Percent, Target};
use crate::error::{CollectionError, TargetProblem};
use crate::plan::LayerCounts;

/// Exact counts for every layer; each layer's counts add up to `supply`.
///
/// # Errors
/// [`CollectionError::ImpossibleTarget`] for the first layer that cannot add up.
pub fn resolve(drop: &Drop, supply: u32) -> Result<Vec<LayerCounts>, CollectionError> {
    drop.layers
        .iter()
        .map(|layer| {
            resolve_layer(layer, supply).map_err(|problem| CollectionError::ImpossibleTarget {
                at: None,
                layer: layer.name.clone(),
                supply,
                problem,
            })
        })
        .collect()
}

/// Exact counts for one layer.
///
/// # Errors
/// Why its targets do not add up to `supply`.
pub fn resolve_layer(layer: &Layer, supply: u32) -> Result<LayerCounts, TargetProblem> {
    let targets: Vec<Target> = layer.traits.iter().map(|item| item.target).chain(layer.none).collect();
    let mut counts = shares(&targets, supply)?;
    let none = if layer.none.is_some() { counts.pop().unwrap_or(0) } else { 0 };
    Ok(LayerCounts { none, traits: counts })
}

fn shares(targets: &[Target], supply: u32) -> Result<Vec<u32>, TargetProblem> {
    let total = u64::from(supply);
    let mut counted = 0_u64;
    let mut percents = Vec::new();
    let mut weights = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        match *target {
            Target::Count(count) => counted += u64::from(count),
            Target::Percent(percent) => percents.push((index, u64::from(percent.parts()))),
            Target::Weight(weight) => weights.push((index, u64::from(weight))),
        }
    }
    if counted > total {
        return Err(TargetProblem::CountsExceedSupply { counts: counted, supply });
    }
    let left = total - counted;
    let hundred = u64::from(Percent::HUNDRED.parts());
    let parts: u64 = percents.iter().map(|(_, parts)| parts).sum();
    if parts > hundred {
        return Err(TargetProblem::PercentAboveHundred { percent: decimal(parts) });
    }
    let rounded = (total * parts + hundred / 2) / hundred;
    let by_percent = if weights.is_empty() {
        if percents.is_empty() && left > 0 {
            return Err(TargetProblem::CountsBelowSupply { counts: counted, supply });
        }
        if (total * parts).abs_diff(left * hundred) >= hundred {
            return Err(TargetProblem::SharesMissSupply { taken: counted + rounded });
        }
        left
    } else {
        rounded
    };
    if by_percent > left {
        return Err(TargetProblem::SharesExceedSupply { taken: counted + by_percent });
    }
    let by_weight = left - by_percent;
    if by_weight > 0 && weights.iter().all(|&(_, weight)| weight == 0) {
        return Err(TargetProblem::NoWeight { left: by_weight });
    }
    let mut out: Vec<u32> = targets
        .iter()
        .map(|target| match *target {
            Target::Count(count) => count,
            Target::Percent(_) | Target::Weight(_) => 0,
        })
        .collect();
    largest_remainder(&percents, by_percent, &mut out);
    largest_remainder(&weights, by_weight, &mut out);
    Ok(out)
}

/// Divides `total` among `(index, weight)` and writes the parts to `out[index]`.
fn largest_remainder(weights: &[(usize, u64)], total: u64, out: &mut [u32]) {
    let sum: u128 = weights.iter().map(|&(_, weight)| u128::from(weight)).sum();
    if sum == 0 {
        return;
    }
    let mut remainders = Vec::with_capacity(weights.len());
    let mut given = 0_u64;
    for &(index, weight) in weights {
        let exact = u128::from(total) * u128::from(weight);
        let whole = u32::try_from(exact / sum).expect("a share is at most the supply, which is a u32");
        out[index] = whole;
        given += u64::from(whole);
        remainders.push((exact % sum, index));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let missing = usize::try_from(total - given).expect("fewer than one token per weight is missing");
    for &(_, index) in remainders.iter().take(missing) {
        out[index] += 1;
    }
}

fn decimal(parts: u64) -> String {
    let (whole, decimals) = (parts / 10_000, parts % 10_000);
    let text = format!("{whole}.{decimals:04}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
