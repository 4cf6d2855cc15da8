//! Everything this application knows about chains and contracts, before any decision is made with it.
//!
//! * [`bindings`]: the drop and its factory as Rust types; [`revert`] says in words why they refuse;
//!   [`voucher`]: the message that lets a stranger mint; [`seaport`]: what a sale looks like;
//! * [`endpoint`]: a chain behind an RPC address, checked to be the right one, with typed failures. All
//!   bytes leave through one door, [`wire`].
//!
//! It holds no key, no database and no clock.

pub mod bindings;
pub mod endpoint;
mod error;
pub mod revert;
pub mod seaport;
pub mod voucher;
pub mod wire;

pub use endpoint::Endpoint;
pub use error::ChainError;
pub use wire::Timeouts;
