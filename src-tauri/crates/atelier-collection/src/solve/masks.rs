//! Rules in the solver's terms: per layer, which picks belong to a side.

use crate::drop::Drop;
use crate::error::CollectionError;
use crate::rule::{PickRef, RuleKind, TraitRef};

/// A rule whose references have become bit masks.
pub(super) struct CompiledRule {
    /// Position in `Drop::rules`.
    pub index: usize,
    pub kind: RuleKind,
    pub traits: Side,
    pub with: Side,
    /// Layers that either side looks at, ascending.
    pub layers: Vec<usize>,
}

/// One side of a rule: layer, and for each pick (0 = none) whether it belongs.
pub(super) struct Side(pub Vec<(usize, Vec<bool>)>);

impl Side {
    pub fn has(&self, row: &[u16]) -> bool {
        self.0.iter().any(|(layer, mask)| mask[usize::from(row[*layer])])
    }

    /// Whether one pick of one layer belongs.
    pub fn contains(&self, layer: usize, pick: usize) -> bool {
        self.0.iter().any(|(at, mask)| *at == layer && mask[pick])
    }
}

impl CompiledRule {
    /// Whether a token has both sides: what an at-most rule counts.
    pub fn both(&self, row: &[u16]) -> bool {
        self.traits.has(row) && self.with.has(row)
    }

    /// Whether a token breaks the rule by itself. At-most rules are broken by many tokens together, never by one.
    pub fn broken_by(&self, row: &[u16]) -> bool {
        match self.kind {
            RuleKind::Forbid => self.both(row),
            RuleKind::OnlyWith => self.traits.has(row) && !self.with.has(row),
            RuleKind::AtMost(_) => false,
        }
    }
}

pub(super) fn compile(drop: &Drop) -> Result<Vec<CompiledRule>, CollectionError> {
    drop.rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            let traits = side(drop, &rule.id, &rule.traits)?;
            let with = side(drop, &rule.id, &rule.with)?;
            let mut layers: Vec<usize> = traits.0.iter().chain(&with.0).map(|(layer, _)| *layer).collect();
            layers.sort_unstable();
            layers.dedup();
            Ok(CompiledRule { index, kind: rule.kind, traits, with, layers })
        })
        .collect()
}

fn side(drop: &Drop, rule: &str, references: &[TraitRef]) -> Result<Side, CollectionError> {
    let mut side: Vec<(usize, Vec<bool>)> = Vec::new();
    for reference in references {
        let missing = || CollectionError::PlanMismatch {
            problem: format!("Rule `{rule}` points at `{reference}`, which does not exist."),
        };
        let (layer, spec) = drop.layer(&reference.layer).ok_or_else(missing)?;
        let slot = match side.iter().position(|(at, _)| *at == layer) {
            Some(slot) => slot,
            None => {
                side.push((layer, vec![false; spec.traits.len() + 1]));
                side.len() - 1
            }
        };
        let mask = &mut side[slot].1;
        match &reference.pick {
            PickRef::Any => mask[1..].fill(true),
            PickRef::None => mask[0] = true,
            PickRef::One(id) => {
                let index = spec.traits.iter().position(|item| &item.id == id).ok_or_else(missing)?;
                mask[index + 1] = true;
            }
        }
    }
    Ok(Side(side))
}

/// Positions of the layers over which combinations must differ.
pub(super) fn unique_layers(drop: &Drop) -> Result<Vec<usize>, CollectionError> {
    drop.unique_layers
        .iter()
        .map(|id| {
            drop.layer(id).map(|(index, _)| index).ok_or_else(|| CollectionError::PlanMismatch {
                problem: format!("`unique.layers` names `{id}`, which does not exist."),
            })
        })
        .collect()
}
