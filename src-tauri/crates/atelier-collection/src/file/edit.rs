//! Edits to the text, as a window makes them. Comments, order and spacing of everything else stay.

use serde::{Deserialize, Serialize};
use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

use super::place;
use crate::drop::{Account, Blend, Launch, Percent, Preset, StorageTarget, Target};
use crate::error::CollectionError;
use crate::rule::{Rule, RuleKind, TraitRef};

/// One change to `drop.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "edit")]
pub enum Edit {
    /// Collection name.
    Name {
        /// New name.
        name: String,
    },
    /// Token symbol.
    Symbol {
        /// New symbol.
        symbol: String,
    },
    /// Collection description.
    Description {
        /// New description.
        description: String,
    },
    /// Number of tokens.
    Supply {
        /// New supply.
        supply: u32,
    },
    /// Seed text.
    Seed {
        /// New seed.
        seed: String,
    },
    /// Encoder preset.
    Preset {
        /// New preset.
        preset: Preset,
    },
    /// A layer's name.
    LayerName {
        /// Layer id.
        layer: String,
        /// New name.
        name: String,
    },
    /// A trait's name.
    TraitName {
        /// Layer id.
        layer: String,
        /// Trait id.
        id: String,
        /// New name.
        name: String,
    },
    /// How a layer is laid over what is below.
    Blend {
        /// Layer id.
        layer: String,
        /// New blend mode.
        blend: Blend,
    },
    /// How many tokens wear a trait.
    TraitTarget {
        /// Layer id.
        layer: String,
        /// Trait id.
        id: String,
        /// New target.
        target: Target,
    },
    /// How many tokens go without a layer; `None` makes the layer obligatory.
    NoneTarget {
        /// Layer id.
        layer: String,
        /// New target.
        target: Option<Target>,
    },
    /// A rule more, at the end.
    AddRule {
        /// The rule.
        rule: Rule,
    },
    /// Another content for the rule with the same id, in its place.
    ReplaceRule {
        /// The rule.
        rule: Rule,
    },
    /// A rule less, with the comments directly above it.
    RemoveRule {
        /// Rule id.
        id: String,
    },
    /// Template of the tokens' names.
    TokenName {
        /// New template.
        template: String,
    },
    /// Template of the tokens' descriptions.
    TokenDescription {
        /// New template.
        template: String,
    },
    /// Template of the tokens' pages; `None` removes it.
    ExternalUrl {
        /// New template.
        template: Option<String>,
    },
    /// Background colour for marketplaces; `None` removes it.
    BackgroundColor {
        /// Six hexadecimal digits.
        color: Option<String>,
    },
    /// What a resale owes, and to whom.
    Royalty {
        /// Share of the price.
        percent: Percent,
        /// Who receives it.
        receiver: Account,
    },
    /// How the tokens reach people.
    Launch {
        /// All numbers of the launch.
        launch: Launch,
    },
    /// Where the bundle is kept.
    Storage {
        /// Copies wanted before a launch.
        copies: u32,
        /// Target ids.
        targets: Vec<String>,
    },
    /// Where a storage target is; another with the same id is replaced.
    DescribeTarget {
        /// The target.
        target: StorageTarget,
    },
}

pub(super) fn apply(text: &str, edits: &[Edit]) -> Result<String, CollectionError> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| CollectionError::Syntax {
            at: place(text, error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })?;
    for edit in edits {
        one(document.as_table_mut(), edit)?;
    }
    Ok(document.to_string())
}

