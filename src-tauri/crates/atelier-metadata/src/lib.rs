//! What a token says about itself, and the drop about the collection.
//!
//! - [`Templates`] fills the templates of `drop.toml` for each token of a plan and gives [`TokenMetadata`];
//! - [`CollectionMetadata`] is what `contractURI()` leads to (ERC-7572);
//! - [`canonical`] writes either as RFC 8785 bytes, the only form that is hashed, signed and stored;
//! - [`lint`](lint()) finds what marketplaces would show wrong, each finding with its token, field and fix.
//!
//! A layer that a token goes without is *left out* of its attributes. A written-out "None" would make absence a trait
//! like any other on marketplaces, and a collector filtering by "has a crown" would find the bareheaded.
//!
//! Everything here is a pure function of its arguments.

pub mod canonical;
mod collection;
mod error;
mod lint;
mod template;
mod token;

pub use collection::CollectionMetadata;
pub use error::MetadataError;
pub use lint::{Finding, Severity, lint, lint_collection, lint_token};
pub use template::{Template, Variable, variables};
pub use token::{Attribute, Templates, TokenMetadata};
