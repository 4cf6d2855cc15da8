use std::fmt;

use age::secrecy::{ExposeSecret, SecretString};
use alloy::signers::local::PrivateKeySigner;
use zeroize::Zeroizing;

use crate::VaultError;

/// Characters a passphrase for a new file has at least.
const PASSPHRASE_MIN: usize = 12;

/// The private key of an account: 32 bytes, wiped when dropped. Cannot be shown, copied or serialised.
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// Takes over raw bytes.
    ///
    /// # Errors
    /// [`VaultError::BadSecret`] when no account has such a key (zero, or beyond the curve's order).
    pub fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Result<Self, VaultError> {
        let secret = Self(bytes);
        secret.signer()?;
        Ok(secret)
    }

    /// Reads 64 hex digits, with or without "0x".
    ///
    /// # Errors
    /// [`VaultError::BadSecret`]; what was given is not repeated.
    pub fn from_hex(text: &Zeroizing<String>) -> Result<Self, VaultError> {
        Self::from_hex_bytes(text.trim().trim_start_matches("0x").as_bytes())
    }

    /// A new one, from the operating system's randomness.
    pub(crate) fn generate() -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; 32]);
        loop {
            getrandom::fill(bytes.as_mut_slice())
                .map_err(|error| VaultError::NoRandomness { reason: error.to_string() })?;
            // One draw in 2^128 is no key.
            if PrivateKeySigner::from_slice(bytes.as_slice()).is_ok() {
                return Ok(Self(bytes));
            }
        }
    }

    pub(crate) fn from_hex_bytes(digits: &[u8]) -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(digits, bytes.as_mut_slice()).map_err(|_| VaultError::BadSecret)?;
        Self::from_bytes(bytes)
    }

    /// 64 lower-case hex digits: what the keychain holds.
    pub(crate) fn to_hex(&self) -> Zeroizing<[u8; 64]> {
        let mut digits = Zeroizing::new([0; 64]);
        hex::encode_to_slice(self.0.as_slice(), digits.as_mut_slice())
            .expect("64 digits are exactly what 32 bytes take");
        digits
    }

    pub(crate) fn signer(&self) -> Result<PrivateKeySigner, VaultError> {
        PrivateKeySigner::from_slice(self.0.as_slice()).map_err(|_| VaultError::BadSecret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What opens the encrypted file; wiped when dropped. Cannot be shown or serialised.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// Takes over what a person typed.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    pub(crate) fn for_age(&self) -> SecretString {
        self.0.clone()
    }

    /// Checked when a file is made, not when one is opened.
    pub(crate) fn long_enough(&self) -> Result<(), VaultError> {
        let length = self.0.expose_secret().chars().count();
        if length < PASSPHRASE_MIN {
            return Err(VaultError::PassphraseShort { length, least: PASSPHRASE_MIN });
        }
        Ok(())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