fn one(root: &mut Table, edit: &Edit) -> Result<(), CollectionError> {
    match edit {
        Edit::Name { name } => put(root, "name", name),
        Edit::Symbol { symbol } => put(root, "symbol", symbol),
        Edit::Description { description } => put(root, "description", description),
        Edit::Supply { supply } => put(root, "supply", i64::from(*supply)),
        Edit::Seed { seed } => put(root, "seed", seed),
        Edit::Preset { preset } => {
            let word = match preset {
                Preset::Fast => "fast",
                Preset::Balanced => "balanced",
                Preset::Small => "small",
            };
            put(section(root, "art"), "preset", word);
        }
        Edit::LayerName { layer, name } => put(by_id(root, "layer", "layer", layer)?, "name", name),
        Edit::TraitName { layer, id, name } => put(trait_table(root, layer, id)?, "name", name),
        Edit::Blend { layer, blend } => put(by_id(root, "layer", "layer", layer)?, "blend", blend.as_str()),
        Edit::TraitTarget { layer, id, target } => put_target(trait_table(root, layer, id)?, *target),
        Edit::NoneTarget { layer, target } => none_target(by_id(root, "layer", "layer", layer)?, *target),
        Edit::AddRule { rule } => add_rule(root, rule),
        Edit::ReplaceRule { rule } => put_rule(by_id(root, "rule", "rule", &rule.id)?, rule),
        Edit::RemoveRule { id } => return remove_rule(root, id),
        Edit::TokenName { template } => put(section(root, "metadata"), "name", template),
        Edit::TokenDescription { template } => put(section(root, "metadata"), "description", template),
        Edit::ExternalUrl { template } => {
            put_or_remove(section(root, "metadata"), "external_url", template.as_ref());
        }
        Edit::BackgroundColor { color } => {
            put_or_remove(section(root, "metadata"), "background_color", color.as_ref());
        }
        Edit::Royalty { percent, receiver } => {
            let royalty = section(root, "royalty");
            put(royalty, "percent", percent.to_string());
            put(royalty, "receiver", receiver.to_string());
        }
        Edit::Launch { launch } => {
            let table = section(root, "launch");
            put(table, "batch_size", i64::from(launch.batch_size));
            put(table, "batched", i64::from(launch.batched));
            put(table, "vouchers", i64::from(launch.vouchers));
            put(table, "recipient", launch.recipient.to_string());
            put(table, "freeze", launch.freeze);
        }
        Edit::Storage { copies, targets } => {
            let storage = section(root, "storage");
            put(storage, "copies", i64::from(*copies));
            put(storage, "targets", targets.iter().collect::<Array>());
        }
        Edit::DescribeTarget { target } => describe_target(section(root, "storage"), target),
    }
    Ok(())
}

fn describe_target(storage: &mut dyn TableLike, target: &StorageTarget) {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    put(&mut table, "id", &target.id);
    put(&mut table, "kind", &target.kind);
    put_or_remove(&mut table, "url", target.url.as_ref());
    put_or_remove(&mut table, "gateway", target.gateway.as_ref());
    let mut tables = match storage.remove("target") {
        Some(Item::ArrayOfTables(tables)) => tables,
        Some(_) | None => ArrayOfTables::new(),
    };
    match position(&tables, &target.id).and_then(|at| tables.get_mut(at)) {
        Some(old) => *old = table,
        None => tables.push(table),
    }
    storage.insert("target", Item::ArrayOfTables(tables));
}

/// Sets a value and leaves the space and the comment around the old one alone.
fn put(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(other) => *other = Item::Value(value),
        None => {
            // A table whose keys are indented gets the new key indented alike.
            let indent = table
                .iter()
                .next()
                .and_then(|(first, _)| table.key(first))
                .and_then(|key| key.leaf_decor().prefix())
                .and_then(|prefix| prefix.as_str())
                .map(|prefix| prefix.rsplit('\n').next().unwrap_or("").to_owned())
                .unwrap_or_default();
            if table.insert(key, Item::Value(value)).is_none()
                && let Some(mut key) = table.key_mut(key)
            {
                key.leaf_decor_mut().set_prefix(indent);
            }
        }
    }
}

fn put_or_remove(table: &mut dyn TableLike, key: &str, value: Option<&String>) {
    match value {
        Some(value) => put(table, key, value),
        None => {
            table.remove(key);
        }
    }
}

