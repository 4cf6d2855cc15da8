//! What a creator signs: the EIP-712 type `Bundle`.
//!
//! Bound to one chain and one contract by the domain, and to every byte of the bundle by the Merkle root and
//! the manifest's hash. This module makes the digest (for a signer) and the JSON of `eth_signTypedData_v4`
//! (for a browser wallet); the digest of one is the digest of the other.

use std::borrow::Cow;

use alloy::primitives::{Address, B256, U256};
use alloy::sol;
use alloy::sol_types::{Eip712Domain, SolStruct};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::manifest::Manifest;

/// EIP-712 domain name.
pub const DOMAIN_NAME: &str = "Atelier Bundle";
/// EIP-712 domain version.
pub const DOMAIN_VERSION: &str = "1";
/// EIP-712 primary type.
pub const PRIMARY_TYPE: &str = "Bundle";

mod typed {
    #![allow(missing_docs, reason = "the macro writes items without documentation")]
    use super::sol;

    sol! {
        /// See [`super::Statement`].
        struct Bundle {
            bytes32 root;
            bytes32 manifest;
            uint256 supply;
            address royaltyReceiver;
            uint256 royaltyBps;
            string baseURI;
            bytes32 revealCommitment;
        }
    }
}

/// The members of `Bundle` in EIP-712 order.
pub(crate) const MEMBERS: [(&str, &str); 7] = [
    ("root", "bytes32"),
    ("manifest", "bytes32"),
    ("supply", "uint256"),
    ("royaltyReceiver", "address"),
    ("royaltyBps", "uint256"),
    ("baseURI", "string"),
    ("revealCommitment", "bytes32"),
];

/// A statement by a creator about one bundle on one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// EIP-155 chain id; at most 2^53 - 1, so that JavaScript keeps every digit.
    pub chain_id: u64,
    /// The drop's contract, predicted before it exists.
    pub drop: Address,
    /// The message itself.
    pub message: Message,
}

/// The signed fields, in canonical JSON order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Message {
    /// `ipfs://<metadata folder>/`.
    #[serde(rename = "baseURI")]
    pub base_uri: String,
    /// SHA-256 of the canonical manifest.
    pub manifest: B256,
    /// Commitment to a delayed reveal; zero when there is none.
    pub reveal_commitment: B256,
    /// Merkle root over the tokens.
    pub root: B256,
    /// Royalty in hundredths of a percent (ERC-2981).
    pub royalty_bps: u16,
    /// Who the royalty goes to.
    pub royalty_receiver: Address,
    /// Number of tokens.
    pub supply: u32,
}

impl Statement {
    /// The statement to sign for a bundle.
    pub fn new(
        manifest: &Manifest,
        chain_id: u64,
        drop: Address,
        royalty_receiver: Address,
        royalty_bps: u16,
    ) -> Self {
        let message = Message {
            base_uri: manifest.base_uri.clone(),
            manifest: manifest.sha256().into(),
            reveal_commitment: manifest.reveal_commitment,
            root: manifest.merkle_root,
            royalty_bps,
            royalty_receiver,
            supply: manifest.supply,
        };
        Self { chain_id, drop, message }
    }

    /// Whether this speaks about exactly this manifest.
    pub fn is_about(&self, manifest: &Manifest, manifest_sha256: [u8; 32]) -> bool {
        let m = &self.message;
        m.manifest == B256::from(manifest_sha256)
            && m.root == manifest.merkle_root
            && m.supply == manifest.supply
            && m.base_uri == manifest.base_uri
            && m.reveal_commitment == manifest.reveal_commitment
    }

    /// The 32 bytes a key signs (EIP-712 signing hash).
    pub fn digest(&self) -> B256 {
        let m = &self.message;
        let bundle = typed::Bundle {
            root: m.root,
            manifest: m.manifest,
            supply: U256::from(m.supply),
            royaltyReceiver: m.royalty_receiver,
            royaltyBps: U256::from(m.royalty_bps),
            baseURI: m.base_uri.clone(),
            revealCommitment: m.reveal_commitment,
        };
        let domain = Eip712Domain {
            name: Some(Cow::Borrowed(DOMAIN_NAME)),
            version: Some(Cow::Borrowed(DOMAIN_VERSION)),
            chain_id: Some(U256::from(self.chain_id)),
            verifying_contract: Some(self.drop),
            salt: None,
        };
        bundle.eip712_signing_hash(&domain)
    }

    /// The argument of `eth_signTypedData_v4`.
    pub fn typed_data(&self) -> Value {
        let members = |list: &[(&str, &str)]| -> Value {
            list.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect()
        };
        json!({
            "types": {
                "EIP712Domain": members(&[
                    ("name", "string"),
                    ("version", "string"),
                    ("chainId", "uint256"),
                    ("verifyingContract", "address"),
                ]),
                PRIMARY_TYPE: members(&MEMBERS),
            },
            "primaryType": PRIMARY_TYPE,
            "domain": {
                "name": DOMAIN_NAME,
                "version": DOMAIN_VERSION,
                "chainId": self.chain_id,
                "verifyingContract": self.drop,
            },
            "message": &self.message,
        })
    }
}
