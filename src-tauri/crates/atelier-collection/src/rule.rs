//! Rules: what must never happen in a token, and how to say it in plain English.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::drop::Drop;

/// One rule. Its direction is in its kind; it does not depend on the order of layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable id, `[a-z0-9-]+`.
    pub id: String,
    /// What it demands.
    pub kind: RuleKind,
    /// The traits it is about.
    pub traits: Vec<TraitRef>,
    /// What they are measured against.
    pub with: Vec<TraitRef>,
}

/// What a rule demands of `traits` and `with`. A token "has" a side when it has at least one of its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// No token has both sides.
    Forbid,
    /// A token that has `traits` also has `with`.
    OnlyWith,
    /// At most this many tokens have both sides.
    AtMost(u32),
}

impl RuleKind {
    /// The word used in `drop.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            RuleKind::Forbid => "forbid",
            RuleKind::OnlyWith => "only-with",
            RuleKind::AtMost(_) => "at-most",
        }
    }
}

/// What a rule points at: `body/jelly-moon`, `markings/*` (any, but not none) or `crown/none`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TraitRef {
    /// Layer id.
    pub layer: String,
    /// Which of the layer's picks.
    pub pick: PickRef,
}

/// The part of a [`TraitRef`] after the slash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PickRef {
    /// `*`: any trait of the layer, but not going without.
    Any,
    /// `none`: going without the layer.
    None,
    /// One trait id.
    One(String),
}

impl TraitRef {
    /// Reads `layer/trait`, `layer/*` or `layer/none`. Whether they exist is for the drop to say.
    pub fn parse(text: &str) -> Option<Self> {
        let (layer, pick) = text.split_once('/')?;
        if !is_id(layer) {
            return None;
        }
        let pick = match pick {
            "*" => PickRef::Any,
            "none" => PickRef::None,
            one if is_id(one) => PickRef::One(one.to_owned()),
            _ => return None,
        };
        Some(Self { layer: layer.to_owned(), pick })
    }
}

impl fmt::Display for TraitRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pick = match &self.pick {
            PickRef::Any => "*",
            PickRef::None => "none",
            PickRef::One(id) => id,
        };
        write!(f, "{}/{pick}", self.layer)
    }
}

impl From<TraitRef> for String {
    fn from(reference: TraitRef) -> Self {
        reference.to_string()
    }
}

impl TryFrom<String> for TraitRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is not layer/trait, layer/* or layer/none"))
    }
}

/// Whether `text` can be an id: one or more of `a-z`, `0-9` and `-`.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// A piece of a rule's sentence, so that a window can draw the trait names as chips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Phrase {
    /// Words between names.
    Words {
        /// The words, with the spaces around them.
        text: String,
    },
    /// A name that can be clicked.
    Name {
        /// What people read.
        text: String,
        /// What it points at.
        target: TraitRef,
    },
}

impl Rule {
    /// The rule as a sentence without a full stop: "Lantern only with Dusk, Night or Storm".
    pub fn sentence(&self, drop: &Drop) -> String {
        self.phrases(drop)
            .into_iter()
            .map(|phrase| match phrase {
                Phrase::Words { text } | Phrase::Name { text, .. } => text,
            })
            .collect()
    }

    /// The same sentence in pieces.
    pub fn phrases(&self, drop: &Drop) -> Vec<Phrase> {
        let mut out = Vec::new();
        match self.kind {
            RuleKind::Forbid => {
                list(&self.traits, drop, &mut out);
                words(" never with ", &mut out);
                list(&self.with, drop, &mut out);
            }
            RuleKind::OnlyWith => {
                list(&self.traits, drop, &mut out);
                words(" only with ", &mut out);
                list(&self.with, drop, &mut out);
            }
            RuleKind::AtMost(count) => {
                let noun = if count == 1 { "token wears" } else { "tokens wear" };
                words(&format!("At most {count} {noun} "), &mut out);
                list(&self.traits, drop, &mut out);
                words(" and ", &mut out);
                list(&self.with, drop, &mut out);
                words(" together", &mut out);
            }
        }
        out
    }
}

fn words(text: &str, out: &mut Vec<Phrase>) {
    out.push(Phrase::Words { text: text.to_owned() });
}

/// "A, B or C". Names with a comma inside ("Jelly, moon") are joined by "or" throughout, else nobody could tell
/// where one ends.
fn list(references: &[TraitRef], drop: &Drop, out: &mut Vec<Phrase>) {
    let names: Vec<String> = references.iter().map(|reference| name_of(reference, drop)).collect();
    let ambiguous = names.iter().any(|name| name.contains(','));
    let last = names.len().saturating_sub(1);
    for (index, (text, reference)) in names.into_iter().zip(references).enumerate() {
        if index > 0 {
            words(if index == last || ambiguous { " or " } else { ", " }, out);
        }
        out.push(Phrase::Name { text, target: reference.clone() });
    }
}

/// What people call a reference. A reference to something that is not there is shown as it is written.
pub(crate) fn name_of(reference: &TraitRef, drop: &Drop) -> String {
    let Some((_, layer)) = drop.layer(&reference.layer) else {
        return reference.to_string();
    };
    match &reference.pick {
        PickRef::Any => format!("any {}", layer.name),
        PickRef::None => format!("no {}", layer.name),
        PickRef::One(id) => layer
            .traits
            .iter()
            .find(|item| &item.id == id)
            .map_or_else(|| reference.to_string(), |item| item.name.clone()),
    }
}
