//! Keys in one file, `vault.age`, encrypted with a passphrase (age v1, scrypt recipient).
//!
//! Inside is one line a key, its role and 64 hex digits. One file, so that all keys have one passphrase. With
//! `age --decrypt vault.age` a person gets at them without this program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use age::DecryptError;
use age::scrypt::{Identity, Recipient};
use zeroize::Zeroizing;

use super::Keep;
use crate::{Passphrase, Place, Role, Secret, VaultError, directory};

/// scrypt's N is 2 to this: 256 MiB and about a second. Fixed rather than measured, because a machine that is
/// busy when the file is made must not make it weaker.
const WORK: u8 = 18;
/// The most that is accepted, so that a planted file cannot eat the machine.
const WORK_MAX: u8 = 20;

pub(crate) struct EncryptedFile {
    path: PathBuf,
    work: u8,
    passphrase: Mutex<Option<Passphrase>>,
}

impl EncryptedFile {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { path: folder.join("vault.age"), work: WORK, passphrase: Mutex::new(None) }
    }

    /// With less work, so that tests do not wait.
    #[cfg(feature = "testing")]
    pub(crate) fn with_little_work(folder: &Path) -> Self {
        Self { work: 4, ..Self::new(folder) }
    }

    fn passphrase(&self) -> Result<Passphrase, VaultError> {
        self.held().clone().ok_or(VaultError::PassphraseNeeded)
    }

    fn held(&self) -> MutexGuard<'_, Option<Passphrase>> {
        self.passphrase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// None when there is no file yet.
    fn decrypt(&self, passphrase: &Passphrase) -> Result<Option<BTreeMap<Role, Secret>>, VaultError> {
        let sealed = match std::fs::read(&self.path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(VaultError::File { path: self.path.clone(), what: "read", source }),
        };
        let mut identity = Identity::new(passphrase.for_age());
        identity.set_max_work_factor(WORK_MAX);
        let plain = age::decrypt(&identity, &sealed).map(Zeroizing::new).map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => VaultError::WrongPassphrase,
            other => self.damaged(other.to_string()),
        })?;
        self.parse(&plain).map(Some)
    }

    fn parse(&self, plain: &[u8]) -> Result<BTreeMap<Role, Secret>, VaultError> {
        let mut keys = BTreeMap::new();
        for line in plain.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            // Nothing of a line is repeated: it may be a key.
            let unreadable = || self.damaged("a line of it is no key".to_owned());
            let space = line.iter().position(|byte| *byte == b' ').ok_or_else(unreadable)?;
            let role = Role::ALL.into_iter().find(|role| role.word().as_bytes() == &line[..space]);
            let role = role.ok_or_else(unreadable)?;
            let secret = Secret::from_hex_bytes(&line[space + 1..])
                .map_err(|_| VaultError::Damaged { role, place: Place::EncryptedFile })?;
            keys.insert(role, secret);
        }
        Ok(keys)
    }

    fn damaged(&self, reason: String) -> VaultError {
        VaultError::FileDamaged { path: self.path.clone(), reason }
    }
}

impl Keep for EncryptedFile {
    fn read(&self, _vault: &str, role: Role) -> Result<Option<Secret>, VaultError> {
        Ok(self.decrypt(&self.passphrase()?)?.and_then(|mut keys| keys.remove(&role)))
    }

    fn write(&self, _vault: &str, role: Role, secret: &Secret) -> Result<(), VaultError> {
        let passphrase = self.passphrase()?;
        let keys = self.decrypt(&passphrase)?.unwrap_or_default();
        // Room for every line from the start: a buffer that grows leaves copies behind that nobody wipes.
        let mut plain = Zeroizing::new(Vec::with_capacity(Role::ALL.len() * 128));
        for (role, secret) in keys.iter().map(|(role, secret)| (*role, secret)).chain([(role, secret)]) {
            plain.extend_from_slice(role.word().as_bytes());
            plain.push(b' ');
            plain.extend_from_slice(secret.to_hex().as_slice());
            plain.push(b'\n');
        }
        let mut recipient = Recipient::new(passphrase.for_age());
        recipient.set_work_factor(self.work);
        let sealed = age::encrypt(&recipient, &plain).map_err(|error| VaultError::File {
            path: self.path.clone(),
            what: "encrypted",
            source: std::io::Error::other(error.to_string()),
        })?;
        directory::replace(&self.path, &sealed)
    }

    fn check(&self) -> Result<(), VaultError> {
        self.passphrase().map(drop)
    }

    fn open(&self, passphrase: Passphrase) -> Result<(), VaultError> {
        if self.decrypt(&passphrase)?.is_none() {
            passphrase.long_enough()?;
        }
        *self.held() = Some(passphrase);
        Ok(())
    }

    fn close(&self) {
        *self.held() = None;
    }
}
