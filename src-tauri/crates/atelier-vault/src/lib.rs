//! Secrets and signing: OS keychain, role keys, and the encrypted vault. The only crate that sees key bytes.
//!
//! A project has up to three keys, one for each [`Role`], so that the key that is used most can do least. A
//! [`Vault`] keeps them in one [`Place`]: the operating system's keychain, or, only where a person chose it, a
//! file encrypted with a passphrase (age, scrypt). Beside them, in the open, lies `keys.json`: which roles have
//! a key and under which address, so that a window can show them without asking for anything.
//!
//! Secrets go in and never come out. [`Secret`] shows nothing, cannot be serialised, and is wiped when it is
//! dropped; no method returns one. What comes out is addresses and signatures: [`Vault::unlock`] opens a role
//! for a while, then [`Vault::sign_transaction`] and its siblings sign what a [`Request`] names.
//!
//! **Every method blocks.** Signing with an open key takes microseconds; creating, importing and unlocking
//! talk to the keychain, which may ask the person and wait, or run scrypt for a second. From async code call
//! those through `tokio::task::spawn_blocking`. A `Vault` is `Send + Sync`, and one waiting for a person does
//! not hold up signing with another role.

mod clock;
mod directory;
mod error;
mod keep;
mod role;
mod secret;
#[cfg(feature = "testing")]
pub mod testing;
mod vault;

pub use clock::{Clock, Moment, SystemClock};
pub use error::VaultError;
pub use keep::Prompt;
pub use role::{KeyState, Place, Role};
pub use secret::{Passphrase, Secret};
pub use vault::Vault;
pub use vault::sign::{Request, SignedTransaction};
