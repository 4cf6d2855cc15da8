//! What can go wrong, each with a stable code and a sentence a person can act on.

use std::fmt;

use thiserror::Error;

use crate::solve::Conflict;

/// A place in `drop.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (not bytes), from 1.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Everything this crate can refuse.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CollectionError {
    /// The text is not TOML.
    #[error("drop.toml, {at}: this is not valid TOML: {message}.")]
    Syntax {
        /// Where.
        at: Place,
        /// What the parser says.
        message: String,
    },
    /// A key that this schema does not have.
    #[error("drop.toml, {at}: there is no key `{key}` here. {hint}")]
    UnknownKey {
        /// Where.
        at: Place,
        /// The key, with its path.
        key: String,
        /// What to do.
        hint: String,
    },
    /// A value of the wrong type.
    #[error("drop.toml, {at}: `{key}` should be {expected}, but it is {found}.")]
    WrongType {
        /// Where.
        at: Place,
        /// The key, with its path.
        key: String,
        /// The type it should have.
        expected: &'static str,
        /// The type it has.
        found: &'static str,
    },
    /// A key that has to be there is not.
    #[error("drop.toml, {at}: `{key}` is missing. {hint}")]
    MissingKey {
        /// Where the table begins.
        at: Place,
        /// The key, with its path.
        key: String,
        /// What to do.
        hint: String,
    },
    /// A value of the right type that cannot be.
    #[error("drop.toml, {at}: `{key}` cannot be {value}. {hint}")]
    BadValue {
        /// Where.
        at: Place,
        /// The key, with its path.
        key: String,
        /// The value as written.
        value: String,
        /// What to do.
        hint: String,
    },
    /// Two things share an id that must be unique.
    #[error("drop.toml, {at}: the id `{id}` is already used at {first}. Give one of the two another id.")]
    DuplicateId {
        /// The second place.
        at: Place,
        /// The first place.
        first: Place,
        /// The key, with its path.
        key: String,
        /// The id.
        id: String,
    },
    /// Two layers, or two traits of a layer, share a name (letter case aside).
    #[error(
        "drop.toml, {at}: the name {name:?} is already used at {first}. People could not tell the two apart; rename one."
    )]
    DuplicateName {
        /// The second place.
        at: Place,
        /// The first place.
        first: Place,
        /// The key, with its path.
        key: String,
        /// The name.
        name: String,
    },
    /// A rule or a list points at something that is not there.
    #[error("drop.toml, {at}: `{key}` points at `{reference}`, which does not exist. {hint}")]
    UnknownReference {
        /// Where.
        at: Place,
        /// The key, with its path.
        key: String,
        /// What is written.
        reference: String,
        /// What to do.
        hint: String,
    },
    /// A layer's targets cannot add up to the supply.
    #[error("{}The targets of layer {layer:?} cannot be met with {supply} tokens: {problem}", at.map(|at| format!("drop.toml, {at}: ")).unwrap_or_default())]
    ImpossibleTarget {
        /// Where, when the file asked for it (and not a trial with another supply).
        at: Option<Place>,
        /// The layer's name.
        layer: String,
        /// The supply they were measured against.
        supply: u32,
        /// What does not add up.
        problem: TargetProblem,
    },
    /// An edit names something that is not in the file.
    #[error(
        "There is no {kind} `{id}` in drop.toml. It may have been renamed or removed outside the window."
    )]
    NothingToEdit {
        /// "layer", "trait" or "rule".
        kind: &'static str,
        /// The id asked for.
        id: String,
    },
    /// Targets and rules that cannot hold together, proven.
    #[error("These cannot hold together: {0}")]
    Infeasible(Box<Conflict>),
    /// The solver used up its effort without finding a plan and without a proof that there is none.
    #[error(
        "No plan was found: after {attempts} attempts {broken_rules} broken rules and {duplicates} repeated combinations \
         were left. Loosen a rule or a tight target, or lower the supply; another seed may also help."
    )]
    Stuck {
        /// Attempts made, each from a fresh shuffle.
        attempts: u32,
        /// Broken rules left in the best attempt.
        broken_rules: u64,
        /// Tokens that repeat another in the best attempt.
        duplicates: u64,
    },
    /// There is nothing to plan with.
    #[error("This drop has no layers yet. Import a folder of layers first.")]
    NoLayers,
    /// The progress hook asked to stop.
    #[error("Planning was stopped before it was done. Nothing was changed.")]
    Cancelled,
    /// A supply that no drop can have.
    #[error("A drop has 1 to {max} tokens; {supply} were asked for.", max = crate::drop::MAX_SUPPLY)]
    SupplyOutOfRange {
        /// The supply asked for.
        supply: u32,
    },
    /// A stored plan that cannot be read back.
    #[error(
        "The stored plan is damaged ({problem}). Plan the collection again; the same seed gives the same plan."
    )]
    PlanDamaged {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A plan that does not keep what the drop asks for.
    #[error("The plan does not fit drop.toml: {problem} Plan the collection again.")]
    PlanMismatch {
        /// What does not fit, as a sentence.
        problem: String,
    },
    /// A folder in which no layers were found.
    #[error(
        "No layers were found. Drop a folder that holds one folder of PNG, JPEG, WebP or GIF images per layer."
    )]
    NothingToImport,
}

