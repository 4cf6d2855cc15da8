//! From text to layers, traits and rules.

use std::collections::BTreeMap;

use super::read::{fresh_id, one_line};
use super::section::{Found, Section};
use crate::drop::{Blend, Layer, MAX_LAYERS, MAX_TRAITS, Percent, Target, Trait};
use crate::error::{CollectionError, Place};
use crate::rule::{PickRef, Rule, RuleKind, TraitRef};
use crate::target;

pub(super) fn layers(root: &Section<'_>, supply: u32) -> Result<Vec<Layer>, CollectionError> {
    let sections = root.sections("layer")?;
    // A drop that has no layers yet is a drop: it can be named and described before its art arrives.
    let (mut ids, mut names) = (BTreeMap::new(), BTreeMap::new());
    let mut out = Vec::new();
    for section in &sections {
        if out.len() == MAX_LAYERS {
            return Err(CollectionError::BadValue {
                at: section.at(),
                key: "layer".to_owned(),
                value: "repeated that often".to_owned(),
                hint: format!("A drop has at most {MAX_LAYERS} layers."),
            });
        }
        let layer = layer(section, &mut ids, &mut names)?;
        target::resolve_layer(&layer, supply).map_err(|problem| CollectionError::ImpossibleTarget {
            at: Some(section.at()),
            layer: layer.name.clone(),
            supply,
            problem,
        })?;
        out.push(layer);
    }
    Ok(out)
}

fn layer(
    section: &Section<'_>,
    ids: &mut BTreeMap<String, Place>,
    names: &mut BTreeMap<String, Place>,
) -> Result<Layer, CollectionError> {
    section.only(&["id", "name", "folder", "blend", "optional", "none", "trait"])?;
    let id = fresh_id(section, ids)?.value;
    let name = fresh_name(section, names)?;
    let folder = plain_name(section.text("folder", "Name its folder below layers/.")?)?;
    let blend = match section.maybe_text("blend")? {
        None => Blend::default(),
        Some(found) => match found.value.as_str() {
            "normal" => Blend::Normal,
            "multiply" => Blend::Multiply,
            other => return Err(found.bad(format!("{other:?}"), "Use \"normal\" or \"multiply\".")),
        },
    };
    let optional = section.maybe_flag("optional")?;
    let none = section.maybe_section("none")?;
    let none = match (optional.as_ref().is_some_and(|found| found.value), none) {
        (false, None) => None,
        (true, Some(none)) => {
            none.only(&["weight", "percent", "count"])?;
            Some(target(&none)?)
        }
        (true, None) => {
            return Err(section.missing(
                "none",
                "Say how many tokens go without this layer, such as `none = { percent = \"30\" }`.",
            ));
        }
        (false, Some(_)) => {
            return Err(section.missing(
                "optional",
                "A layer with `none` needs `optional = true`; remove `none` if every token wears it.",
            ));
        }
    };
    let (mut trait_ids, mut trait_names) = (BTreeMap::new(), BTreeMap::new());
    let mut traits = Vec::new();
    for item in section.sections("trait")? {
        item.only(&["id", "name", "file", "weight", "percent", "count"])?;
        let id = fresh_id(&item, &mut trait_ids)?;
        if id.value == "none" {
            return Err(id.bad("\"none\"", "That word means going without the layer; use another id."));
        }
        if traits.len() == MAX_TRAITS {
            return Err(id.bad("one more", format!("A layer has at most {MAX_TRAITS} traits.")));
        }
        traits.push(Trait {
            id: id.value,
            name: fresh_name(&item, &mut trait_names)?,
            file: plain_name(item.text("file", "Name its image in the layer's folder.")?)?,
            target: target(&item)?,
        });
    }
    if traits.is_empty() {
        return Err(section.missing("trait", "Add a [[layer.trait]] for each image of this layer."));
    }
    Ok(Layer { id, name, folder, blend, none, traits })
}

fn fresh_name(section: &Section<'_>, seen: &mut BTreeMap<String, Place>) -> Result<String, CollectionError> {
    let found = section.text("name", "Give it the name that people will read.")?;
    let (at, key) = (found.at, found.key.clone());
    let name = one_line(found, 200)?;
    match seen.insert(name.to_lowercase(), at) {
        Some(first) => Err(CollectionError::DuplicateName { at, first, key, name }),
        None => Ok(name),
    }
}

