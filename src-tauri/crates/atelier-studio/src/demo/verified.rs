//! What reading everything back from the chain and the gateway found.
use serde::{Deserialize, Serialize};

/// Counts of what was checked against the signed bundle.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Verified {
    /// Tokens in the bundle.
    pub planned: u32,
    /// Tokens whose metadata and picture came back through the gateway with the right hash and prove into the root.
    pub tokens: u32,
    /// Minted tokens.
    pub minted: u32,
    /// Minted tokens whose URI on chain is the bundle's.
    pub uris: u32,
    /// True when the drop's base URI and provenance on chain are the bundle's.
    pub contract: bool,
    /// Bytes fetched, a decimal string.
    pub bytes: String,
}

impl Verified {
    /// Each check as a sentence, and whether it holds.
    #[must_use]
    pub fn sentences(&self) -> Vec<(bool, String)> {
        vec![
            (
                self.tokens == self.planned,
                format!("{} of {} tokens fetched through the gateway and hashed", self.tokens, self.planned),
            ),
            (
                self.uris == self.minted,
                format!("{} of {} token URIs on chain match the bundle", self.uris, self.minted),
            ),
            (self.contract, "Base URI and provenance on chain are the signed bundle's".to_owned()),
        ]
    }
}
