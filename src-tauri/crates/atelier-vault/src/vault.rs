pub(crate) mod sign;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use alloy::primitives::Address;
use alloy::signers::local::PrivateKeySigner;

use crate::clock::Deadline;
use crate::directory::Directory;
use crate::keep::Keep;
use crate::keep::file::EncryptedFile;
use crate::keep::keychain::Keychain;
use crate::{Clock, KeyState, Passphrase, Place, Prompt, Role, Secret, VaultError};

/// The keys of one project.
pub struct Vault {
    keep: Box<dyn Keep>,
    directory: Mutex<Directory>,
    /// Held while a key is added: two that add the same role at once must not both find it absent.
    adding: Mutex<()>,
    desk: Mutex<Desk>,
    clock: Arc<dyn Clock>,
}

/// What is open, and what was found gone.
#[derive(Default)]
struct Desk {
    open: BTreeMap<Role, Open>,
    missing: BTreeSet<Role>,
}

struct Open {
    /// Wiped when dropped (`k256::ecdsa::SigningKey` is `ZeroizeOnDrop`).
    signer: PrivateKeySigner,
    until: Deadline,
}

impl Vault {
    /// The vault of a folder (a project's `.atelier`), in the operating system's keychain.
    ///
    /// `new_id` names a vault that does not exist yet (a ULID); of a known one `keys.json` has the name. Does not
    /// talk to the keychain.
    ///
    /// # Errors
    /// [`VaultError::OtherPlace`] when its keys are in an encrypted file; [`VaultError::FileDamaged`].
    pub fn in_keychain(
        folder: &Path,
        new_id: &str,
        prompt: Prompt,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, VaultError> {
        Self::over(Box::new(Keychain::new(prompt)), Place::Keychain, folder, new_id, clock)
    }

    /// The vault of a folder, in the encrypted file `vault.age` beside `keys.json`. To be called only where a
    /// person chose it. Needs [`give_passphrase`](Vault::give_passphrase) before anything else.
    ///
    /// # Errors
    /// [`VaultError::OtherPlace`] when its keys are in the keychain; [`VaultError::FileDamaged`].
    pub fn in_encrypted_file(folder: &Path, new_id: &str, clock: Arc<dyn Clock>) -> Result<Self, VaultError> {
        Self::over(Box::new(EncryptedFile::new(folder)), Place::EncryptedFile, folder, new_id, clock)
    }

    /// Where the keys of a folder are kept; none when it has no key yet.
    ///
    /// # Errors
    /// [`VaultError::FileDamaged`], [`VaultError::File`].
    pub fn place_of(folder: &Path) -> Result<Option<Place>, VaultError> {
        Directory::place_of(folder)
    }

    pub(crate) fn over(
        keep: Box<dyn Keep>,
        place: Place,
        folder: &Path,
        new_id: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, VaultError> {
        let directory = Directory::open(folder, place, new_id)?;
        Ok(Self {
            keep,
            directory: Mutex::new(directory),
            adding: Mutex::new(()),
            desk: Mutex::default(),
            clock,
        })
    }

    /// Where this vault keeps keys.
    pub fn place(&self) -> Place {
        self.directory().place()
    }

    /// The address of a role, once it has a key. Asks nobody.
    pub fn address(&self, role: Role) -> Option<Address> {
        self.directory().keys().get(&role).copied()
    }

    /// The addresses of all roles that have a key. Asks nobody.
    pub fn addresses(&self) -> BTreeMap<Role, Address> {
        self.directory().keys().clone()
    }

    /// The treasury: an address that is watched, never signed for.
    pub fn treasury(&self) -> Option<Address> {
        self.directory().treasury()
    }

    /// Sets or removes the treasury.
    ///
    /// # Errors
    /// [`VaultError::File`].
    pub fn set_treasury(&self, treasury: Option<Address>) -> Result<(), VaultError> {
        self.directory().set_treasury(treasury)
    }

    /// Whether the place answers and is open, without asking a person.
    ///
    /// # Errors
    /// [`VaultError::NoKeychain`], [`VaultError::Locked`], [`VaultError::PassphraseNeeded`].
    pub fn check(&self) -> Result<(), VaultError> {
        self.keep.check()
    }

    /// Opens the encrypted file, or fixes the passphrase of a new one. Kept in memory until
    /// [`lock_all`](Vault::lock_all).
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::PassphraseShort`]; [`VaultError::OtherPlace`] when keys are
    /// in the keychain.
    pub fn give_passphrase(&self, passphrase: Passphrase) -> Result<(), VaultError> {
        self.keep.open(passphrase)
    }

    /// Makes a key from the operating system's randomness and keeps it. It stays closed.
    ///
    /// # Errors
    /// [`VaultError::Exists`]; whatever the place answers.
    pub fn create(&self, role: Role) -> Result<Address, VaultError> {
        self.add(role, None)
    }

    /// Keeps a key that was made elsewhere. It stays closed.
    ///
    /// # Errors
    /// [`VaultError::Exists`]; whatever the place answers.
    pub fn import(&self, role: Role, secret: Secret) -> Result<Address, VaultError> {
        self.add(role, Some(secret))
    }

    fn add(&self, role: Role, given: Option<Secret>) -> Result<Address, VaultError> {
        let _adding = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        // The directory itself is free while a person is asked, so that addresses can be shown meanwhile.
        let (vault, place) = {
            let directory = self.directory();
            if let Some(address) = directory.keys().get(&role) {
                return Err(VaultError::Exists { role, address: *address });
            }
            (directory.vault().to_owned(), directory.place())
        };
        let kept = self.keep.read(&vault, role)?;
        let address = match (kept, given) {
            // A crash came between keeping the key and writing its address down: it is this role's key.
            (Some(kept), None) => kept.signer()?.address(),
            (Some(kept), Some(given)) => {
                let (address, wanted) = (kept.signer()?.address(), given.signer()?.address());
                if address != wanted {
                    return Err(VaultError::Exists { role, address });
                }
                address
            }
            (None, given) => {
                let secret = given.map_or_else(Secret::generate, Ok)?;
                let address = secret.signer()?.address();
                self.keep.write(&vault, role, &secret)?;
                // An address is given out only for a key that can be read back.
                expect(role, address, self.keep.read(&vault, role)?, place)?;
                address
            }
        };
        self.directory().add(role, address)?;
        tracing::info!(role = role.word(), %address, "key kept");
        Ok(address)
    }

    /// Opens a role for signing for `length`, in place of what was left. Reads the key from its place, which
    /// may ask a person.
    ///
    /// # Errors
    /// [`VaultError::Absent`], [`VaultError::Missing`], [`VaultError::Damaged`], [`VaultError::OtherKey`];
    /// [`VaultError::Locked`], [`VaultError::Dismissed`], [`VaultError::NoKeychain`],
    /// [`VaultError::PassphraseNeeded`]; [`VaultError::TooLong`].
    pub fn unlock(&self, role: Role, length: Duration) -> Result<Address, VaultError> {
        let (vault, place, address) = {
            let directory = self.directory();
            let address = directory.keys().get(&role).copied().ok_or(VaultError::Absent { role })?;
            (directory.vault().to_owned(), directory.place(), address)
        };
        let kept = self.keep.read(&vault, role)?;
        let gone = kept.is_none();
        let signer = expect(role, address, kept, place);
        let mut desk = self.desk();
        if gone {
            desk.open.remove(&role);
            desk.missing.insert(role);
        }
        let signer = signer?;
        let until = Deadline::after(self.clock.now(), length).ok_or(VaultError::TooLong)?;
        desk.missing.remove(&role);
        desk.open.insert(role, Open { signer, until });
        tracing::info!(role = role.word(), seconds = length.as_secs(), "key opened");
        Ok(address)
    }

    /// Closes a role.
    pub fn lock(&self, role: Role) {
        self.desk().open.remove(&role);
    }

    /// Closes every role, and forgets the passphrase of an encrypted file.
    pub fn lock_all(&self) {
        self.desk().open.clear();
        self.keep.close();
    }

    /// Whether a role is open for signing now.
    pub fn is_unlocked(&self, role: Role) -> bool {
        matches!(self.state(role), KeyState::Open { .. })
    }

    /// How a role stands. Asks nobody: [`KeyState::Missing`] is what the last unlocking found. Also closes
    /// whatever has been open for long enough; ask about once a second while something is open.
    pub fn state(&self, role: Role) -> KeyState {
        let known = self.address(role).is_some();
        let desk = self.desk();
        let left = desk.open.get(&role).and_then(|open| open.until.left(self.clock.now()));
        match left {
            Some(remaining) => KeyState::Open { remaining },
            None if desk.missing.contains(&role) => KeyState::Missing,
            None if known => KeyState::Closed,
            None => KeyState::Absent,
        }
    }

    fn directory(&self) -> MutexGuard<'_, Directory> {
        // The page in memory is replaced only as a whole, so a panic elsewhere cannot leave half of one.
        self.directory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The desk, with everything put away whose time is over.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        desk.open.retain(|_, open| open.until.left(now).is_some());
        desk
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("place", &self.place())
            .field("addresses", &self.addresses())
            .finish_non_exhaustive()
    }
}

/// The key that was kept, if it is the one with this address.
fn expect(
    role: Role,
    address: Address,
    kept: Option<Secret>,
    place: Place,
) -> Result<PrivateKeySigner, VaultError> {
    let signer = kept.ok_or(VaultError::Missing { role, address, place })?.signer()?;
    if signer.address() != address {
        return Err(VaultError::OtherKey { role, place, expected: address, found: signer.address() });
    }
    Ok(signer)
}
