use std::io;
use std::path::{Path, PathBuf};

use alloy::primitives::Address;

/// Why a bundle could not be made, read or signed.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The operating system refused a file operation.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was being done, as a verb.
        action: &'static str,
        /// The file or folder concerned.
        path: PathBuf,
        /// The system's own reason.
        source: io::Error,
    },
    /// The caller asked to stop. Nothing half-written is left under a final name.
    #[error("stopped before the bundle was complete")]
    Cancelled,
    /// A file no longer holds the bytes that were hashed a moment ago.
    #[error("{} changed while the bundle was being built; let other programs finish and build again", path.display())]
    FileChanged {
        /// The file that changed.
        path: PathBuf,
    },
    /// A file name that would not be safe or portable inside a bundle.
    #[error("the file name {name:?} cannot be used in a bundle: {reason}")]
    BadName {
        /// The offending name.
        name: String,
        /// Which rule it breaks.
        reason: &'static str,
    },
    /// Two files would have the same name on some systems.
    #[error("two files are called {name:?} (capital letters do not count); rename one")]
    DuplicateName {
        /// The name used twice.
        name: String,
    },
    /// A bundle needs at least one token.
    #[error("there is nothing to bundle: no token has metadata")]
    Empty,
    /// A token lacks its picture or its metadata.
    #[error("token {token} has no {what}")]
    TokenIncomplete {
        /// The token id.
        token: u32,
        /// "picture" or "metadata".
        what: &'static str,
    },
    /// A token appears twice, or outside `1..=supply`.
    #[error("token {token} has a second {what}, or is outside the supply")]
    TokenUnexpected {
        /// The token id.
        token: u32,
        /// "picture" or "metadata".
        what: &'static str,
    },
    /// Pictures must lie in the `images` folder of the bundle, because the manifest names them there.
    #[error("pictures were hashed in {} but the bundle expects them in {}", found.display(), expected.display())]
    ImagesElsewhere {
        /// Where they were hashed.
        found: PathBuf,
        /// Where they have to be.
        expected: PathBuf,
    },
    /// The directory could not be expressed as UnixFS nodes.
    #[error("cannot describe the folder as IPFS nodes: {reason}")]
    Directory {
        /// The library's reason.
        reason: String,
    },
    /// A CAR archive is damaged or is not a CAR archive.
    #[error("{} is not a sound CAR archive: {reason}", path.display())]
    CarMalformed {
        /// The archive.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// `manifest.json` cannot be understood.
    #[error("manifest.json cannot be read: {reason}")]
    ManifestMalformed {
        /// What is wrong, with line and column where known.
        reason: String,
    },
    /// `manifest.json` says the right things in the wrong bytes, so its hash means nothing.
    #[error(
        "manifest.json is not in canonical form (RFC 8785); it was edited or re-saved by another program"
    )]
    ManifestNotCanonical,
    /// `manifest.sig.json` cannot be understood.
    #[error("manifest.sig.json cannot be read: {reason}")]
    SignaturesMalformed {
        /// What is wrong, with line and column where known.
        reason: String,
    },
    /// `manifest.sig.json` is not in canonical form.
    #[error(
        "manifest.sig.json is not in canonical form (RFC 8785); it was edited or re-saved by another program"
    )]
    SignaturesNotCanonical,
    /// A signature does not have 65 bytes with `v` 27 or 28 and a low `s`.
    #[error("the signature of {signer} is not in the accepted form: {reason}")]
    SignatureForm {
        /// Who is said to have signed.
        signer: Address,
        /// Which rule it breaks.
        reason: &'static str,
    },
    /// The signature was made by another key, or over other content.
    #[error("the signature does not belong to {claimed}: it recovers to {recovered}")]
    SignatureWrongSigner {
        /// Who is said to have signed.
        claimed: Address,
        /// Who the signature recovers to.
        recovered: Address,
    },
    /// A Merkle tree needs at least one leaf.
    #[error("a Merkle tree needs at least one leaf")]
    MerkleEmpty,
    /// No leaf has this position, or it was asked for twice.
    #[error("there is no single leaf {index} in a Merkle tree of {leaves}")]
    MerkleIndex {
        /// The position asked for.
        index: usize,
        /// How many leaves there are.
        leaves: usize,
    },
}

impl BundleError {
    /// A stable name for this kind of failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "BUNDLE-IO",
            Self::Cancelled => "BUNDLE-CANCELLED",
            Self::FileChanged { .. } => "BUNDLE-FILE-UNSTABLE",
            Self::BadName { .. } => "BUNDLE-NAME-BAD",
            Self::DuplicateName { .. } => "BUNDLE-NAME-DUPLICATE",
            Self::Empty => "BUNDLE-EMPTY",
            Self::TokenIncomplete { .. } => "BUNDLE-TOKEN-INCOMPLETE",
            Self::TokenUnexpected { .. } => "BUNDLE-TOKEN-UNEXPECTED",
            Self::ImagesElsewhere { .. } => "BUNDLE-IMAGES-ELSEWHERE",
            Self::Directory { .. } => "BUNDLE-DIRECTORY",
            Self::CarMalformed { .. } => "BUNDLE-CAR-MALFORMED",
            Self::ManifestMalformed { .. } => "BUNDLE-MANIFEST-MALFORMED",
            Self::ManifestNotCanonical => "BUNDLE-MANIFEST-NOT-CANONICAL",
            Self::SignaturesMalformed { .. } => "BUNDLE-SIGNATURES-MALFORMED",
            Self::SignaturesNotCanonical => "BUNDLE-SIGNATURES-NOT-CANONICAL",
            Self::SignatureForm { .. } => "BUNDLE-SIGNATURE-FORM",
            Self::SignatureWrongSigner { .. } => "BUNDLE-SIGNATURE-WRONG-SIGNER",
            Self::MerkleEmpty => "BUNDLE-MERKLE-EMPTY",
            Self::MerkleIndex { .. } => "BUNDLE-MERKLE-INDEX",
        }
    }

    /// Pairs an operating system error with what was being done to which file.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        move |source| Self::Io { action, path, source }
    }
}
