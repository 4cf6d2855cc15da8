//! The plan: which token wears what. Everything after it (pixels, metadata, hashes) follows from the plan alone.
//!
//! # Canonical bytes, version 1
//! All integers are little-endian; a text is its length in bytes (u32) and its UTF-8.
//! ```text
//! "ATELIER-PLAN-1\n"   15 bytes
//! seed                 32 bytes, the key of random.rs
//! supply               u32
//! layers               u16, then for each, bottom to top:
//!   id, name, folder   texts
//!   blend              u8: 0 normal, 1 multiply
//!   none               u32, tokens that go without
//!   traits             u16, then for each: id, name, file (texts) and its number of tokens (u32)
//! tokens               for each id 1..=supply, for each layer: u16, the trait's index, or 0xFFFF for none
//! ```
//! The plan's hash is the SHA-256 of these bytes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::drop::{Blend, Layer, MAX_LAYERS, MAX_SUPPLY, MAX_TRAITS};
use crate::error::CollectionError;
use crate::random::Seed;

const MAGIC: &[u8] = b"ATELIER-PLAN-1\n";
const NONE: u16 = u16::MAX;

/// A complete plan. Build it with [`Plan::new`] or [`Plan::from_bytes`], which compute the hash; whoever changes a field
/// afterwards calls [`Plan::rehash`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Number of tokens.
    pub supply: u32,
    /// The key of the generator that made it.
    #[serde(with = "hex::serde")]
    pub seed: [u8; 32],
    /// Layers, bottom to top.
    pub layers: Vec<LayerKey>,
    /// Exact counts, one entry per layer.
    pub targets: Vec<LayerCounts>,
    /// Tokens by id: `tokens[0].id == 1`.
    pub tokens: Vec<Token>,
    /// SHA-256 of [`Plan::to_bytes`].
    #[serde(with = "hex::serde")]
    pub hash: [u8; 32],
}

/// A layer as the plan needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerKey {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Folder below `layers/`.
    pub folder: String,
    /// How it is laid over what is below.
    pub blend: Blend,
    /// Traits; a token's pick is an index into this list.
    pub traits: Vec<TraitKey>,
}

/// A trait as the plan needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraitKey {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// File name in the layer's folder.
    pub file: String,
}

/// How many tokens wear each trait of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerCounts {
    /// Tokens that go without the layer.
    pub none: u32,
    /// Tokens per trait, in the layer's order.
    pub traits: Vec<u32>,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Token id, from 1.
    pub id: u32,
    /// For each layer the index of its trait, or `None` where the token goes without.
    pub picks: Vec<Option<u16>>,
}

impl From<&Layer> for LayerKey {
    fn from(layer: &Layer) -> Self {
        Self {
            id: layer.id.clone(),
            name: layer.name.clone(),
            folder: layer.folder.clone(),
            blend: layer.blend,
            traits: layer
                .traits
                .iter()
                .map(|item| TraitKey {
                    id: item.id.clone(),
                    name: item.name.clone(),
                    file: item.file.clone(),
                })
                .collect(),
        }
    }
}

impl Plan {
    /// A plan from its parts: counts what the tokens wear and hashes the result.
    ///
    /// # Errors
    /// [`CollectionError::PlanDamaged`] when ids are not `1..=n`, or a pick points outside its layer.
    pub fn new(seed: Seed, layers: Vec<LayerKey>, tokens: Vec<Token>) -> Result<Self, CollectionError> {
        let supply = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
        let mut plan =
            Self { supply, seed: seed.bytes(), targets: Vec::new(), layers, tokens, hash: [0; 32] };
        plan.targets = plan.count()?;
        plan.rehash();
        Ok(plan)
    }

    /// The token with this id.
    pub fn token(&self, id: u32) -> Option<&Token> {
        self.tokens.get(usize::try_from(id.checked_sub(1)?).ok()?)
    }

