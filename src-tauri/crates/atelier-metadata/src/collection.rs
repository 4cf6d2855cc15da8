//! The collection's own metadata: what `contractURI()` leads to.

use atelier_collection::Drop;
use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::error::MetadataError;

/// A collection's metadata document (ERC-7572). Only `name` is required by the standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionMetadata {
    /// What the collection is called.
    pub name: String,
    /// Its symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A picture that stands for it: `ipfs://` or `ar://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// A wide picture for the top of its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner_image: Option<String>,
    /// A picture for lists of collections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub featured_image: Option<String>,
    /// Its own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_link: Option<String>,
    /// Addresses of people who may edit its pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collaborators: Vec<String>,
}

impl CollectionMetadata {
    /// What a drop says about itself, with the picture at `image`.
    pub fn of(drop: &Drop, image: Option<String>) -> Self {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Self {
            name: drop.name.clone(),
            symbol: filled(&drop.symbol),
            description: filled(&drop.description),
            image,
            banner_image: None,
            featured_image: None,
            external_link: None,
            collaborators: Vec::new(),
        }
    }

    /// The canonical bytes: the file that is hashed, signed and stored.
    ///
    /// # Errors
    /// None in practice: the document holds text only. The signature is that of [`canonical::to_vec`].
    pub fn to_canonical(&self) -> Result<Vec<u8>, MetadataError> {
        canonical::to_vec(self)
    }
}
