//! Intents to transactions, exactly once.
//!
//! A launch step or a voucher becomes an [`Intent`]: *what* should happen, under a key that can be used
//! once. A [`Lane`] (one chain, one signer) turns intents into transactions, and every step of that is a
//! committed row before it is an act:
//!
//! ```text
//! queued ──► reserved ──► signed ──► sent ──► included ──► final
//!            nonce +      raw bytes           block hash   or reverted
//!            budget in    committed           │
//!            one commit                       └─ block gone (reorg): back to sent, same bytes again
//! ```
//!
//! The rules, and why they hold whatever crashes or lies:
//! * a **nonce is a row**, not a counter ([`Ledger::reserve`]): a restart cannot hand it out twice;
//! * **bytes are committed before they are sent**, bumps included, and recovery sends the identical bytes:
//!   two different transactions for one intent can never both be mined;
//! * **absence proves nothing**: no receipt, an error or a time-out never means "failed". A nonce counts as
//!   used elsewhere only when the chain says so at depth *and* the transaction that used it is named;
//! * a receipt counts when the header chain holds its block hash;
//! * money is **reserved at the worst case before signing** and settled to the actual cost at the receipt;
//! * before an intent is issued, [`AlreadyDone`] asks the chain whether it has happened (a restored backup,
//!   a second laptop).
//!
//! [`Endpoint`] is the second half: a loopback HTTP door through which holders redeem vouchers at the
//! campaign's cost. It only checks and enqueues; the same lane sends.
//!
//! The crate stores, signs and calls nothing itself: [`Ledger`], [`Sign`] and [`Wire`] are handed in.

mod endpoint;
mod error;
pub mod failpoint;
mod fee;
mod intent;
mod lane;
mod ledger;
mod sign;
mod voucher;
mod wire;

pub use endpoint::{Endpoint, EndpointSettings, Token};
pub use error::RelayError;
pub use fee::{FeePolicy, Fees};
pub use intent::{
    Attempt, AttemptKind, Attention, Campaign, Cap, Foreign, Inclusion, Intent, LaneId, NewIntent, Slot,
    State,
};
pub use lane::{AlreadyDone, Change, Ending, Lane, LaneSettings, NeverDone, Outcome, Simulation};
pub use ledger::{Enqueued, Ledger};
pub use sign::Sign;
pub use voucher::{Redeemable, Refusal, VoucherPolicy, VoucherUsed, voucher_key};
pub use wire::{Call, Called, Head, Mined, Receipt, RpcWire, SendReply, Wire};
