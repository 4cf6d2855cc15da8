use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Owns the drop; deploys and mints in batches.
    Deployer,
    /// Signs vouchers.
    VoucherSigner,
    /// Pays for redeeming vouchers.
    Relayer,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Deployer, Self::VoucherSigner, Self::Relayer];

    /// The word for files and the keychain. Never changes: existing keys are found by it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deployer => "deployer",
            Self::VoucherSigner => "voucher-signer",
            Self::Relayer => "relayer",
        }
    }

    /// The words for a sentence: "The deployer key is closed".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Deployer => "deployer",
            Self::VoucherSigner => "voucher signer",
            Self::Relayer => "relayer",
        }
    }
}

/// Where keys are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The operating system's keychain.
    Keychain,
    /// A file encrypted with a passphrase.
    EncryptedFile,
}

impl Place {
    /// The words for a sentence: "Keys are kept in the keychain".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Keychain => "the keychain",
            Self::EncryptedFile => "the encrypted file",
        }
    }
}

/// How a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Not made yet.
    Absent,
    /// Made, and closed.
    Closed,
    /// Open for signing.
    Open {
        /// Until it closes by itself.
        remaining: Duration,
    },
    /// Made, but its place no longer had it when it was last asked.
    Missing,
}
