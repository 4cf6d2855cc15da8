//! Everything this application knows about chains and contracts, before any decision is made with it.
//!
//! * [`bindings`]: the drop and its factory as Rust types; [`revert`] says in words why they refuse;
//!   [`voucher`]: the message that lets a stranger mint; [`seaport`]: what a sale looks like;
//! * [`endpoint`]: a chain behind an RPC address, checked to be the right one, with typed failures. All
//!   bytes leave through one door, [`wire`]; [`fees`] asks it what gas costs;
//! * [`artifacts`]: the compiled contracts of this version; [`create2`]: where they and every drop will be,
//!   computed without a chain;
//! * [`practice`]: a chain of one's own on this machine, for rehearsals that can be clicked through.
//!
//! It holds no key and no database, and reads no clock.

pub mod artifacts;
pub mod bindings;
pub mod create2;
pub mod decimal;
pub mod endpoint;
mod error;
pub mod fees;
pub mod practice;
pub mod revert;
pub mod seaport;
pub mod voucher;
pub mod wire;

pub use endpoint::Endpoint;
pub use error::ChainError;
pub use wire::Timeouts;
