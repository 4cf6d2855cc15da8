//! Chain to facts: transfers, holders, mints, sales and the royalty ledger.
//!
//! [`Indexer::sync`] reads the collection's logs from a [`LogSource`] and appends facts to a [`Store`], range
//! by range. What it believes, and why the tables are right whatever the node or the chain does:
//! * **checkpoint and facts move together**: a [`Batch`] is one transaction, so a kill costs one range;
//! * **a log counts when its block hash is the header's**. A node that mixes two forks, or answers during a
//!   reorg, is noticed and asked again;
//! * **missing logs are noticed**: a header's bloom that promises logs nobody sent, a mint event whose tokens
//!   did not all arrive, a token that leaves somebody who does not hold it;
//! * **no reorg is too deep**: headers of all blocks with facts are kept. The highest of them that the chain
//!   still has is the common ancestor; everything above goes and is read again. A node that merely lags is
//!   not a reorg;
//! * **rebuilt from zero it gives the same rows**: no clock, no order of arrival, no memory outside the store.
//!
//! Sales are found without drinking a market's whole log: when a token moves between people, that
//! transaction's receipt is read, and Seaport's `OrderFulfilled` in it tells the price ([`sale`] has the rules).

mod batch;
mod error;
mod mint;
mod range;
mod row;
pub mod sale;
mod source;
mod store;
mod sync;

pub use error::IndexError;
pub use row::{Basis, Batch, Block, BlockRef, Mint, MintKind, Place, Sale, Transfer};
pub use source::{Header, LogSource, LogsError, Query, RoyaltyAnswer, RpcSource};
pub use store::Store;
pub use sync::{IndexSettings, Indexer, Progress, Synced};
