use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How often a trait should appear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Target {
    /// Exactly this many tokens.
    Count(u32),
    /// This share of the supply: a decimal string, "12.5".
    Percent(String),
    /// In proportion to the other weights of its layer.
    Weight(u32),
}

/// How a layer is laid over what lies below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BlendMode {
    /// Alpha-over.
    Normal,
    /// W3C multiply.
    Multiply,
}

/// The Artwork screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Artwork {
    /// Picture width, pixels.
    pub width: u32,
    /// Picture height, pixels.
    pub height: u32,
    /// Tokens to plan.
    pub supply: u32,
    /// The seed of the plan.
    pub seed: String,
    /// Layers, bottom to top.
    pub layers: Vec<LayerView>,
    /// Rules, in file order.
    pub rules: Vec<RuleView>,
    /// The plan, where there is one.
    pub plan: Option<PlanSummary>,
    /// True when the plan no longer matches `drop.toml`.
    pub plan_stale: bool,
    /// Tokens rendered and matching the plan.
    pub rendered: u32,
    /// A first combination for the live composite: one `layer/trait` a layer, bottom to top.
    pub example: Vec<String>,
    /// What is wrong with the files or the targets, one sentence each.
    pub problems: Vec<super::ErrorReport>,
}

/// One layer: a column of traits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LayerView {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Blend mode.
    pub blend: BlendMode,
    /// Target of wearing none of it, where that is allowed.
    pub none: Option<Target>,
    /// Tokens the plan leaves without this layer.
    pub none_planned: u32,
    /// Traits, in file order.
    pub traits: Vec<TraitView>,
}

/// One trait with its three bars.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TraitView {
    /// Stable id within its layer.
    pub id: String,
    /// Name.
    pub name: String,
    /// The target as written.
    pub target: Target,
    /// The target as a count of tokens.
    pub target_count: u32,
    /// Tokens in the plan.
    pub planned: u32,
    /// Tokens rendered.
    pub rendered: u32,
    /// URL path of its thumbnail under the picture protocol.
    pub thumb: String,
    /// Why its picture cannot be read, where that is so.
    pub problem: Option<super::ErrorReport>,
}

/// Kinds of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// Never together.
    Forbid,
    /// One of the first only with one of the second.
    OnlyWith,
    /// At most n tokens have both.
    AtMost,
}

/// A rule as a sentence.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RuleView {
    /// The rule itself.
    pub spec: RuleSpec,
    /// The sentence: "Lantern only with Dusk, Night or Storm".
    pub sentence: String,
}

/// A rule to add. Traits are `layer/trait`, or `layer/*` for any trait of a layer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RuleSpec {
    /// Stable id.
    pub id: String,
    /// Kind.
    pub kind: RuleKind,
    /// The traits it is about.
    pub traits: Vec<String>,
    /// The traits it sets them against.
    pub with: Vec<String>,
    /// For `at-most`: how many.
    pub count: Option<u32>,
}

/// Names a rule.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RuleRef {
    /// Its id.
    pub id: String,
}

/// Change a target.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetTarget {
    /// Layer id.
    pub layer: String,
    /// Trait id; `None` means the layer's "none".
    pub trait_id: Option<String>,
    /// The new target.
    pub target: Target,
}

/// Change how many tokens there are, or the seed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetSupply {
    /// Tokens, at least 1.
    pub supply: u32,
    /// A new seed; `None` keeps it.
    pub seed: Option<String>,
}

/// A plan in a few figures.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlanSummary {
    /// SHA-256 of its canonical bytes.
    pub hash: String,
    /// Tokens.
    pub supply: u32,
    /// Targets missed; 0 in every plan the solver returns.
    pub deviation: u32,
    /// Rules held.
    pub rules: u32,
    /// When it was made.
    pub made_at: String,
}

/// Ask what an import would do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportPreviewRequest {
    /// Folder of layer folders.
    pub source: String,
}

/// What an import would do. Nothing is copied yet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    /// The convention recognised: "Layer folders", "HashLips".
    pub convention: String,
    /// Layers found, bottom to top.
    pub layers: Vec<ImportedLayer>,
    /// Pictures found.
    pub traits: u32,
    /// What will not be read, and why.
    pub warnings: Vec<String>,
}

/// A layer an import would make.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportedLayer {
    /// Name.
    pub name: String,
    /// Source folder.
    pub folder: String,
    /// Trait names.
    pub traits: Vec<String>,
}
