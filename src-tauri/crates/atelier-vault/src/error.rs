use std::path::PathBuf;

use alloy::primitives::Address;

use crate::{Place, Role};

/// Why a key could not be made, opened or used. No message ever holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Nothing answers.
    #[error(
        "There is no keychain here ({reason}). Start one (on Linux GNOME Keyring or KWallet, in a desktop \
        session), or choose to keep keys in an encrypted file."
    )]
    NoKeychain {
        /// What was tried.
        reason: String,
    },
    /// It is locked, and nobody was to be asked.
    #[error("The keychain is locked. Unlock it, then try again.")]
    Locked,
    /// A person said no, or could not be asked.
    #[error("The keychain asked to be unlocked and was not. Unlock it, then try again.")]
    Dismissed,
    /// The item is gone.
    #[error("{} no longer has the {} key {address}. Put it back from your backup; if there is none, this key is \
        lost and what it owns cannot be moved.", capital(place.words()), role.words())]
    Missing {
        /// Which key.
        role: Role,
        /// Its address.
        address: Address,
        /// Where it was.
        place: Place,
    },
    /// The item is there and is no key.
    #[error("What {} holds for the {} key is damaged. Put it back from your backup.", place.words(), role.words())]
    Damaged {
        /// Which key.
        role: Role,
        /// Where it is.
        place: Place,
    },
    /// The item is another key.
    #[error("{} holds the key of {found} as the {} key; this project's is {expected}. Put the right one back.",
        capital(place.words()), role.words())]
    OtherKey {
        /// Which key.
        role: Role,
        /// Where it is.
        place: Place,
        /// The address in `keys.json`.
        expected: Address,
        /// The address of what was found.
        found: Address,
    },
    /// The keychain failed in another way.
    #[error("The keychain failed: {reason}. Try again; if it stays so, restart it.")]
    Keychain {
        /// Its words.
        reason: String,
    },
    /// Not made yet.
    #[error("There is no {} key yet. Make one in Settings, under Keys.", role.words())]
    Absent {
        /// Which key.
        role: Role,
    },
    /// Made already.
    #[error("There is a {} key already, {address}. It was not replaced.", role.words())]
    Exists {
        /// Which key.
        role: Role,
        /// Its address.
        address: Address,
    },
    /// Not open for signing.
    #[error("The {} key is closed. Open it, then try again.", role.words())]
    Closed {
        /// Which key.
        role: Role,
    },
    /// What was imported is no key.
    #[error("This is not a private key: 64 hex digits are needed.")]
    BadSecret,
    /// The file's passphrase was not given, or was forgotten by locking.
    #[error("The encrypted file is closed. Type its passphrase.")]
    PassphraseNeeded,
    /// The passphrase is another one.
    #[error("This passphrase does not open the encrypted file. Nothing was changed.")]
    WrongPassphrase,
    /// Too easy to guess for a file that may be copied.
    #[error("The passphrase has {length} characters. Take at least {least}; a few random words are good.")]
    PassphraseShort {
        /// Characters given.
        length: usize,
        /// Characters needed.
        least: usize,
    },
    /// The keys are kept elsewhere.
    #[error("This project keeps its keys in {}. They were left there.", place.words())]
    OtherPlace {
        /// Where they are.
        place: Place,
    },
    /// A vault's id is part of a name in the keychain.
    #[error("{id:?} cannot name a vault: letters, digits and \"-\" only.")]
    BadId {
        /// What was given.
        id: String,
    },
    /// Longer than a clock can say.
    #[error("A key cannot be opened for that long. Give a shorter time.")]
    TooLong,
    /// `keys.json` or the encrypted file cannot be read.
    #[error("{} is damaged ({reason}). Put it back from your backup.", path.display())]
    FileDamaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The operating system's own refusal.
    #[error("{} could not be {what}: {source}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// "read", "written".
        what: &'static str,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// The operating system gives no random bytes.
    #[error("The system gave no random bytes ({reason}), so no key was made.")]
    NoRandomness {
        /// Its words.
        reason: String,
    },
    /// The signature could not be computed.
    #[error("The {} key could not sign: {reason}.", role.words())]
    Signing {
        /// Which key.
        role: Role,
        /// What failed.
        reason: String,
    },
}

impl VaultError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKeychain { .. } => "KEY-NO-KEYCHAIN",
            Self::Locked => "KEY-LOCKED",
            Self::Dismissed => "KEY-DISMISSED",
            Self::Missing { .. } => "KEY-MISSING",
            Self::Damaged { .. } => "KEY-DAMAGED",
            Self::OtherKey { .. } => "KEY-OTHER-KEY",
            Self::Keychain { .. } => "KEY-KEYCHAIN",
            Self::Absent { .. } => "KEY-ABSENT",
            Self::Exists { .. } => "KEY-EXISTS",
            Self::Closed { .. } => "KEY-CLOSED",
            Self::BadSecret => "KEY-BAD-SECRET",
            Self::PassphraseNeeded => "KEY-PASSPHRASE-NEEDED",
            Self::WrongPassphrase => "KEY-WRONG-PASSPHRASE",
            Self::PassphraseShort { .. } => "KEY-PASSPHRASE-SHORT",
            Self::OtherPlace { .. } => "KEY-OTHER-PLACE",
            Self::BadId { .. } => "KEY-BAD-ID",
            Self::TooLong => "KEY-TOO-LONG",
            Self::FileDamaged { .. } => "KEY-FILE-DAMAGED",
            Self::File { .. } => "KEY-FILE",
            Self::NoRandomness { .. } => "KEY-NO-RANDOMNESS",
            Self::Signing { .. } => "KEY-SIGNING",
        }
    }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
