use std::io;
use std::path::{Path, PathBuf};

use alloy::primitives::Address;
use atelier_bundle::{BundleError, Cid};

/// Why content could not be stored, found or proven.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
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
    /// The caller asked to stop. What was stored so far stays and is not stored again.
    #[error("stopped before everything was stored")]
    Cancelled,
    /// An archive of the bundle is damaged.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A block is not in the store.
    #[error("block {cid} is not stored here; store the bundle again")]
    BlockMissing {
        /// The block.
        cid: Cid,
    },
    /// A stored block no longer hashes to its name.
    #[error("block {cid} is damaged on disk; store the bundle again to repair it")]
    BlockDamaged {
        /// The block.
        cid: Cid,
    },
    /// A block holds bytes that are not the node they should be.
    #[error("node {cid} cannot be read as a file or folder: {reason}")]
    NodeMalformed {
        /// The node.
        cid: Cid,
        /// What is wrong with it.
        reason: String,
    },
    /// No such name in a folder.
    #[error("there is no {name:?} in {folder}")]
    NameNotFound {
        /// The folder looked in.
        folder: Cid,
        /// The name looked for.
        name: String,
    },
    /// The gateway's port belongs to another program.
    #[error("port {port} is used by another program; close it, or let Atelier choose a free port")]
    PortInUse {
        /// The port asked for.
        port: u16,
    },
    /// The address of an endpoint makes no sense.
    #[error("{address:?} is not an http or https address of a storage node")]
    BadAddress {
        /// What was given.
        address: String,
    },
    /// Nothing answers.
    #[error("{endpoint} does not answer ({reason}); is the node running?")]
    Down {
        /// The node, without credentials.
        endpoint: String,
        /// The network's reason.
        reason: String,
    },
    /// The answer took too long.
    #[error("{endpoint} did not answer within {seconds} s; try again later")]
    Slow {
        /// The node and the call.
        endpoint: String,
        /// How long it was given.
        seconds: u64,
    },
    /// The answer is not what this kind of node says.
    #[error("{endpoint} gave an answer that makes no sense ({reason}); is this the right address?")]
    Rubbish {
        /// The node and the call.
        endpoint: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The node understood and said no.
    #[error("{endpoint} refused ({status}): {message}")]
    Refused {
        /// The node and the call.
        endpoint: String,
        /// HTTP status.
        status: u16,
        /// The node's words.
        message: String,
    },
    /// The node stored something else.
    #[error("{endpoint} answered {returned} for {car}, which is {expected}; the copy there is not trusted")]
    WrongRoot {
        /// The node.
        endpoint: String,
        /// The archive sent.
        car: String,
        /// The identifier computed here.
        expected: Box<Cid>,
        /// The identifier it returned.
        returned: String,
    },
    /// The node has the content but does not promise to keep it.
    #[error("{endpoint} does not keep {cid} (it is not pinned)")]
    NotPinned {
        /// The node.
        endpoint: String,
        /// The content.
        cid: Cid,
    },
    /// Content fetched back is not the content released.
    #[error("what came back for {path} is not what was released")]
    ContentChanged {
        /// The file, as the manifest names it.
        path: String,
    },
    /// A data item breaks a rule of ANS-104.
    #[error("this cannot be an Arweave data item: {reason}")]
    DataItem {
        /// Which rule.
        reason: &'static str,
    },
    /// A data item's signature is by another key.
    #[error("the data item was signed by {recovered}, not by its owner {owner}")]
    DataItemSigner {
        /// The owner named in the item.
        owner: Address,
        /// Who the signature recovers to.
        recovered: Address,
    },
    /// The signer did not sign.
    #[error("the data item was not signed: {reason}")]
    NotSigned {
        /// The signer's reason.
        reason: String,
    },
}

impl StorageError {
    /// A stable name for this kind of failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "STORE-IO",
            Self::Cancelled => "STORE-CANCELLED",
            Self::Bundle(error) => error.code(),
            Self::BlockMissing { .. } => "STORE-BLOCK-MISSING",
            Self::BlockDamaged { .. } => "STORE-BLOCK-DAMAGED",
            Self::NodeMalformed { .. } => "STORE-NODE-MALFORMED",
            Self::NameNotFound { .. } => "STORE-NAME-NOT-FOUND",
            Self::PortInUse { .. } => "STORE-PORT-IN-USE",
            Self::BadAddress { .. } => "STORE-ADDRESS-BAD",
            Self::Down { .. } => "STORE-ENDPOINT-DOWN",
            Self::Slow { .. } => "STORE-ENDPOINT-SLOW",
            Self::Rubbish { .. } => "STORE-ENDPOINT-RUBBISH",
            Self::Refused { .. } => "STORE-ENDPOINT-REFUSED",
            Self::WrongRoot { .. } => "STORE-CID-MISMATCH",
            Self::NotPinned { .. } => "STORE-NOT-PINNED",
            Self::ContentChanged { .. } => "STORE-CONTENT-CHANGED",
            Self::DataItem { .. } => "STORE-DATA-ITEM",
            Self::DataItemSigner { .. } => "STORE-DATA-ITEM-SIGNER",
            Self::NotSigned { .. } => "STORE-NOT-SIGNED",
        }
    }

    /// Pairs an operating system error with what was being done to which file.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        move |source| Self::Io { action, path, source }
    }

    /// Whether trying the next file at the same place is pointless.
    pub(crate) fn is_of_the_endpoint(&self) -> bool {
        matches!(self, Self::Down { .. } | Self::Cancelled)
    }
}
