//! One binary for all integration tests of this crate. They need Anvil and the reference implementations
//! from npm (`cargo xtask test` installs both) and no network but loopback.

mod bindings;
mod create2;
mod endpoint;
mod fees;
mod practice;
mod revert;
mod seaport;
mod server;
mod voucher;
mod world;
