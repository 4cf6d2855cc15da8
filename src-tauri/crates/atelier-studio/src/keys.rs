//! Role keys of a project: where they are, whether they are open, and signing with them. No method returns a secret.
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use alloy::consensus::TxEip1559;
use alloy::primitives::{Address, B256, Bytes, Signature};
use atelier_vault::{
    KeyState, Passphrase, Place, Prompt, Request, Role as Kept, SystemClock, Vault, VaultError,
};
use ulid::Ulid;

use crate::api::{Role, Topic};
use crate::error::StudioError;
use crate::events::Bell;

/// How long a key stays open after it was last asked for.
pub(crate) const OPEN: Duration = Duration::from_secs(60 * 60);

/// The keys of one project.
pub(crate) struct Keyring {
    folder: PathBuf,
    bell: Bell,
    vault: RwLock<Arc<Vault>>,
}

impl Keyring {
    /// The vault a project has; a project without keys gets one in the keychain.
    pub(crate) fn open(inner: &Path, bell: &Bell) -> Result<Self, StudioError> {
        let id = Ulid::generate().to_string();
        let vault = match Vault::place_of(inner)? {
            Some(Place::EncryptedFile) => Vault::in_encrypted_file(inner, &id, Arc::new(SystemClock))?,
            Some(Place::Keychain) | None => Vault::in_keychain(inner, &id, prompt(), Arc::new(SystemClock))?,
        };
        Ok(Self { folder: inner.to_owned(), bell: bell.clone(), vault: RwLock::new(Arc::new(vault)) })
    }

    fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.vault.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps the keys of a project that has none yet in an encrypted file: a person's explicit choice.
    pub(crate) fn use_encrypted_file(&self) -> Result<(), StudioError> {
        let vault =
            Vault::in_encrypted_file(&self.folder, &Ulid::generate().to_string(), Arc::new(SystemClock))?;
        *self.vault.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(vault);
        Ok(())
    }

    /// Opens the encrypted file.
    pub(crate) async fn give_passphrase(&self, passphrase: Passphrase) -> Result<(), StudioError> {
        self.blocking(move |vault| vault.give_passphrase(passphrase)).await
    }

    pub(crate) fn place(&self) -> Place {
        self.vault().place()
    }

    /// Whether the place answers and is open, without asking a person.
    pub(crate) async fn check(&self) -> Result<(), StudioError> {
        self.blocking(Vault::check).await
    }

    /// The address of a role, once it has a key.
    pub(crate) fn address(&self, role: Role) -> Result<Option<Address>, StudioError> {
        Ok(self.vault().address(kept(role)))
    }

    /// Every address that has a key.
    pub(crate) fn addresses(&self) -> Result<Vec<Address>, StudioError> {
        Ok(self.vault().addresses().into_values().collect())
    }

    /// The address of a role that must have a key by now.
    pub(crate) fn need(&self, role: Role) -> Result<Address, StudioError> {
        self.vault().address(kept(role)).ok_or_else(|| VaultError::Absent { role: kept(role) }.into())
    }

    pub(crate) fn state(&self, role: Role) -> KeyState {
        self.vault().state(kept(role))
    }

    pub(crate) async fn create(&self, role: Role) -> Result<Address, StudioError> {
        self.blocking(move |vault| vault.create(kept(role))).await
    }

    /// Opens a key for a while; one that is open stays open for that while from now.
    pub(crate) async fn unlock(&self, role: Role) -> Result<Address, StudioError> {
        let address = self.blocking(move |vault| vault.unlock(kept(role), OPEN)).await?;
        // Often on the way to something else: screens that show keys ask again.
        self.bell.changed(&[Topic::Keys, Topic::Project]);
        Ok(address)
    }

    pub(crate) fn lock(&self, role: Role) {
        self.vault().lock(kept(role));
    }

    pub(crate) fn lock_all(&self) {
        self.vault().lock_all();
    }

    /// Signs a digest of typed data: 65 bytes, the last 27 or 28. Opens the key where it is closed.
    pub(crate) async fn sign_hash(
        &self,
        role: Role,
        hash: B256,
        purpose: &'static str,
    ) -> Result<Bytes, StudioError> {
        if !self.vault().is_unlocked(kept(role)) {
            self.unlock(role).await?;
        }
        let signature = self.vault().sign_hash(&Request { role: kept(role), purpose }, hash)?;
        Ok(signature.as_bytes().into())
    }

    /// Signs exactly this transaction. A key that locked itself is not opened here: a person decides that.
    pub(crate) fn sign_transaction(
        &self,
        role: Role,
        transaction: &TxEip1559,
        purpose: &str,
    ) -> Result<Signature, StudioError> {
        Ok(self.vault().sign_transaction(&Request { role: kept(role), purpose }, transaction)?.signature)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, StudioError> {
        let vault = self.vault();
        let done = tokio::task::spawn_blocking(move || work(&vault))
            .await
            .map_err(|error| StudioError::internal(&error))?;
        Ok(done?)
    }
}

/// A keychain may ask the person, except where nobody is there to answer.
fn prompt() -> Prompt {
    if std::env::var_os("CI").is_some() { Prompt::Never } else { Prompt::Ask }
}

fn kept(role: Role) -> Kept {
    match role {
        Role::Deployer => Kept::Deployer,
        Role::VoucherSigner => Kept::VoucherSigner,
        Role::Relayer => Kept::Relayer,
    }
}
