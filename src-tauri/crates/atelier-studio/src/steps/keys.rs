//! The key cabinet.
use std::sync::Arc;

use alloy::eips::BlockId;
use atelier_vault::{KeyState as Kept, Passphrase, Place};

use crate::Studio;
use crate::api::{Empty, KeyRef, KeyState, KeyView, Keys, Role, Topic, VaultKind};
use crate::error::StudioError;

const TOPICS: &[Topic] = &[Topic::Keys, Topic::Project, Topic::Launch, Topic::Storage, Topic::Rehearsal];

impl Studio {
    /// Keys and how they stand; never a secret.
    pub async fn keys(&self, _: Empty) -> Result<Keys, StudioError> {
        let project = self.current().await?;
        let endpoint = project.network.connected();
        let mut keys = Vec::new();
        for role in [Role::Deployer, Role::VoucherSigner, Role::Relayer] {
            let address = project.keys.address(role)?;
            let balance = match (&endpoint, address) {
                // A chain that does not answer leaves the balance unknown; the rest of the cabinet stands.
                (Some(endpoint), Some(address)) => endpoint.balance(address, BlockId::latest()).await.ok(),
                _ => None,
            };
            let (name, sentence) = words(role);
            let state = project.keys.state(role);
            keys.push(KeyView {
                role,
                name: name.to_owned(),
                sentence: sentence.to_owned(),
                address: address.map(|address| address.to_checksum(None)),
                state: match state {
                    Kept::Absent => KeyState::Absent,
                    Kept::Closed => KeyState::Locked,
                    Kept::Open { .. } => KeyState::Unlocked,
                    Kept::Missing => KeyState::Missing,
                },
                locks_in: match state {
                    Kept::Open { remaining } => u32::try_from(remaining.as_secs()).ok(),
                    Kept::Absent | Kept::Closed | Kept::Missing => None,
                },
                balance: balance.map(|wei| wei.to_string()),
            });
        }
        let (vault, place) = match project.keys.place() {
            Place::Keychain => (VaultKind::Keychain, "The keychain of this computer".to_owned()),
            Place::EncryptedFile => {
                (VaultKind::EncryptedFile, project.inner().join("vault.age").to_string_lossy().into_owned())
            }
        };
        Ok(Keys { vault, place, error: project.keys.check().await.err().map(|error| error.report()), keys })
    }

    /// Make a key in the keychain.
    pub async fn key_create(self: &Arc<Self>, input: KeyRef) -> Result<Keys, StudioError> {
        let project = self.current().await?;
        let address = project.keys.create(input.role).await?;
        project.records.audit("user", "key.create", &format!("{} {address}", words(input.role).0))?;
        if project.network.connected().is_some() {
            self.fund_practice(&project).await?;
        }
        self.bell.changed(TOPICS);
        self.keys(Empty {}).await
    }

    /// Open a key for a while.
    pub async fn key_unlock(&self, input: KeyRef) -> Result<Keys, StudioError> {
        let project = self.current().await?;
        project.keys.unlock(input.role).await?;
        project.records.audit("user", "key.unlock", words(input.role).0)?;
        self.bell.changed(TOPICS);
        self.keys(Empty {}).await
    }

    /// Close a key now.
    pub async fn key_lock(&self, input: KeyRef) -> Result<Keys, StudioError> {
        let project = self.current().await?;
        project.keys.lock(input.role);
        project.records.audit("user", "key.lock", words(input.role).0)?;
        self.bell.changed(TOPICS);
        self.keys(Empty {}).await
    }

    /// Keeps the keys of a project that has none yet in an encrypted file. Not in the command list: a passphrase is
    /// typed into a terminal, never sent through a window.
    ///
    /// # Errors
    /// When the project has keys in the keychain.
    pub async fn keys_use_encrypted_file(&self) -> Result<(), StudioError> {
        let project = self.current().await?;
        project.keys.use_encrypted_file()?;
        project.records.audit("user", "keys.encrypted-file", "keys are kept in an encrypted file")
    }

    /// True where the keys are in an encrypted file, which needs its passphrase first.
    ///
    /// # Errors
    /// When no project is open.
    pub async fn keys_need_passphrase(&self) -> Result<bool, StudioError> {
        Ok(self.current().await?.keys.place() == Place::EncryptedFile)
    }

    /// Opens the encrypted file.
    ///
    /// # Errors
    /// A wrong or too short passphrase.
    pub async fn keys_passphrase(&self, passphrase: Passphrase) -> Result<(), StudioError> {
        self.current().await?.keys.give_passphrase(passphrase).await
    }
}

fn words(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Deployer => ("Deployer", "Owns the drop: deploys it, mints batches, freezes its metadata."),
        Role::VoucherSigner => {
            ("Voucher signer", "Signs vouchers. It holds no money and can mint nothing by itself.")
        }
        Role::Relayer => ("Relayer", "Pays for redeeming free vouchers, within a budget."),
    }
}
