use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Owns the drop; deploys and mints in batches.
    Deployer,
    /// Signs vouchers.
    VoucherSigner,
    /// Pays for redeeming vouchers.
    Relayer,
}

/// How a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// Not made yet.
    Absent,
    /// In the keychain, closed.
    Locked,
    /// Open for signing.
    Unlocked,
    /// The keychain no longer has it.
    Missing,
}

/// Where keys are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum VaultKind {
    /// The operating system's keychain.
    Keychain,
    /// An encrypted file, by explicit choice.
    EncryptedFile,
}

/// One key. There is no field for its secret, and no command returns one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KeyView {
    /// Role.
    pub role: Role,
    /// Name as shown.
    pub name: String,
    /// What it may do, in words.
    pub sentence: String,
    /// Address, once made.
    pub address: Option<String>,
    /// How it stands.
    pub state: KeyState,
    /// Seconds until it locks itself.
    pub locks_in: Option<u32>,
    /// Balance on the chosen network, wei.
    pub balance: Option<String>,
}

/// The Keys screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Keys {
    /// Where keys are kept.
    pub vault: VaultKind,
    /// The keychain's own name, or the file.
    pub place: String,
    /// Why it cannot be used now.
    pub error: Option<super::ErrorReport>,
    /// The keys.
    pub keys: Vec<KeyView>,
}

/// Names a key.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KeyRef {
    /// Role.
    pub role: Role,
}
