//! The typed meaning of `drop.toml`: what a drop is made of.
//!
//! These are plain values: they hold no text, no positions and no comments (see [`crate::DropFile`] for those), and
//! they can be built by hand in a test.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::rule::Rule;

/// The only schema number this version reads and writes.
pub const SCHEMA: u32 = 1;
/// The largest supply a drop may have. Ten times what has ever sold well, and small enough to hold in memory.
pub const MAX_SUPPLY: u32 = 1_000_000;
/// The most layers a drop may have.
pub const MAX_LAYERS: usize = 64;
/// The most traits one layer may have.
pub const MAX_TRAITS: usize = 4_096;
/// The longest side of an image, in pixels.
pub const MAX_SIDE: u32 = 8_192;

/// A drop: everything `drop.toml` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drop {
    /// Collection name, as marketplaces show it.
    pub name: String,
    /// Token symbol, such as `TIDE`.
    pub symbol: String,
    /// Collection description; may be empty.
    pub description: String,
    /// Number of tokens; their ids are `1..=supply`.
    pub supply: u32,
    /// Seed text; see [`crate::random::Seed`].
    pub seed: String,
    /// Canvas and encoder preset.
    pub art: Art,
    /// Ids of the layers over which combinations must differ. Always filled in: all layers when the file says nothing.
    pub unique_layers: Vec<String>,
    /// Layers, bottom to top.
    pub layers: Vec<Layer>,
    /// Rules, in file order.
    pub rules: Vec<Rule>,
    /// Templates for the tokens' metadata.
    pub metadata: MetadataTemplates,
    /// What a resale owes the creator.
    pub royalty: Royalty,
    /// How the tokens reach people.
    pub launch: Launch,
    /// Where the bundle is kept.
    pub storage: Storage,
}

impl Drop {
    /// The layer with this id, and its position from the bottom.
    pub fn layer(&self, id: &str) -> Option<(usize, &Layer)> {
        self.layers.iter().enumerate().find(|(_, layer)| layer.id == id)
    }
}

/// The canvas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Art {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Encoder preset.
    pub preset: Preset,
    /// Colour under the lowest layer, as red, green, blue, alpha (not premultiplied); transparent when absent.
    pub background: Option<[u8; 4]>,
}

/// How hard the PNG encoder works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Largest files, least time.
    Fast,
    /// The middle.
    #[default]
    Balanced,
    /// Smallest files, most time.
    Small,
}

/// One layer of art.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Stable id, `[a-z0-9-]+`.
    pub id: String,
    /// The `trait_type` that people read.
    pub name: String,
    /// Folder below `layers/`.
    pub folder: String,
    /// How it is laid over what is below.
    pub blend: Blend,
    /// `Some` when a token may go without this layer: the target of going without.
    pub none: Option<Target>,
    /// Traits, in file order.
    pub traits: Vec<Trait>,
}

/// How a layer is combined with what is below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Blend {
    /// Alpha-over.
    #[default]
    Normal,
    /// W3C `multiply`.
    Multiply,
}

impl Blend {
    /// The word used in `drop.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Blend::Normal => "normal",
            Blend::Multiply => "multiply",
        }
    }
}

/// One trait of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// Stable id, `[a-z0-9-]+`, unique in its layer.
    pub id: String,
    /// The value that people read, unique in its layer.
    pub name: String,
    /// File name in the layer's folder.
    pub file: String,
    /// How many tokens wear it.
    pub target: Target,
}

/// How many tokens wear a trait. Exactly one of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// A share of what counts and percentages leave over.
    Weight(u32),
    /// A share of the whole supply.
    Percent(Percent),
    /// This many tokens, whatever the supply.
    Count(u32),
}

/// A percentage with at most four decimals, held as ten-thousandths of a percent (`1_000_000` is 100 %).
///
/// It is read and written as a decimal string ("12.5"), because a floating point number in a decision about money or
/// rarity is a decision nobody can repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u32);

impl Percent {
    /// 100 %.
    pub const HUNDRED: Percent = Percent(1_000_000);

    /// From ten-thousandths of a percent; `None` above 100 %.
    pub fn from_parts(parts: u32) -> Option<Self> {
        (parts <= Self::HUNDRED.0).then_some(Self(parts))
    }

    /// In ten-thousandths of a percent: 0 to 1,000,000.
    pub fn parts(self) -> u32 {
        self.0
    }

    /// In basis points (hundredths of a percent), when it is a whole number of them.
    pub fn basis_points(self) -> Option<u16> {
        if self.0.is_multiple_of(100) { u16::try_from(self.0 / 100).ok() } else { None }
    }

    /// Reads `"5"`, `"12.5"`, `"0.0001"`; no sign, no exponent, no spaces, at most four decimals, at most 100.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 3 || decimals.len() > 4 {
            return None;
        }
        let whole: u32 = whole.parse().ok()?;
        let decimals: u32 = format!("{decimals:0<4}").parse().ok()?;
        Self::from_parts(whole * 10_000 + decimals)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / 10_000, self.0 % 10_000);
        if decimals == 0 {
            write!(f, "{whole}")
        } else {
            let decimals = format!("{decimals:04}");
            write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
        }
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("{text:?} is not a percentage with at most four decimals"))
        })
    }
}

/// Templates for the metadata of every token. Variables are described in `atelier-metadata`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetadataTemplates {
    /// Token name, for example `Tidepool Keeper #{id}`.
    pub name: String,
    /// Token description.
    pub description: String,
    /// A page about the token; absent when empty.
    pub external_url: Option<String>,
    /// Six hexadecimal digits without `#`; absent when empty.
    pub background_color: Option<String>,
}

/// What a resale owes the creator (ERC-2981).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Royalty {
    /// Share of the price in basis points: 500 is 5 %.
    pub basis_points: u16,
    /// Who receives it.
    pub receiver: Account,
}

/// Somebody on chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Account {
    /// Whoever deploys the drop.
    Deployer,
    /// A fixed address: `0x` and forty hexadecimal digits, as written. Its checksum is for `atelier-chain` to judge.
    Address(String),
}

impl Account {
    /// Reads `"deployer"` or an address.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "deployer" {
            return Some(Self::Deployer);
        }
        let digits = text.strip_prefix("0x")?;
        (digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .then(|| Self::Address(text.to_owned()))
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deployer => f.write_str("deployer"),
            Self::Address(address) => f.write_str(address),
        }
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.to_string()
    }
}

impl TryFrom<String> for Account {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is neither \"deployer\" nor a 0x address"))
    }
}

/// How the tokens reach people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// Tokens per batch transaction.
    pub batch_size: u32,
    /// Tokens minted by the owner in batches.
    pub batched: u32,
    /// Tokens issued as vouchers. `batched + vouchers` is at most the supply.
    pub vouchers: u32,
    /// Who receives the batches.
    pub recipient: Account,
    /// Whether the metadata is frozen at the end.
    pub freeze: bool,
}

/// Where the bundle is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// How many targets must hold the bundle before a launch.
    pub copies: u32,
    /// Ids of the targets in use.
    pub targets: Vec<String>,
    /// Targets that the file describes. `embedded` needs no description.
    pub described: Vec<StorageTarget>,
}

/// A `[[storage.target]]`: never a secret, those live in the keychain under the target's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageTarget {
    /// Stable id, `[a-z0-9-]+`.
    pub id: String,
    /// Kind, for example `embedded`, `kubo` or `arweave`; `atelier-storage` knows them.
    pub kind: String,
    /// Where its API answers.
    pub url: Option<String>,
    /// Where it is read back from, by another route than it was written.
    pub gateway: Option<String>,
}
