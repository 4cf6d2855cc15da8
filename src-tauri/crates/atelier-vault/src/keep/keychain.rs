//! Keys in the operating system's keychain: one item a key, service `atelier`, account `<vault>/<role>`, content
//! 64 hex digits (well below Windows' limit of 2.5 KB).

#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::{Keep, Prompt};
use crate::{Passphrase, Place, Role, Secret, VaultError};

const SERVICE: &str = "atelier";

pub(crate) struct Keychain {
    prompt: Prompt,
}

impl Keychain {
    pub(crate) fn new(prompt: Prompt) -> Self {
        Self { prompt }
    }
}

impl Keep for Keychain {
    fn read(&self, vault: &str, role: Role) -> Result<Option<Secret>, VaultError> {
        let account = account(vault, role);
        let held = on_own_thread(|| {
            ready(&account, self.prompt)?;
            match entry(&account, role)?.get_secret() {
                Ok(held) => Ok(Some(Zeroizing::new(held))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(sorted(error, role)),
            }
        })?;
        let damaged = |_| VaultError::Damaged { role, place: Place::Keychain };
        held.map(|held| Secret::from_hex_bytes(&held).map_err(damaged)).transpose()
    }

    fn write(&self, vault: &str, role: Role, secret: &Secret) -> Result<(), VaultError> {
        let account = account(vault, role);
        on_own_thread(|| {
            ready(&account, self.prompt)?;
            entry(&account, role)?.set_secret(secret.to_hex().as_slice()).map_err(|error| sorted(error, role))
        })
    }

    fn check(&self) -> Result<(), VaultError> {
        on_own_thread(|| ready("", Prompt::Never))
    }

    fn open(&self, _passphrase: Passphrase) -> Result<(), VaultError> {
        Err(VaultError::OtherPlace { place: Place::Keychain })
    }

    fn close(&self) {}
}

fn account(vault: &str, role: Role) -> String {
    format!("{vault}/{}", role.word())
}

/// A fresh connection for each use: uses are rare, and a keychain may start, stop and start again.
fn entry(account: &str, role: Role) -> Result<Entry, VaultError> {
    let store = store().map_err(|error| sorted(error, role))?;
    let label = format!("Atelier: {} key", role.words());
    // Only the Secret Service knows labels.
    let named = HashMap::from([("label", label.as_str())]);
    let named = cfg!(all(unix, not(target_os = "macos"))).then_some(&named);
    store.build(SERVICE, account, named).map_err(|error| sorted(error, role))
}

fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    #[cfg(all(unix, not(target_os = "macos")))]
    let store = zbus_secret_service_keyring_store::Store::new()?;
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

/// Makes sure that the keychain is there and open, and that looking for the item is not mistaken for its being
/// gone.
fn ready(account: &str, prompt: Prompt) -> Result<(), VaultError> {
    #[cfg(all(unix, not(target_os = "macos")))]
    return secret_service::ready(SERVICE, account, prompt);
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    {
        let _ = (account, prompt);
        Ok(())
    }
}

/// Sorts the keychain's refusals. Takes care not to print the variants that carry the item's content.
fn sorted(error: Error, role: Role) -> VaultError {
    match error {
        Error::BadEncoding(content) | Error::BadDataFormat(content, _) => {
            drop(Zeroizing::new(content));
            VaultError::Damaged { role, place: Place::Keychain }
        }
        Error::Ambiguous(_) => VaultError::Damaged { role, place: Place::Keychain },
        Error::NoDefaultStore => VaultError::NoKeychain { reason: "none is known on this system".to_owned() },
        #[cfg(all(unix, not(target_os = "macos")))]
        Error::NoStorageAccess(source) | Error::PlatformFailure(source) => secret_service::sorted(source),
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        Error::NoStorageAccess(_) => VaultError::Locked,
        other => VaultError::Keychain { reason: other.to_string() },
    }
}

/// Blocking D-Bus must not run on a thread of an async runtime, and a caller may be on one.
fn on_own_thread<T: Send>(work: impl FnOnce() -> Result<T, VaultError> + Send) -> Result<T, VaultError> {
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|_| {
        Err(VaultError::Keychain { reason: "the thread that talks to it stopped".to_owned() })
    })
}