/// The table with this name, added at the end when it is missing.
fn section<'a>(root: &'a mut Table, key: &str) -> &'a mut dyn TableLike {
    let item = root.entry(key).or_insert_with(|| {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        Item::Table(table)
    });
    if !item.is_table_like() {
        *item = Item::Table(Table::new());
    }
    item.as_table_like_mut().expect("it was made a table one line above")
}

fn nothing(kind: &'static str, id: &str) -> CollectionError {
    CollectionError::NothingToEdit { kind, id: id.to_owned() }
}

fn position(tables: &ArrayOfTables, id: &str) -> Option<usize> {
    tables.iter().position(|table| table.get("id").and_then(Item::as_str) == Some(id))
}

fn by_id<'a>(
    parent: &'a mut Table,
    key: &str,
    kind: &'static str,
    id: &str,
) -> Result<&'a mut Table, CollectionError> {
    let tables =
        parent.get_mut(key).and_then(Item::as_array_of_tables_mut).ok_or_else(|| nothing(kind, id))?;
    let index = position(tables, id).ok_or_else(|| nothing(kind, id))?;
    tables.get_mut(index).ok_or_else(|| nothing(kind, id))
}

fn trait_table<'a>(root: &'a mut Table, layer: &str, id: &str) -> Result<&'a mut Table, CollectionError> {
    by_id(by_id(root, "layer", "layer", layer)?, "trait", "trait", id)
}

fn target_entry(target: Target) -> (&'static str, Value) {
    match target {
        Target::Weight(weight) => ("weight", Value::from(i64::from(weight))),
        Target::Percent(percent) => ("percent", Value::from(percent.to_string())),
        Target::Count(count) => ("count", Value::from(i64::from(count))),
    }
}

fn put_target(table: &mut Table, target: Target) {
    let (key, mut value) = target_entry(target);
    let mut decors: Option<(Decor, Decor)> = None;
    for other in ["weight", "percent", "count"] {
        if other != key
            && let Some((old_key, Item::Value(old))) = table.remove_entry(other)
        {
            decors = Some((old_key.leaf_decor().clone(), old.decor().clone()));
        }
    }
    match decors {
        Some((around_key, around_value)) if !table.contains_key(key) => {
            *value.decor_mut() = around_value;
            table.insert_formatted(&Key::new(key).with_leaf_decor(around_key), Item::Value(value));
        }
        Some(_) | None => put(table, key, value),
    }
}

fn none_target(layer: &mut Table, target: Option<Target>) {
    match target {
        Some(target) => {
            let (key, value) = target_entry(target);
            let mut none = InlineTable::new();
            none.insert(key, value);
            put(layer, "optional", true);
            put(layer, "none", none);
        }
        None => {
            layer.remove("optional");
            layer.remove("none");
        }
    }
}

fn add_rule(root: &mut Table, rule: &Rule) {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    put(&mut table, "id", &rule.id);
    put_rule(&mut table, rule);
    let item = root.entry("rule").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item.as_array_of_tables_mut() {
        Some(rules) => rules.push(table),
        None => {
            let mut rules = ArrayOfTables::new();
            rules.push(table);
            *item = Item::ArrayOfTables(rules);
        }
    }
}

fn put_rule(table: &mut Table, rule: &Rule) {
    let list = |references: &[TraitRef]| references.iter().map(ToString::to_string).collect::<Array>();
    put(table, "kind", rule.kind.as_str());
    put(table, "traits", list(&rule.traits));
    put(table, "with", list(&rule.with));
    match rule.kind {
        RuleKind::AtMost(count) => put(table, "count", i64::from(count)),
        RuleKind::Forbid | RuleKind::OnlyWith => {
            table.remove("count");
        }
    }
}

fn remove_rule(root: &mut Table, id: &str) -> Result<(), CollectionError> {
    let rules =
        root.get_mut("rule").and_then(Item::as_array_of_tables_mut).ok_or_else(|| nothing("rule", id))?;
    let index = position(rules, id).ok_or_else(|| nothing("rule", id))?;
    rules.remove(index);
    if rules.is_empty() {
        root.remove("rule");
    }
    Ok(())
}
