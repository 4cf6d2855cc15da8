//! The indexer against a real node (Anvil), the real store (SQLite), and nodes that lie.

mod chain;
mod lies;
mod reorg;
mod sales;
mod store;
mod world;