/// A file or folder name without a path: what is in drop.toml can never reach outside the project.
fn plain_name(found: Found<String>) -> Result<String, CollectionError> {
    if found.value.contains(['/', '\\', ':']) || matches!(found.value.as_str(), "." | "..") {
        return Err(found.bad(format!("{:?}", found.value), "Write a plain name, without a path."));
    }
    one_line(found, 255)
}

fn target(section: &Section<'_>) -> Result<Target, CollectionError> {
    let weight = section
        .maybe_number("weight", (0, 1_000_000_000))?
        .map(|found| (found.at, found.key, Target::Weight(found.value)));
    let count = section
        .maybe_number("count", (0, crate::drop::MAX_SUPPLY))?
        .map(|found| (found.at, found.key, Target::Count(found.value)));
    let percent = match section.maybe_decimal("percent")? {
        None => None,
        Some(found) => {
            let percent = Percent::parse(&found.value).ok_or_else(|| {
                found.bad(
                    format!("{:?}", found.value),
                    "Write 0 to 100 with at most four decimals, such as \"12.5\".",
                )
            })?;
            Some((found.at, found.key, Target::Percent(percent)))
        }
    };
    let mut given = [weight, percent, count].into_iter().flatten();
    let Some((_, _, target)) = given.next() else {
        return Err(section.missing("weight", "Give it one of weight, percent or count."));
    };
    match given.next() {
        None => Ok(target),
        Some((at, key, _)) => Err(CollectionError::BadValue {
            at,
            key,
            value: "given beside another target".to_owned(),
            hint: "Keep exactly one of weight, percent and count.".to_owned(),
        }),
    }
}

pub(super) fn rules(root: &Section<'_>, layers: &[Layer]) -> Result<Vec<Rule>, CollectionError> {
    let mut ids = BTreeMap::new();
    let mut out = Vec::new();
    for section in root.sections("rule")? {
        section.only(&["id", "kind", "traits", "with", "count"])?;
        let id = fresh_id(&section, &mut ids)?.value;
        let kind = section.text("kind", "Use \"forbid\", \"only-with\" or \"at-most\".")?;
        let count = section.maybe_number("count", (0, crate::drop::MAX_SUPPLY))?;
        let kind = match (kind.value.as_str(), count) {
            ("forbid", None) => RuleKind::Forbid,
            ("only-with", None) => RuleKind::OnlyWith,
            ("at-most", Some(count)) => RuleKind::AtMost(count.value),
            ("at-most", None) => {
                return Err(section.missing("count", "Say how many tokens may have both sides."));
            }
            ("forbid" | "only-with", Some(count)) => {
                return Err(count.bad("given here", "Only an \"at-most\" rule has a count; remove it."));
            }
            (other, _) => {
                return Err(kind.bad(format!("{other:?}"), "Use \"forbid\", \"only-with\" or \"at-most\"."));
            }
        };
        out.push(Rule {
            id,
            kind,
            traits: references(&section, "traits", layers)?,
            with: references(&section, "with", layers)?,
        });
    }
    Ok(out)
}

fn references(section: &Section<'_>, key: &str, layers: &[Layer]) -> Result<Vec<TraitRef>, CollectionError> {
    const SHAPE: &str = "Write layer/trait, layer/* for any, or layer/none.";
    let list = section.maybe_texts(key)?.ok_or_else(|| section.missing(key, SHAPE))?;
    if list.value.is_empty() {
        return Err(list.bad("empty", SHAPE));
    }
    list.value
        .into_iter()
        .map(|entry| {
            let reference = TraitRef::parse(&entry.value)
                .ok_or_else(|| entry.bad(format!("{:?}", entry.value), SHAPE))?;
            let hint = match layers.iter().find(|layer| layer.id == reference.layer) {
                None => {
                    let known: Vec<&str> = layers.iter().map(|layer| layer.id.as_str()).collect();
                    format!("The layers are: {}.", known.join(", "))
                }
                Some(layer) => match &reference.pick {
                    PickRef::Any => return Ok(reference),
                    PickRef::None if layer.none.is_some() => return Ok(reference),
                    PickRef::None => format!("Every token wears {}; the layer is not optional.", layer.name),
                    PickRef::One(id) if layer.traits.iter().any(|item| &item.id == id) => {
                        return Ok(reference);
                    }
                    PickRef::One(_) => {
                        let known: Vec<&str> = layer.traits.iter().map(|item| item.id.as_str()).collect();
                        format!("The traits of {} are: {}.", layer.name, known.join(", "))
                    }
                },
            };
            Err(CollectionError::UnknownReference {
                at: entry.at,
                key: entry.key,
                reference: entry.value,
                hint,
            })
        })
        .collect()
}
