//! A second opinion on a plan, written without the solver's data structures: sets of ids instead of masks and keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::drop::Drop;
use crate::error::CollectionError;
use crate::plan::{LayerKey, Plan, Token};
use crate::rule::{PickRef, RuleKind, TraitRef};
use crate::target;

/// Whether a plan is what the drop asks for: its layers, exact counts, every rule, and no combination twice. The plan's
/// supply may differ from the drop's (a trial with another number).
///
/// # Errors
/// [`CollectionError::PlanDamaged`] when the plan contradicts itself, [`CollectionError::PlanMismatch`] with the first
/// thing that does not fit, [`CollectionError::ImpossibleTarget`] when the drop's targets cannot be met at all.
pub fn check_plan(drop: &Drop, plan: &Plan) -> Result<(), CollectionError> {
    plan.validate()?;
    let layers: Vec<LayerKey> = drop.layers.iter().map(LayerKey::from).collect();
    if layers != plan.layers {
        return mismatch("its layers or traits are not those of drop.toml.".to_owned());
    }
    for ((layer, wanted), planned) in
        drop.layers.iter().zip(target::resolve(drop, plan.supply)?).zip(&plan.targets)
    {
        if &wanted != planned {
            return mismatch(format!("the counts of {} are not its targets.", layer.name));
        }
    }
    for (index, rule) in drop.rules.iter().enumerate() {
        let mut both = 0_u32;
        for token in &plan.tokens {
            let has = |side: &[TraitRef]| side.iter().any(|reference| wears(plan, token, reference));
            let (traits, with) = (has(&rule.traits), has(&rule.with));
            both += u32::from(traits && with);
            let broken = match rule.kind {
                RuleKind::Forbid => traits && with,
                RuleKind::OnlyWith => traits && !with,
                RuleKind::AtMost(limit) => both > limit,
            };
            if broken {
                let sentence = rule.sentence(drop);
                return mismatch(format!("token {} breaks rule {} ({sentence}).", token.id, index + 1));
            }
        }
    }
    let unique: BTreeSet<&str> = drop.unique_layers.iter().map(String::as_str).collect();
    let mut seen: BTreeMap<Vec<(&str, Option<&str>)>, u32> = BTreeMap::new();
    for token in &plan.tokens {
        let combination: Vec<(&str, Option<&str>)> = plan
            .worn(token)
            .filter(|(layer, _)| unique.contains(layer.id.as_str()))
            .map(|(layer, item)| (layer.id.as_str(), item.map(|item| item.id.as_str())))
            .collect();
        if let Some(first) = seen.insert(combination, token.id) {
            return mismatch(format!("tokens {first} and {} are the same.", token.id));
        }
    }
    Ok(())
}

fn wears(plan: &Plan, token: &Token, reference: &TraitRef) -> bool {
    plan.worn(token).any(|(layer, item)| {
        layer.id == reference.layer
            && match (&reference.pick, item) {
                (PickRef::Any, Some(_)) | (PickRef::None, None) => true,
                (PickRef::One(id), Some(item)) => &item.id == id,
                (PickRef::Any | PickRef::One(_), None) | (PickRef::None, Some(_)) => false,
            }
    })
}

fn mismatch<T>(problem: String) -> Result<T, CollectionError> {
    Err(CollectionError::PlanMismatch { problem })
}
