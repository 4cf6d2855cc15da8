//! The real things behind the small traits that rooms declare.
pub(crate) mod done;
pub(crate) mod fork;
pub(crate) mod index;
pub(crate) mod outbox;
pub(crate) mod signer;
