//! What can go wrong, each with a stable code and a sentence a person can act on.

use thiserror::Error;

/// Everything this crate can refuse.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MetadataError {
    /// A template uses a variable that does not exist.
    #[error(
        "The template of `{field}` uses {{{variable}}} (character {column}), which does not exist. Known: {known}."
    )]
    UnknownVariable {
        /// The field the template is for.
        field: &'static str,
        /// What stands between the braces.
        variable: String,
        /// Where, in characters from 1.
        column: usize,
        /// What could stand there.
        known: String,
    },
    /// A brace without its partner.
    #[error(
        "The template of `{field}` has a brace without a partner at character {column}. Write {{{{ or }}}} for a brace in the text."
    )]
    UnmatchedBrace {
        /// The field the template is for.
        field: &'static str,
        /// Where, in characters from 1.
        column: usize,
    },
    /// A token that does not have the plan's layers.
    #[error("Token {id} does not fit the plan it is described with. Plan the collection again.")]
    ForeignToken {
        /// The token's id.
        id: u32,
    },
    /// A value that canonical JSON here does not carry.
    #[error("This value cannot be written as canonical JSON: {reason}.")]
    NotCanonical {
        /// Why.
        reason: String,
    },
}

impl MetadataError {
    /// The stable code: part of the public face, never reused for another meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownVariable { .. } => "META-UNKNOWN-VARIABLE",
            Self::UnmatchedBrace { .. } => "META-UNMATCHED-BRACE",
            Self::ForeignToken { .. } => "META-FOREIGN-TOKEN",
            Self::NotCanonical { .. } => "META-NOT-CANONICAL",
        }
    }
}

/// Lets serde report through the same type.
impl serde::ser::Error for MetadataError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::NotCanonical { reason: message.to_string() }
    }
}
