//! The relayer against a real node (Anvil) and the real ledger (SQLite).

mod books;
mod faults;
mod foreign;
mod kill;
mod launch;
mod ledger;
mod reorg;
mod vouchers;
mod world;
