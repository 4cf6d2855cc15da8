//! `manifest.sig.json`: detached signatures over a bundle.
//!
//! One file holds any number of signatures, by several people or by one person over several versions; an
//! edit of the bundle makes older ones *stale*, it does not remove them. Each entry is complete in itself:
//! viem's `verifyTypedData` and ethers' `verifyTypedData` take its `domain`, `types`, `message` and
//! `signature` as they stand. The file is canonical JSON, so every byte of it is accounted for.

use std::path::Path;

use alloy::primitives::{Address, B256, Bytes, Signature, U256};
use serde::{Deserialize, Serialize};

use crate::error::BundleError;
use crate::files;
use crate::manifest::MAX_SAFE_INTEGER;
use crate::names::SIGNATURES;
use crate::statement::{DOMAIN_NAME, DOMAIN_VERSION, MEMBERS, Message, PRIMARY_TYPE, Statement};

/// Name and version of this layout.
pub const SCHEMA: &str = "atelier/signatures/1";
const MAX_BYTES: u64 = 4 << 20;
/// Half the order of secp256k1: larger `s` have a second form and are refused (EIP-2).
const HALF_ORDER: U256 = U256::from_limbs([
    0xdfe9_2f46_681b_20a0,
    0x5d57_6e73_57a4_501d,
    0xffff_ffff_ffff_ffff,
    0x7fff_ffff_ffff_ffff,
]);

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureFile {
    schema: String,
    signatures: Vec<SignedStatement>,
}

/// How a signature is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// By a key: recovered and compared here.
    Ecdsa,
    /// By a contract (ERC-1271): only its chain can say whether it is valid.
    Erc1271,
}

