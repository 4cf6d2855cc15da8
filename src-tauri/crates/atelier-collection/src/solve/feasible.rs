//! Cheap proofs that no plan exists, each naming what collides.
//!
//! None of them is needed for a correct plan; they turn a long, fruitless repair into an immediate, useful answer.

mod room;

use super::conflict::{Conflict, Share};
use super::masks::CompiledRule;
use crate::drop::Drop;
use crate::error::CollectionError;
use crate::plan::LayerCounts;
use crate::rule::RuleKind;

/// Combinations that are worth counting one by one.
const COUNTABLE: u64 = 20_000;

/// Everything the checks look at.
pub(super) struct Question<'a> {
    pub drop: &'a Drop,
    pub supply: u32,
    pub counts: &'a [LayerCounts],
    pub rules: &'a [CompiledRule],
    pub unique: &'a [usize],
}

pub(super) fn check(
    drop: &Drop,
    supply: u32,
    counts: &[LayerCounts],
    rules: &[CompiledRule],
    unique: &[usize],
) -> Result<(), CollectionError> {
    let question = Question { drop, supply, counts, rules, unique };
    // The most telling proof first: it names single traits where one rule would only count sides.
    let conflict =
        room::pairs(&question).or_else(|| question.rules_alone()).or_else(|| question.combinations());
    match conflict {
        Some(conflict) => Err(CollectionError::Infeasible(Box::new(conflict))),
        None => Ok(()),
    }
}

impl Question<'_> {
    /// Tokens that wear a pick (0 = none).
    pub fn count(&self, layer: usize, pick: usize) -> u32 {
        match pick.checked_sub(1) {
            None => self.counts[layer].none,
            Some(index) => self.counts[layer].traits[index],
        }
    }

    /// Picks of a layer, none included.
    pub fn picks(&self, layer: usize) -> std::ops::Range<usize> {
        0..self.counts[layer].traits.len() + 1
    }

    pub fn share(&self, layer: usize, pick: usize) -> Share {
        let spec = &self.drop.layers[layer];
        Share {
            layer: spec.name.clone(),
            name: pick
                .checked_sub(1)
                .map_or_else(|| format!("no {}", spec.name), |index| spec.traits[index].name.clone()),
            count: self.count(layer, pick),
        }
    }

    pub fn sentence(&self, rule: &CompiledRule) -> String {
        self.drop.rules[rule.index].sentence(self.drop)
    }

    /// Each rule against the targets of its own two sides.
    fn rules_alone(&self) -> Option<Conflict> {
        let supply = u64::from(self.supply);
        self.rules.iter().find_map(|rule| {
            // Picks of one layer exclude one another, so their counts add up; over layers only the largest sum is sure.
            let sums = |side: &super::masks::Side| -> Vec<u64> {
                side.0
                    .iter()
                    .map(|(layer, mask)| {
                        self.picks(*layer)
                            .filter(|&pick| mask[pick])
                            .map(|pick| u64::from(self.count(*layer, pick)))
                            .sum()
                    })
                    .collect()
            };
            let (traits, with) = (sums(&rule.traits), sums(&rule.with));
            let traits = traits.iter().copied().max().unwrap_or(0);
            let with_least = with.iter().copied().max().unwrap_or(0);
            let with_most = with.iter().sum::<u64>().min(supply);
            let overlap = (traits + with_least).saturating_sub(supply);
            let (with, too_many) = match rule.kind {
                RuleKind::Forbid => (with_least, overlap),
                RuleKind::OnlyWith => (with_most, traits.saturating_sub(with_most)),
                RuleKind::AtMost(limit) => (with_least, overlap.saturating_sub(u64::from(limit))),
            };
            (too_many > 0).then(|| Conflict::RuleBroken { rule: self.sentence(rule), traits, with, too_many })
        })
    }

    /// Enough different combinations, for all tokens and for each trait.
    fn combinations(&self) -> Option<Conflict> {
        let live: Vec<Vec<usize>> = self
            .unique
            .iter()
            .map(|&layer| self.picks(layer).filter(|&pick| self.count(layer, pick) > 0).collect())
            .collect();
        let product = live.iter().fold(1_u64, |product, picks| product.saturating_mul(picks.len() as u64));
        if product <= COUNTABLE {
            return self.counted(&live);
        }
        let conflict = (product < u64::from(self.supply)).then(|| self.too_few(product, Vec::new()));
        conflict.or_else(|| {
            self.unique.iter().zip(&live).find_map(|(&layer, picks)| {
                let with_each = product / picks.len().max(1) as u64;
                if product == u64::MAX {
                    return None;
                }
                picks
                    .iter()
                    .find(|&&pick| u64::from(self.count(layer, pick)) > with_each)
                    .map(|&pick| self.too_few_with(layer, pick, with_each, Vec::new()))
            })
        })
    }

    /// Walks all combinations and counts those that no rule forbids. A rule that looks at another layer as well is left
    /// out: it might be kept there.
    fn counted(&self, live: &[Vec<usize>]) -> Option<Conflict> {
        let rules: Vec<&CompiledRule> = self
            .rules
            .iter()
            .filter(|rule| {
                !matches!(rule.kind, RuleKind::AtMost(_))
                    && rule.layers.iter().all(|layer| self.unique.contains(layer))
            })
            .collect();
        let mut row = vec![0_u16; self.counts.len()];
        let mut digits = vec![0; live.len()];
        let mut total = 0_u64;
        let mut with: Vec<Vec<u64>> = live.iter().map(|picks| vec![0; picks.len()]).collect();
        'walk: loop {
            for ((&layer, picks), &digit) in self.unique.iter().zip(live).zip(&digits) {
                row[layer] = u16::try_from(picks[digit]).expect("a layer has at most MAX_TRAITS traits");
            }
            if !rules.iter().any(|rule| rule.broken_by(&row)) {
                total += 1;
                for (with, &digit) in with.iter_mut().zip(&digits) {
                    with[digit] += 1;
                }
            }
            for (digit, picks) in digits.iter_mut().zip(live) {
                *digit += 1;
                if *digit < picks.len() {
                    continue 'walk;
                }
                *digit = 0;
            }
            break;
        }
        let sentences = || rules.iter().map(|rule| self.sentence(rule)).collect::<Vec<_>>();
        if total < u64::from(self.supply) {
            return Some(self.too_few(total, sentences()));
        }
        self.unique.iter().zip(live).zip(&with).find_map(|((&layer, picks), with)| {
            picks
                .iter()
                .zip(with)
                .find(|&(&pick, &with)| u64::from(self.count(layer, pick)) > with)
                .map(|(&pick, &with)| self.too_few_with(layer, pick, with, sentences()))
        })
    }

    fn too_few(&self, combinations: u64, rules: Vec<String>) -> Conflict {
        Conflict::TooFewCombinations { supply: self.supply, combinations, layers: self.unique_names(), rules }
    }

    fn too_few_with(&self, layer: usize, pick: usize, combinations: u64, rules: Vec<String>) -> Conflict {
        Conflict::TooFewCombinationsWith {
            share: self.share(layer, pick),
            combinations,
            layers: self.unique_names(),
            rules,
        }
    }

    fn unique_names(&self) -> Vec<String> {
        self.unique.iter().map(|&layer| self.drop.layers[layer].name.clone()).collect()
    }
}
