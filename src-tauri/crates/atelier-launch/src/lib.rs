//! From a signed bundle and a configuration to the transactions of a launch, before any of them exists.
//!
//! [`LaunchPlan::build`] turns a [`LaunchInput`] into a list of [`Step`]s: put the implementation and the
//! factory on the chain, create the drop, mint batch after batch, freeze the metadata. The plan is data: it
//! is serialised canonically, hashed ([`LaunchPlan::hash`]), stored, rehearsed by `atelier-simulate` and sent
//! by the relayer, and all of them mean the same bytes.
//!
//! Every step says how the chain shows that it has happened ([`DoneWhen`]), so that a launch can be resumed
//! on any machine, from any backup, without sending anything twice. [`Progress`] is the state machine of the
//! execution.
//!
//! ```text
//! deploy-implementation ─► deploy-factory ─► create-drop ─► batch-1 ─► … ─► batch-n ─► freeze
//! └──────────────── prepare ────────────────────────────┘  └──── airdrop ─────────┘  └ after ┘
//! ```
//!
//! Pure: no key, no network, no clock.

mod batches;
mod canonical;
mod done;
mod error;
mod gas;
mod plan;
mod progress;

pub use batches::{TokenRange, batches};
pub use done::{DoneWhen, Probe};
pub use error::LaunchError;
pub use gas::{MAX_BATCH, TRANSACTION_GAS_CAP, batch_gas};
pub use plan::{Group, LaunchInput, LaunchPlan, SCHEMA, Step};
pub use progress::{Event, Progress, StepProgress, StepState};