/// One signature with all it takes to check it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SignedStatement {
    digest: B256,
    domain: Domain,
    message: Message,
    primary_type: String,
    scheme: Scheme,
    signature: Bytes,
    signer: Address,
    types: Types,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Domain {
    chain_id: u64,
    name: String,
    verifying_contract: Address,
    version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    #[serde(rename = "Bundle")]
    bundle: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Types {
    fn ours() -> Self {
        let bundle = MEMBERS.iter().map(|(name, kind)| Member { name: (*name).into(), kind: (*kind).into() });
        Self { bundle: bundle.collect() }
    }
}

impl SignedStatement {
    /// Puts a statement and its signature together, checking the signature when it is by a key.
    ///
    /// # Errors
    /// [`BundleError::SignatureForm`] and [`BundleError::SignatureWrongSigner`].
    pub fn new(
        statement: &Statement,
        signer: Address,
        scheme: Scheme,
        signature: impl Into<Bytes>,
    ) -> Result<Self, BundleError> {
        let signed = Self {
            digest: statement.digest(),
            domain: Domain {
                chain_id: statement.chain_id,
                name: DOMAIN_NAME.into(),
                verifying_contract: statement.drop,
                version: DOMAIN_VERSION.into(),
            },
            message: statement.message.clone(),
            primary_type: PRIMARY_TYPE.into(),
            scheme,
            signature: signature.into(),
            signer,
            types: Types::ours(),
        };
        signed.check()?;
        Ok(signed)
    }

    /// Who signed, or is said to have signed until [`Self::check`] says so.
    pub fn signer(&self) -> Address {
        self.signer
    }

    /// How the signature is checked.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The signature's bytes.
    pub fn signature(&self) -> &Bytes {
        &self.signature
    }

    /// What was signed.
    pub fn statement(&self) -> Statement {
        Statement {
            chain_id: self.domain.chain_id,
            drop: self.domain.verifying_contract,
            message: self.message.clone(),
        }
    }

    /// Recomputes the digest and recovers the signer. An ERC-1271 signature passes as far as it can be
    /// checked without its chain: ask `isValidSignature(digest, signature)` there.
    ///
    /// # Errors
    /// [`BundleError::SignaturesMalformed`], [`BundleError::SignatureForm`],
    /// [`BundleError::SignatureWrongSigner`].
    pub fn check(&self) -> Result<(), BundleError> {
        let malformed = |reason: &str| BundleError::SignaturesMalformed { reason: reason.into() };
        if self.primary_type != PRIMARY_TYPE || self.types != Types::ours() {
            return Err(malformed("the signed type is not Bundle as this version knows it"));
        }
        if self.domain.name != DOMAIN_NAME || self.domain.version != DOMAIN_VERSION {
            return Err(malformed("the signature is for another domain"));
        }
        if self.domain.chain_id > MAX_SAFE_INTEGER {
            return Err(malformed("the chain id is beyond what JavaScript can hold"));
        }
        let digest = self.statement().digest();
        if digest != self.digest {
            return Err(malformed("the recorded digest is not the digest of the recorded message"));
        }
        match self.scheme {
            Scheme::Ecdsa => check_ecdsa(digest, self.signer, &self.signature),
            Scheme::Erc1271 => Ok(()),
        }
    }
}

fn check_ecdsa(digest: B256, signer: Address, bytes: &[u8]) -> Result<(), BundleError> {
    let form = |reason| BundleError::SignatureForm { signer, reason };
    if bytes.len() != 65 {
        return Err(form("a key signs in 65 bytes"));
    }
    if !matches!(bytes[64], 27 | 28) {
        return Err(form("the last byte is 27 or 28"));
    }
    let signature = Signature::from_raw(bytes).map_err(|_| form("it cannot be read"))?;
    if signature.s() > HALF_ORDER {
        return Err(form("its s value is in the upper half"));
    }
    let recovered =
        signature.recover_address_from_prehash(&digest).map_err(|_| form("no key could have made it"))?;
    if recovered != signer {
        return Err(BundleError::SignatureWrongSigner { claimed: signer, recovered });
    }
    Ok(())
}

impl Default for SignatureFile {
    fn default() -> Self {
        Self { schema: SCHEMA.into(), signatures: Vec::new() }
    }
}

impl SignatureFile {
    /// Adds a signature. Signing the same statement again replaces one's earlier signature.
    pub fn attach(&mut self, signed: SignedStatement) {
        self.signatures.retain(|old| (old.signer, old.digest) != (signed.signer, signed.digest));
        self.signatures.push(signed);
    }

    /// All signatures, oldest first.
    pub fn signatures(&self) -> &[SignedStatement] {
        &self.signatures
    }

    /// The canonical bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings, integers and lists always serialise")
    }

    /// Reads a file somebody may have tampered with. The signatures are not checked yet.
    ///
    /// # Errors
    /// [`BundleError::SignaturesMalformed`], [`BundleError::SignaturesNotCanonical`].
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let file: Self = serde_json::from_slice(bytes)
            .map_err(|e| BundleError::SignaturesMalformed { reason: e.to_string() })?;
        if file.schema != SCHEMA {
            let reason = format!("its layout is {:?}, this version reads {SCHEMA:?}", file.schema);
            return Err(BundleError::SignaturesMalformed { reason });
        }
        if file.to_bytes() != bytes {
            return Err(BundleError::SignaturesNotCanonical);
        }
        Ok(file)
    }

    /// Reads `manifest.sig.json` of a bundle; `None` when the bundle is unsigned.
    ///
    /// # Errors
    /// As [`Self::parse`], and [`BundleError::Io`].
    pub fn read(bundle: &Path) -> Result<Option<Self>, BundleError> {
        let path = bundle.join(SIGNATURES);
        match files::read_small(&path, MAX_BYTES) {
            Ok(bytes) => Self::parse(&bytes).map(Some),
            Err(BundleError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Writes `manifest.sig.json` into a bundle, whole or not at all.
    ///
    /// # Errors
    /// [`BundleError::Io`].
    pub fn write(&self, bundle: &Path) -> Result<(), BundleError> {
        files::write_whole(&bundle.join(SIGNATURES), &self.to_bytes())
    }
}
