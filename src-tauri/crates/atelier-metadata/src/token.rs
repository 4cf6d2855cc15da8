//! One token's metadata: the ERC-721 metadata schema with marketplaces' `attributes`.

use atelier_collection::{Drop, Plan, Token};
use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::error::MetadataError;
use crate::template::Template;

/// A token's metadata document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenMetadata {
    /// What it is called (ERC-721).
    pub name: String,
    /// What it is; Markdown on most marketplaces (ERC-721).
    pub description: String,
    /// Where its picture is: `ipfs://` or `ar://` (ERC-721).
    pub image: String,
    /// A page about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_url: Option<String>,
    /// Six hexadecimal digits without `#`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_color: Option<String>,
    /// What it wears, bottom layer first. A layer it goes without is left out.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// The layer's name.
    pub trait_type: String,
    /// The trait's name.
    pub value: String,
}

impl TokenMetadata {
    /// The canonical bytes: the file that is hashed, signed and stored.
    ///
    /// # Errors
    /// None in practice: the document holds text only. The signature is that of [`canonical::to_vec`].
    pub fn to_canonical(&self) -> Result<Vec<u8>, MetadataError> {
        canonical::to_vec(self)
    }
}

/// A drop's templates, read once and filled for every token of a plan.
#[derive(Clone, Debug)]
pub struct Templates<'a> {
    drop: &'a Drop,
    plan: &'a Plan,
    pub(crate) name: Template,
    pub(crate) description: Template,
    pub(crate) external_url: Option<Template>,
}

impl<'a> Templates<'a> {
    /// Reads the templates.
    ///
    /// # Errors
    /// The first template that cannot be read; [`crate::lint()`] names them all.
    pub fn new(drop: &'a Drop, plan: &'a Plan) -> Result<Self, MetadataError> {
        let spec = &drop.metadata;
        let external_url = spec.external_url.as_ref();
        Ok(Self {
            drop,
            plan,
            name: Template::parse("name", &spec.name, plan)?,
            description: Template::parse("description", &spec.description, plan)?,
            external_url: external_url.map(|text| Template::parse("external_url", text, plan)).transpose()?,
        })
    }

    /// The metadata of one token whose picture is at `image`.
    ///
    /// # Errors
    /// [`MetadataError::ForeignToken`] when the token does not have the plan's layers.
    pub fn token(&self, token: &Token, image: impl Into<String>) -> Result<TokenMetadata, MetadataError> {
        if token.picks.len() != self.plan.layers.len() {
            return Err(MetadataError::ForeignToken { id: token.id });
        }
        let fill = |template: &Template| template.fill(&self.drop.name, self.plan, token);
        Ok(TokenMetadata {
            name: fill(&self.name),
            description: fill(&self.description),
            image: image.into(),
            external_url: self.external_url.as_ref().map(fill).filter(|url| !url.is_empty()),
            background_color: self.drop.metadata.background_color.clone(),
            attributes: self
                .plan
                .worn(token)
                .filter_map(|(layer, item)| {
                    item.map(|item| Attribute { trait_type: layer.name.clone(), value: item.name.clone() })
                })
                .collect(),
        })
    }
}
