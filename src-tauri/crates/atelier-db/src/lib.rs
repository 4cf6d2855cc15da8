//! SQLite behind one writer: migrations, tables, and the hash-chained audit log.
//!
//! A project keeps three files in `.atelier/`, because they differ in what a loss would cost:
//!
//! | file | holds | a commit survives | if it is lost |
//! | --- | --- | --- | --- |
//! | `state.sqlite` ([`State`]) | jobs, artifacts, uploads, undo, vouchers, audit log | the process | restore a backup |
//! | `ledger.sqlite` ([`ledger`]) | the relay outbox and what was spent | a power cut | restore a backup |
//! | `index.sqlite` ([`index`]) | facts read from the chain | the process | read the chain again |
//!
//! [`file::open`] checks a file, refuses one that is damaged, foreign or too new, copies it before its format
//! changes, and runs the migrations of `src/migrations/`. [`Database`] puts it behind one writer.
//! [`ProjectLock`] keeps a second process out. Nothing here reads a clock: times are arguments, in
//! milliseconds since 1970 (UTC).

mod database;
mod error;
pub mod file;
pub mod index;
pub mod ledger;
mod lock;
pub mod state;

pub use database::Database;
pub use error::DbError;
pub use lock::ProjectLock;
pub use state::State;

/// The folder inside a project that holds the databases.
pub const FOLDER: &str = ".atelier";