    /// What a token wears: one entry per layer, `None` where it goes without.
    pub fn worn<'a>(
        &'a self,
        token: &'a Token,
    ) -> impl Iterator<Item = (&'a LayerKey, Option<&'a TraitKey>)> + 'a {
        self.layers
            .iter()
            .zip(&token.picks)
            .map(|(layer, pick)| (layer, pick.and_then(|index| layer.traits.get(usize::from(index)))))
    }

    /// Computes [`Plan::hash`] again after a change.
    pub fn rehash(&mut self) {
        self.hash = Sha256::digest(self.to_bytes()).into();
    }

    /// Whether ids, picks, counts and hash agree with one another. Rules and uniqueness are [`crate::check_plan`]'s.
    ///
    /// # Errors
    /// [`CollectionError::PlanDamaged`] with the first disagreement.
    pub fn validate(&self) -> Result<(), CollectionError> {
        if usize::try_from(self.supply) != Ok(self.tokens.len()) {
            return damaged("its supply is not its number of tokens");
        }
        if self.count()? != self.targets {
            return damaged("its counts are not what its tokens wear");
        }
        if <[u8; 32]>::from(Sha256::digest(self.to_bytes())) != self.hash {
            return damaged("its hash does not match");
        }
        Ok(())
    }

    fn count(&self) -> Result<Vec<LayerCounts>, CollectionError> {
        if self.tokens.is_empty() || self.supply > MAX_SUPPLY {
            return damaged("its number of tokens is out of range");
        }
        if self.layers.is_empty() || self.layers.len() > MAX_LAYERS {
            return damaged("its number of layers is out of range");
        }
        if self.layers.iter().any(|layer| layer.traits.len() > MAX_TRAITS) {
            return damaged("a layer has too many traits");
        }
        let mut counts: Vec<LayerCounts> = self
            .layers
            .iter()
            .map(|layer| LayerCounts { none: 0, traits: vec![0; layer.traits.len()] })
            .collect();
        for (id, token) in (1..).zip(&self.tokens) {
            if token.id != id {
                return damaged("its token ids are not 1, 2, 3, …");
            }
            if token.picks.len() != counts.len() {
                return damaged("a token has the wrong number of layers");
            }
            for (layer, pick) in counts.iter_mut().zip(&token.picks) {
                match pick {
                    None => layer.none += 1,
                    Some(index) => match layer.traits.get_mut(usize::from(*index)) {
                        Some(count) => *count += 1,
                        None => return damaged("a token points at a trait that is not there"),
                    },
                }
            }
        }
        Ok(counts)
    }

    /// The canonical bytes; the format is at the top of this module.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(1_024 + self.tokens.len() * self.layers.len() * 2);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&self.seed);
        out.extend_from_slice(&self.supply.to_le_bytes());
        put_length(&mut out, self.layers.len());
        for (layer, counts) in self.layers.iter().zip(&self.targets) {
            put_text(&mut out, &layer.id);
            put_text(&mut out, &layer.name);
            put_text(&mut out, &layer.folder);
            out.push(match layer.blend {
                Blend::Normal => 0,
                Blend::Multiply => 1,
            });
            out.extend_from_slice(&counts.none.to_le_bytes());
            put_length(&mut out, layer.traits.len());
            for (item, count) in layer.traits.iter().zip(&counts.traits) {
                put_text(&mut out, &item.id);
                put_text(&mut out, &item.name);
                put_text(&mut out, &item.file);
                out.extend_from_slice(&count.to_le_bytes());
            }
        }
        for pick in self.tokens.iter().flat_map(|token| &token.picks) {
            out.extend_from_slice(&pick.unwrap_or(NONE).to_le_bytes());
        }
        out
    }

    /// Reads canonical bytes back.
    ///
    /// # Errors
    /// [`CollectionError::PlanDamaged`] for anything that [`Plan::to_bytes`] would not have written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CollectionError> {
        let mut from = Bytes(bytes);
        if from.take(MAGIC.len())? != MAGIC {
            return damaged("it does not begin like a plan of this version");
        }
        let mut seed = [0; 32];
        seed.copy_from_slice(from.take(32)?);
        let supply = from.u32()?;
        let layer_count = usize::from(from.u16()?);
        if supply == 0 || supply > MAX_SUPPLY || layer_count > MAX_LAYERS {
            return damaged("its size is out of range");
        }
        let mut layers = Vec::with_capacity(layer_count);
        let mut targets = Vec::with_capacity(layer_count);
        for _ in 0..layer_count {
            let (id, name, folder) = (from.text()?, from.text()?, from.text()?);
            let blend = match from.take(1)? {
                [0] => Blend::Normal,
                [1] => Blend::Multiply,
                _ => return damaged("it names an unknown blend mode"),
            };
            let none = from.u32()?;
            let (mut traits, mut counts) = (Vec::new(), Vec::new());
            for _ in 0..from.u16()? {
                traits.push(TraitKey { id: from.text()?, name: from.text()?, file: from.text()? });
                counts.push(from.u32()?);
            }
            layers.push(LayerKey { id, name, folder, blend, traits });
            targets.push(LayerCounts { none, traits: counts });
        }
        // Checked before anything is allocated for the tokens: a lying length must not cost memory.
        let expected = u64::from(supply) * u64::try_from(layer_count).unwrap_or(u64::MAX) * 2;
        if u64::try_from(from.0.len()) != Ok(expected) {
            return damaged("its length does not fit its supply");
        }
        let mut tokens = Vec::with_capacity(supply as usize);
        for id in 1..=supply {
            let mut picks = Vec::with_capacity(layer_count);
            for _ in 0..layer_count {
                let pick = from.u16()?;
                picks.push((pick != NONE).then_some(pick));
            }
            tokens.push(Token { id, picks });
        }
        let plan = Self { supply, seed, layers, targets, tokens, hash: Sha256::digest(bytes).into() };
        plan.validate()?;
        Ok(plan)
    }
}

fn damaged<T>(problem: &'static str) -> Result<T, CollectionError> {
    Err(CollectionError::PlanDamaged { problem })
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    let length = u16::try_from(length).expect("layers and traits are limited far below 65,535");
    out.extend_from_slice(&length.to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    let length = u32::try_from(text.len()).expect("a name in memory is far below 4 GiB");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

/// A reader that never reads past the end.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], CollectionError> {
        match self.0.split_at_checked(length) {
            Some((head, tail)) => {
                self.0 = tail;
                Ok(head)
            }
            None => damaged("it ends too early"),
        }
    }

    fn u16(&mut self) -> Result<u16, CollectionError> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn u32(&mut self) -> Result<u32, CollectionError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn text(&mut self) -> Result<String, CollectionError> {
        let length = self.u32()? as usize;
        match std::str::from_utf8(self.take(length)?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => damaged("a name in it is not UTF-8"),
        }
    }
}
