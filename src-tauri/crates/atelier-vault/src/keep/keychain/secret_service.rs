//! The freedesktop Secret Service (GNOME Keyring, KWallet): what the keyring crates do not tell apart.

use std::collections::HashMap;
use std::sync::mpsc;
use std::time::Duration;

use secret_service::blocking::{Item, SecretService};
use secret_service::{EncryptionType, Error};

use crate::{Prompt, VaultError};

/// How long the service may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks whether the service answers and is open for this item, and opens it, asking if that is allowed.
///
/// Some services do not find items of a locked collection, so "not found" counts only when the default
/// collection, where new items go, is open.
pub(super) fn ready(service: &str, account: &str, prompt: Prompt) -> Result<(), VaultError> {
    let keychain = connect()?;
    let named = HashMap::from([("service", service), ("username", account)]);
    let found = keychain.search_items(named).map_err(known)?;
    if !found.unlocked.is_empty() {
        return Ok(());
    }
    let items: Vec<&Item<'_>> = found.locked.iter().collect();
    if !items.is_empty() {
        return match prompt {
            Prompt::Never => Err(VaultError::Locked),
            Prompt::Ask => keychain.unlock_all(&items).map_err(known),
        };
    }
    let default = keychain.get_default_collection().map_err(|error| match error {
        Error::NoResult => VaultError::NoKeychain { reason: "it has no default keyring".to_owned() },
        other => known(other),
    })?;
    match (default.is_locked().map_err(known)?, prompt) {
        (false, _) => Ok(()),
        (true, Prompt::Never) => Err(VaultError::Locked),
        (true, Prompt::Ask) => default.unlock().map_err(known),
    }
}

/// A bus that takes a connection and then says nothing would be waited for without end. The thread that waits is
/// left behind then.
fn connect() -> Result<SecretService<'static>, VaultError> {
    let (answer, answered) = mpsc::channel();
    std::thread::spawn(move || {
        // Only questions are asked over it, no secret crosses. Nobody may be listening any more.
        let _ = answer.send(SecretService::connect(EncryptionType::Plain));
    });
    match answered.recv_timeout(PATIENCE) {
        Ok(connected) => connected.map_err(|error| VaultError::NoKeychain { reason: error.to_string() }),
        Err(_) => Err(VaultError::NoKeychain { reason: "D-Bus does not answer".to_owned() }),
    }
}

/// Sorts what the keyring crates wrap.
pub(super) fn sorted(source: Box<dyn std::error::Error + Send + Sync>) -> VaultError {
    match source.downcast::<Error>() {
        Ok(error) => known(*error),
        Err(other) => VaultError::Keychain { reason: other.to_string() },
    }
}

fn known(error: Error) -> VaultError {
    match error {
        Error::Locked => VaultError::Locked,
        Error::Prompt | Error::PromptDisconnected => VaultError::Dismissed,
        Error::Unavailable => VaultError::NoKeychain { reason: error.to_string() },
        other => VaultError::Keychain { reason: other.to_string() },
    }
}
