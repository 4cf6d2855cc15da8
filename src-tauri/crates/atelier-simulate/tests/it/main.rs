//! One binary for all integration tests of this crate. They need Anvil from npm (`cargo xtask test` installs
//! it) and no network but loopback.

mod clean;
mod fork;
mod mistakes;
mod parity;
mod world;
