//! The compiled contracts of one version, inside the binary and checked against their manifest.
//!
//! They are files of the repository (`assets/contracts/<version>/`), so that building the application needs
//! no Solidity compiler; the contracts' own test proves that the sources compile to exactly them.

use std::collections::BTreeMap;

use alloy::{
    json_abi::JsonAbi,
    primitives::{Address, B256, Bytes, keccak256},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::ChainError;

/// Version of the contracts in this build.
pub const VERSION: &str = "1.0.0";

macro_rules! embedded {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/contracts/1.0.0/", $name))
    };
}

const DROP: &[u8] = embedded!("AtelierDrop.json");
const FACTORY: &[u8] = embedded!("AtelierFactory.json");
const STANDARD_INPUT: &[u8] = embedded!("standard-input.json");
const MANIFEST: &[u8] = embedded!("manifest.json");

/// One compiled contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    /// Its name in Solidity.
    pub contract_name: String,
    /// Its file in the standard-JSON input.
    pub source_name: String,
    /// Its interface.
    pub abi: JsonAbi,
    /// Creation bytecode, without constructor arguments.
    pub bytecode: Bytes,
    /// Runtime bytecode, with zeros where immutables go.
    pub deployed_bytecode: Bytes,
    /// Where immutables go.
    #[serde(default)]
    pub immutable_references: Vec<ImmutableReference>,
}

/// A place in the runtime bytecode that the constructor fills.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ImmutableReference {
    /// First byte.
    pub start: usize,
    /// Number of bytes: 32.
    pub length: usize,
}

impl Artifact {
    /// The code that is at the contract's address when its only immutable is `value`.
    #[must_use]
    pub fn runtime_with(&self, value: Address) -> Bytes {
        let mut code = self.deployed_bytecode.to_vec();
        for place in &self.immutable_references {
            if let Some(hole) = code.get_mut(place.start..place.start + place.length) {
                let word = value.into_word();
                hole.copy_from_slice(&word[32 - place.length..]);
            }
        }
        code.into()
    }
}

/// All compiled contracts of [`VERSION`].
#[derive(Clone, Debug)]
pub struct Artifacts {
    /// The implementation every drop is a clone of.
    pub drop: Artifact,
    /// The factory.
    pub factory: Artifact,
    /// The compiler, as Sourcify and Etherscan spell it after a `v`.
    pub compiler: String,
}

#[derive(Deserialize)]
struct Manifest {
    version: String,
    compiler: String,
    sha256: BTreeMap<String, String>,
}

impl Artifacts {
    /// The contracts of this build, after every file proved to have its recorded hash.
    pub fn embedded() -> Result<Self, ChainError> {
        Self::verified(
            MANIFEST,
            &[
                ("AtelierDrop.json", DROP),
                ("AtelierFactory.json", FACTORY),
                ("standard-input.json", STANDARD_INPUT),
            ],
        )
    }

    fn verified(manifest: &[u8], files: &[(&str, &[u8])]) -> Result<Self, ChainError> {
        let damaged =
            |file: &str, reason: String| ChainError::ArtifactDamaged { file: file.to_owned(), reason };
        let manifest: Manifest =
            serde_json::from_slice(manifest).map_err(|error| damaged("manifest.json", error.to_string()))?;
        if manifest.version != VERSION {
            return Err(damaged("manifest.json", format!("it is of version {}", manifest.version)));
        }
        let mut parsed = BTreeMap::new();
        for (name, content) in files {
            let recorded = manifest
                .sha256
                .get(*name)
                .ok_or_else(|| damaged(name, "the manifest does not list it".to_owned()))?;
            let found = hex::encode(Sha256::digest(content));
            if *recorded != found {
                return Err(damaged(name, format!("its SHA-256 is {found}, not {recorded}")));
            }
            if *name != "standard-input.json" {
                let artifact: Artifact =
                    serde_json::from_slice(content).map_err(|error| damaged(name, error.to_string()))?;
                parsed.insert(*name, artifact);
            }
        }
        let mut take = |name: &str| {
            parsed.remove(name).ok_or_else(|| damaged(name, "it is not part of this build".to_owned()))
        };
        Ok(Self {
            drop: take("AtelierDrop.json")?,
            factory: take("AtelierFactory.json")?,
            compiler: manifest.compiler,
        })
    }

    /// The complete compiler input, for source verification.
    #[must_use]
    pub fn standard_input(&self) -> &'static [u8] {
        STANDARD_INPUT
    }

    /// keccak-256 of the implementation's code on chain.
    #[must_use]
    pub fn implementation_code_hash(&self) -> B256 {
        keccak256(&self.drop.deployed_bytecode)
    }

    /// keccak-256 of the factory's code on chain.
    #[must_use]
    pub fn factory_code_hash(&self, implementation: Address) -> B256 {
        keccak256(self.factory.runtime_with(implementation))
    }
}

#[cfg(test)]
mod tests {
    use super::{Artifacts, DROP, FACTORY, MANIFEST, STANDARD_INPUT};

    #[test]
    fn one_flipped_bit_is_noticed_and_named() {
        let mut factory = FACTORY.to_vec();
        factory[100] ^= 1;
        let files: [(&str, &[u8]); 3] = [
            ("AtelierDrop.json", DROP),
            ("AtelierFactory.json", &factory),
            ("standard-input.json", STANDARD_INPUT),
        ];
        let error = Artifacts::verified(MANIFEST, &files).expect_err("a damaged file must not be used");
        assert_eq!(error.code(), "CHAIN-ARTIFACT-DAMAGED");
        assert!(error.to_string().contains("AtelierFactory.json"), "the sentence names the file: {error}");
    }
}
