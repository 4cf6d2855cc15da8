use std::fmt;

use alloy::primitives::Address;
use serde::{Serialize, Serializer};

use crate::manifest::Manifest;

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingCode {
    /// There is no `manifest.json`.
    ManifestMissing,
    /// `manifest.json` cannot be understood or is not canonical.
    ManifestMalformed,
    /// The manifest names a path outside the bundle's folders, or one name twice.
    PathUnsafe,
    /// A listed file is not there.
    FileMissing,
    /// A file is there that the manifest does not list.
    FileExtra,
    /// A listed file is a link, a folder or a device.
    FileIrregular,
    /// A listed file could not be read.
    FileUnreadable,
    /// A file's content is not what the manifest lists.
    FileChanged,
    /// A recorded identifier is not the identifier of the content.
    CidMismatch,
    /// A statement in the manifest contradicts another or the content.
    FactMismatch,
    /// A token lacks its picture or metadata, or has two.
    TokenMismatch,
    /// The recorded Merkle root is not the root over the tokens.
    RootMismatch,
    /// An archive does not carry exactly the listed content.
    CarChanged,
    /// Nobody signed.
    Unsigned,
    /// `manifest.sig.json` cannot be understood or is not canonical.
    SignaturesMalformed,
    /// A signature does not hold.
    SignatureInvalid,
    /// A valid signature is about an earlier version of the bundle.
    SignatureStale,
    /// There are signatures, but none is about this version: it was edited after signing.
    SignatureNotCurrent,
    /// A contract's signature: only its chain can confirm it.
    SignatureNeedsChain,
}

impl FindingCode {
    /// A stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ManifestMissing => "VERIFY-MANIFEST-MISSING",
            Self::ManifestMalformed => "VERIFY-MANIFEST-MALFORMED",
            Self::PathUnsafe => "VERIFY-PATH-UNSAFE",
            Self::FileMissing => "VERIFY-FILE-MISSING",
            Self::FileExtra => "VERIFY-FILE-EXTRA",
            Self::FileIrregular => "VERIFY-FILE-IRREGULAR",
            Self::FileUnreadable => "VERIFY-FILE-UNREADABLE",
            Self::FileChanged => "VERIFY-FILE-CHANGED",
            Self::CidMismatch => "VERIFY-CID-MISMATCH",
            Self::FactMismatch => "VERIFY-FACT-MISMATCH",
            Self::TokenMismatch => "VERIFY-TOKEN-MISMATCH",
            Self::RootMismatch => "VERIFY-ROOT-MISMATCH",
            Self::CarChanged => "VERIFY-CAR-CHANGED",
            Self::Unsigned => "VERIFY-UNSIGNED",
            Self::SignaturesMalformed => "VERIFY-SIGNATURES-MALFORMED",
            Self::SignatureInvalid => "VERIFY-SIGNATURE-INVALID",
            Self::SignatureStale => "VERIFY-SIGNATURE-STALE",
            Self::SignatureNotCurrent => "VERIFY-SIGNATURE-NOT-CURRENT",
            Self::SignatureNeedsChain => "VERIFY-SIGNATURE-NEEDS-CHAIN",
        }
    }
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The bundle is not what it claims to be.
    Damage,
    /// Worth knowing; the bundle is sound.
    Note,
}

/// One thing worth telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The file, as a path inside the bundle.
    pub file: Option<String>,
    /// The token the file, or the damaged part of an archive, belongs to.
    pub token: Option<u32>,
    /// A sentence for a person.
    pub detail: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.as_str())?;
        if let Some(file) = &self.file {
            write!(f, " {file}")?;
        }
        if let Some(token) = self.token {
            write!(f, " (token {token})")?;
        }
        write!(f, ": {}", self.detail)
    }
}

/// A signature that holds and is about this version of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProvenSigner {
    /// Whose key.
    pub signer: Address,
    /// For which chain.
    pub chain_id: u64,
    /// For which contract.
    pub drop: Address,
    /// Royalty receiver the signer stated.
    pub royalty_receiver: Address,
    /// Royalty the signer stated, in hundredths of a percent.
    pub royalty_bps: u16,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What was found, in a fixed order.
    pub findings: Vec<Finding>,
    /// Files whose content was read and found as listed.
    pub files_checked: usize,
    /// Bytes of those files.
    pub bytes_checked: u64,
    /// Tokens whose picture and metadata were both found as listed.
    pub tokens_checked: u32,
    /// Keys that signed exactly this.
    pub signers: Vec<ProvenSigner>,
    /// The manifest, if it could be read.
    #[serde(skip)]
    pub manifest: Option<Manifest>,
}

impl Report {
    /// Whether nothing is damaged. An unsigned bundle can be sound; see [`Self::signers`].
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Note)
    }

    /// The findings that mean damage.
    pub fn damage(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Damage)
    }
}