/// Why a layer's targets do not add up.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TargetProblem {
    /// The counts alone are more than the supply.
    #[error("the counts add up to {counts}. Lower them by {}.", counts - u64::from(*supply))]
    CountsExceedSupply {
        /// Sum of the counts.
        counts: u64,
        /// The supply.
        supply: u32,
    },
    /// Counts alone, and too few.
    #[error("the counts add up to {counts}. Raise them by {}, or give one trait a weight so that it takes the rest.", u64::from(*supply) - counts)]
    CountsBelowSupply {
        /// Sum of the counts.
        counts: u64,
        /// The supply.
        supply: u32,
    },
    /// The percentages are more than 100.
    #[error("the percentages add up to {percent} %. Lower them to 100 % or less.")]
    PercentAboveHundred {
        /// Sum, as a decimal string.
        percent: String,
    },
    /// Percentages (and counts) with no weight to take the rest.
    #[error(
        "counts and percentages make {taken} tokens together. Make them add up, or give one trait a weight so that it takes the rest."
    )]
    SharesMissSupply {
        /// Tokens taken, rounded.
        taken: u64,
    },
    /// Counts and percentages together take more than there is.
    #[error("counts and percentages take {taken} tokens together, which is more than there are.")]
    SharesExceedSupply {
        /// Tokens taken.
        taken: u64,
    },
    /// Something is left over and every weight is zero.
    #[error("{left} tokens are left over and every weight is 0. Give one trait a weight above 0.")]
    NoWeight {
        /// Tokens left.
        left: u64,
    },
}

impl CollectionError {
    /// The stable code: part of the public face, never reused for another meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "DROP-SYNTAX",
            Self::UnknownKey { .. } => "DROP-UNKNOWN-KEY",
            Self::WrongType { .. } => "DROP-WRONG-TYPE",
            Self::MissingKey { .. } => "DROP-MISSING-KEY",
            Self::BadValue { .. } => "DROP-BAD-VALUE",
            Self::DuplicateId { .. } => "DROP-DUPLICATE-ID",
            Self::DuplicateName { .. } => "DROP-DUPLICATE-NAME",
            Self::UnknownReference { .. } => "DROP-UNKNOWN-REFERENCE",
            Self::ImpossibleTarget { .. } => "DROP-IMPOSSIBLE-TARGET",
            Self::NothingToEdit { .. } => "DROP-NOTHING-TO-EDIT",
            Self::Infeasible(_) => "PLAN-INFEASIBLE",
            Self::Stuck { .. } => "PLAN-STUCK",
            Self::NoLayers => "PLAN-NO-LAYERS",
            Self::Cancelled => "PLAN-CANCELLED",
            Self::SupplyOutOfRange { .. } => "PLAN-SUPPLY-RANGE",
            Self::PlanDamaged { .. } => "PLAN-DAMAGED",
            Self::PlanMismatch { .. } => "PLAN-MISMATCH",
            Self::NothingToImport => "IMPORT-NOTHING",
        }
    }

    /// Where in `drop.toml` it is, when it is there.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Syntax { at, .. }
            | Self::UnknownKey { at, .. }
            | Self::WrongType { at, .. }
            | Self::MissingKey { at, .. }
            | Self::BadValue { at, .. }
            | Self::DuplicateId { at, .. }
            | Self::DuplicateName { at, .. }
            | Self::UnknownReference { at, .. } => Some(*at),
            Self::ImpossibleTarget { at, .. } => *at,
            Self::NothingToEdit { .. }
            | Self::Infeasible(_)
            | Self::Stuck { .. }
            | Self::NoLayers
            | Self::Cancelled
            | Self::SupplyOutOfRange { .. }
            | Self::PlanDamaged { .. }
            | Self::PlanMismatch { .. }
            | Self::NothingToImport => None,
        }
    }

    /// The offending key with its path (`layer[2].trait[0].weight`), when there is one.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::UnknownKey { key, .. }
            | Self::WrongType { key, .. }
            | Self::MissingKey { key, .. }
            | Self::BadValue { key, .. }
            | Self::DuplicateId { key, .. }
            | Self::DuplicateName { key, .. }
            | Self::UnknownReference { key, .. } => Some(key),
            Self::Syntax { .. }
            | Self::ImpossibleTarget { .. }
            | Self::NothingToEdit { .. }
            | Self::Infeasible(_)
            | Self::Stuck { .. }
            | Self::NoLayers
            | Self::Cancelled
            | Self::SupplyOutOfRange { .. }
            | Self::PlanDamaged { .. }
            | Self::PlanMismatch { .. }
            | Self::NothingToImport => None,
        }
    }

    /// What to do about it, when it is more than the message already says.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::UnknownKey { hint, .. }
            | Self::MissingKey { hint, .. }
            | Self::BadValue { hint, .. }
            | Self::UnknownReference { hint, .. } => Some(hint),
            Self::Syntax { .. }
            | Self::WrongType { .. }
            | Self::DuplicateId { .. }
            | Self::DuplicateName { .. }
            | Self::ImpossibleTarget { .. }
            | Self::NothingToEdit { .. }
            | Self::Infeasible(_)
            | Self::Stuck { .. }
            | Self::NoLayers
            | Self::Cancelled
            | Self::SupplyOutOfRange { .. }
            | Self::PlanDamaged { .. }
            | Self::PlanMismatch { .. }
            | Self::NothingToImport => None,
        }
    }
}
