//! The places that keep secrets.

pub(crate) mod file;
pub(crate) mod keychain;

use crate::{Passphrase, Role, Secret, VaultError};

/// Whether the keychain may ask a person. Honoured on Linux; elsewhere the system decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Ask, and wait for the answer.
    Ask,
    /// Never ask: a locked keychain is [`VaultError::Locked`]. For scripts and CI.
    Never,
}

/// One place. Every method may block.
pub(crate) trait Keep: Send + Sync {
    /// The secret, or none when the place is open and does not have it.
    fn read(&self, vault: &str, role: Role) -> Result<Option<Secret>, VaultError>;

    /// Keeps a secret that [`read`](Keep::read) did not find.
    fn write(&self, vault: &str, role: Role, secret: &Secret) -> Result<(), VaultError>;

    /// Whether the place answers, without asking a person.
    fn check(&self) -> Result<(), VaultError>;

    /// Takes what opens the place, where something does.
    fn open(&self, passphrase: Passphrase) -> Result<(), VaultError>;

    /// Forgets what [`open`](Keep::open) took.
    fn close(&self);
}
