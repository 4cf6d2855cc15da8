use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The Tokens grid, column-wise: small enough for 100,000 tokens in one answer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TokensTable {
    /// Plan hash; empty where there is no plan.
    pub plan: String,
    /// Tokens; ids are 1..=count.
    pub count: u32,
    /// Tokens rendered and matching the plan.
    pub rendered: u32,
    /// Layers, bottom to top.
    pub layers: Vec<TokensLayer>,
    /// `rank[i]` is the rarity rank of token `i + 1`; 1 is rarest.
    pub rank: Vec<u32>,
    /// Information content of token `i + 1` in thousandths of a bit.
    pub bits: Vec<u32>,
    /// Version of the picture of token `i + 1`, for `?v=`; empty where not rendered.
    pub version: Vec<String>,
    /// Micro-atlas pages under the picture protocol; 0 where none.
    pub micro_pages: u32,
    /// Version of the micro-atlas, for `?v=`.
    pub micro_version: String,
    /// How rarity is measured, in words.
    pub rarity: String,
}

/// One layer of the grid's table.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TokensLayer {
    /// Layer id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Trait names, by trait index.
    pub traits: Vec<String>,
    /// Trait ids, by trait index.
    pub trait_ids: Vec<String>,
    /// Tokens with trait `j`; the last entry counts tokens with none.
    pub counts: Vec<u32>,
    /// Trait index of token `i + 1`; `traits.len()` means none.
    pub column: Vec<u16>,
}

/// Names a token.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TokenRef {
    /// Token id, from 1.
    pub id: u32,
}

/// One token in the inspector.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TokenDetail {
    /// Token id.
    pub id: u32,
    /// Its name from the template.
    pub name: String,
    /// Rarity rank.
    pub rank: u32,
    /// Tokens in all.
    pub of: u32,
    /// Its traits, bottom to top.
    pub traits: Vec<TokenTrait>,
    /// SHA-256 of the picture, once rendered.
    pub image_sha256: Option<String>,
    /// CID of the picture, once bundled.
    pub image_cid: Option<String>,
    /// Its metadata JSON, canonical, once bundled.
    pub metadata: Option<String>,
    /// `ipfs://` URI of its metadata, once bundled.
    pub token_uri: Option<String>,
    /// Who holds it, once minted.
    pub owner: Option<String>,
    /// The transaction that minted it.
    pub mint_transaction: Option<String>,
}

/// One trait of a token.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TokenTrait {
    /// Layer name.
    pub layer: String,
    /// Layer id.
    pub layer_id: String,
    /// Trait name; `None` where it wears none.
    pub name: Option<String>,
    /// Share of all tokens, in ten-thousandths.
    pub share: u32,
}
