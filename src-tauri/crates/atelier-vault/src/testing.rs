//! A keychain in memory that can be told to fail, and a clock that can be turned.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::keep::Keep;
use crate::keep::file::EncryptedFile;
use crate::{Clock, Moment, Passphrase, Place, Role, Secret, Vault, VaultError};

/// How a [`MemoryKeychain`] fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// [`VaultError::NoKeychain`].
    NoKeychain,
    /// [`VaultError::Locked`].
    Locked,
    /// [`VaultError::Dismissed`].
    Dismissed,
}

/// A keychain in memory. Clones are the same keychain, so a test can open a project again, or break it.
#[derive(Clone, Default)]
pub struct MemoryKeychain(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    items: BTreeMap<(String, Role), Vec<u8>>,
    fault: Option<Fault>,
}

impl MemoryKeychain {
    /// The vault of a folder in this keychain; see [`Vault::in_keychain`].
    ///
    /// # Errors
    /// Those of [`Vault::in_keychain`].
    pub fn vault(&self, folder: &Path, new_id: &str, clock: Arc<dyn Clock>) -> Result<Vault, VaultError> {
        Vault::over(Box::new(self.clone()), Place::Keychain, folder, new_id, clock)
    }

    /// From now on every use fails so, or none does.
    pub fn fail(&self, fault: Option<Fault>) {
        self.inside().fault = fault;
    }

    /// Deletes the items of a role, as a person may behind the program's back.
    pub fn delete(&self, role: Role) {
        self.inside().items.retain(|(_, kept), _| *kept != role);
    }

    /// Overwrites the items of a role.
    pub fn overwrite(&self, role: Role, content: &[u8]) {
        for ((_, kept), item) in &mut self.inside().items {
            if *kept == role {
                *item = content.to_vec();
            }
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn usable(&self) -> Result<MutexGuard<'_, Inside>, VaultError> {
        let inside = self.inside();
        match inside.fault {
            None => Ok(inside),
            Some(Fault::NoKeychain) => Err(VaultError::NoKeychain { reason: "this is a test".to_owned() }),
            Some(Fault::Locked) => Err(VaultError::Locked),
            Some(Fault::Dismissed) => Err(VaultError::Dismissed),
        }
    }
}

impl Keep for MemoryKeychain {
    fn read(&self, vault: &str, role: Role) -> Result<Option<Secret>, VaultError> {
        let inside = self.usable()?;
        let damaged = |_| VaultError::Damaged { role, place: Place::Keychain };
        inside
            .items
            .get(&(vault.to_owned(), role))
            .map(|item| Secret::from_hex_bytes(item).map_err(damaged))
            .transpose()
    }

    fn write(&self, vault: &str, role: Role, secret: &Secret) -> Result<(), VaultError> {
        self.usable()?.items.insert((vault.to_owned(), role), secret.to_hex().to_vec());
        Ok(())
    }

    fn check(&self) -> Result<(), VaultError> {
        self.usable().map(drop)
    }

    fn open(&self, _passphrase: Passphrase) -> Result<(), VaultError> {
        Err(VaultError::OtherPlace { place: Place::Keychain })
    }

    fn close(&self) {}
}

/// [`Vault::in_encrypted_file`] with so little scrypt work that a test does not wait. Never for real keys.
///
/// # Errors
/// Those of [`Vault::in_encrypted_file`].
pub fn quick_encrypted_file(folder: &Path, new_id: &str, clock: Arc<dyn Clock>) -> Result<Vault, VaultError> {
    let keep = Box::new(EncryptedFile::with_little_work(folder));
    Vault::over(keep, Place::EncryptedFile, folder, new_id, clock)
}

/// A clock that moves when it is told to.
pub struct TurnedClock {
    start: Moment,
    steady: Mutex<Duration>,
    wall: Mutex<Duration>,
}

impl Default for TurnedClock {
    fn default() -> Self {
        Self {
            start: Moment {
                steady: Instant::now(),
                wall: SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 30),
            },
            steady: Mutex::default(),
            wall: Mutex::default(),
        }
    }
}

impl TurnedClock {
    /// Time passes.
    pub fn pass(&self, length: Duration) {
        *unpoisoned(&self.steady) += length;
        *unpoisoned(&self.wall) += length;
    }

    /// The machine sleeps: only the clock on the wall goes on.
    pub fn sleep(&self, length: Duration) {
        *unpoisoned(&self.wall) += length;
    }

    /// Somebody sets the clock on the wall back to where it started.
    pub fn set_back(&self) {
        *unpoisoned(&self.wall) = Duration::ZERO;
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        Moment {
            steady: self.start.steady + *unpoisoned(&self.steady),
            wall: self.start.wall + *unpoisoned(&self.wall),
        }
    }
}

fn unpoisoned(passed: &Mutex<Duration>) -> MutexGuard<'_, Duration> {
    passed.lock().unwrap_or_else(PoisonError::into_inner)
}
