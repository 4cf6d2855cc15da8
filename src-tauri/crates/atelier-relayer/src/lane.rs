//! One signer on one chain: takes intents, ends with outcomes, survives anything in between.

mod advance;
mod issue;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alloy::primitives::B256;
use async_trait::async_trait;

use crate::{
    Attention, FeePolicy, Head, Intent, LaneId, Ledger, NewIntent, RelayError, Sign, State, Wire, failpoint,
};

/// Largest gas limit of one transaction (EIP-7825).
const TRANSACTION_GAS_CAP: u64 = 16_777_216;

/// When an intent is simulated before it takes a nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simulation {
    /// When nothing of the lane is in flight. Steps that build on each other cannot be simulated behind one
    /// another; with predecessors in flight the gas limit of the rehearsal is used, and must be there.
    WhenIdle,
    /// Always: independent requests.
    Always,
}

/// How a lane behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneSettings {
    /// Chain the endpoint must be on.
    pub chain_id: u64,
    /// Blocks, the including one counted, until an inclusion is final. At least 1.
    pub confirmations: u64,
    /// Intents in flight at once. Geth keeps 16 per account for sure.
    pub window: usize,
    /// Pause between two looks at the node.
    pub poll: Duration,
    /// What may be paid per gas.
    pub fees: FeePolicy,
    /// A transaction not mined after this many blocks is bumped.
    pub bump_after_blocks: u64,
    /// Most bumps per transaction; then a person is asked.
    pub most_bumps: usize,
    /// The identical bytes are sent again every so many looks without a receipt.
    pub resend_after_polls: u32,
    /// So many failed or fruitless looks in a row are borne before the lane gives up for now.
    pub patience: u32,
    /// When intents are simulated.
    pub simulation: Simulation,
    /// Start nothing more after the first intent that did not succeed.
    pub stop_on_failure: bool,
}

impl LaneSettings {
    /// For a launch: steps in order, one at a time, stop at the first failure.
    pub fn launch(chain_id: u64, confirmations: u64, fees: FeePolicy) -> Self {
        Self {
            chain_id,
            confirmations,
            window: 1,
            poll: Duration::from_millis(250),
            fees,
            bump_after_blocks: 3,
            most_bumps: 8,
            resend_after_polls: 20,
            patience: 40,
            simulation: Simulation::WhenIdle,
            stop_on_failure: true,
        }
    }

    /// For vouchers: independent requests, several at once, none stops the others.
    pub fn vouchers(chain_id: u64, confirmations: u64, fees: FeePolicy) -> Self {
        Self {
            window: 16,
            simulation: Simulation::Always,
            stop_on_failure: false,
            ..Self::launch(chain_id, confirmations, fees)
        }
    }
}

/// Asks the chain whether an intent's effect is already there. Called before every issue and re-issue.
#[async_trait]
pub trait AlreadyDone: Send + Sync {
    /// True when the effect is on chain.
    async fn already_done(&self, intent: &Intent) -> Result<bool, RelayError>;
}

/// For intents whose contract has no such question.
#[derive(Debug, Clone, Copy)]
pub struct NeverDone;

#[async_trait]
impl AlreadyDone for NeverDone {
    async fn already_done(&self, _intent: &Intent) -> Result<bool, RelayError> {
        Ok(false)
    }
}

/// A step of an intent, told after it is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The intent's key.
    pub key: String,
    /// Its state now.
    pub state: State,
    /// The transaction, once there is one.
    pub hash: Option<B256>,
    /// Why a person should look.
    pub attention: Option<Attention>,
}

/// How an intent stands when the lane returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Final and successful.
    Final {
        /// The transaction.
        hash: B256,
        /// Its block.
        block_number: u64,
        /// Its block's hash.
        block_hash: B256,
        /// Gas used.
        gas_used: u64,
        /// Wei that left the signer.
        cost: u128,
    },
    /// Final, but it reverted. The gas is spent.
    Reverted {
        /// The transaction.
        hash: B256,
        /// Wei that left the signer.
        cost: u128,
    },
    /// Its effect was on chain without a transaction of this ledger. Nothing was sent.
    DoneElsewhere,
    /// It would revert; nothing was sent.
    Refused(Attention),
    /// A person should look; driving it again goes on.
    Attention(Attention),
    /// Not begun, because an earlier one did not succeed.
    NotStarted,
}

/// An intent and its ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The intent's key.
    pub key: String,
    /// How it stands.
    pub ending: Ending,
}

type Watcher = Arc<dyn Fn(&Change) + Send + Sync>;

/// Drives the intents of one signer on one chain. Only one lane per signer and chain may run at a time; the
/// project lock sees to that.
pub struct Lane {
    ledger: Arc<dyn Ledger>,
    wire: Arc<dyn Wire>,
    signer: Arc<dyn Sign>,
    settings: LaneSettings,
    stop: Arc<AtomicBool>,
    watcher: Option<Watcher>,
}

/// What a run remembers beside the ledger. Losing it costs a repeated question, never money.
#[derive(Default)]
struct Run {
    /// Intents that took their nonce in this run: it need not be asked whether it is still free.
    fresh: BTreeSet<i64>,
    /// Looks without a receipt, per intent.
    looks: BTreeMap<i64, u32>,
    /// Looks at a used nonce nobody could explain.
    unexplained: BTreeMap<i64, u32>,
    /// Intents that wait for a person.
    halted: BTreeMap<i64, Attention>,
    /// Something did not succeed.
    failed: bool,
}

enum Wanted<'a> {
    These(&'a [String]),
    All,
}

impl Lane {
    /// A lane over these hands. `stop` is the kill switch: once true nothing more is signed or sent.
    pub fn new(
        ledger: Arc<dyn Ledger>,
        wire: Arc<dyn Wire>,
        signer: Arc<dyn Sign>,
        settings: LaneSettings,
        stop: Arc<AtomicBool>,
    ) -> Self {
        Self { ledger, wire, signer, settings, stop, watcher: None }
    }

    /// Tells `watcher` of every committed step.
    #[must_use]
    pub fn watched(mut self, watcher: Watcher) -> Self {
        self.watcher = Some(watcher);
        self
    }

    /// The signer on its chain.
    pub fn id(&self) -> LaneId {
        LaneId { chain_id: self.settings.chain_id, signer: self.signer.address() }
    }

    /// Enqueues `intents` (known keys are not enqueued again) and drives them, in order, until each has an
    /// ending. Calling it again with the same list after a kill, an error or a stop continues where the ledger
    /// stands. Unfinished earlier intents of the lane are carried along, for their nonces come first.
    ///
    /// # Errors
    /// [`RelayError::WrongChain`] before anything else; ledger, signing and lasting node errors as they come.
    pub async fn drive(
        &self,
        intents: &[NewIntent],
        already: &dyn AlreadyDone,
    ) -> Result<Vec<Outcome>, RelayError> {
        self.check_chain().await?;
        let mut keys = Vec::with_capacity(intents.len());
        for new in intents {
            let stored = self.ledger.enqueue(new, None)?;
            if stored.fresh {
                failpoint::hit("after-intent");
                self.tell(&stored.intent, None);
            }
            // A refusal stands for the chain as it was; asking again means looking again.
            if stored.intent.state == State::Refused {
                self.ledger.requeue(stored.intent.id)?;
            }
            keys.push(new.key.clone());
        }
        let run = self.pursue(&Wanted::These(&keys), already).await?;
        keys.into_iter().map(|key| self.outcome(key, &run)).collect()
    }

    /// Drives whatever the lane's queue holds until `stop`: the background driver of the voucher endpoint.
    /// `wake` is notified when something was enqueued.
    ///
    /// # Errors
    /// [`RelayError::WrongChain`] and ledger errors; node and signing errors are retried.
    pub async fn serve(
        &self,
        wake: &tokio::sync::Notify,
        already: &dyn AlreadyDone,
    ) -> Result<(), RelayError> {
        let idle = self.settings.poll * 8;
        while !self.stopped() {
            let pass = match self.check_chain().await {
                Ok(()) => self.pursue(&Wanted::All, already).await.map(|_| ()),
                Err(error) => Err(error),
            };
            match pass {
                Ok(()) => {}
                Err(RelayError::Stopped) => return Ok(()),
                Err(error @ (RelayError::Wire { .. } | RelayError::Sign { .. })) => {
                    tracing::warn!(code = error.code(), %error, "the voucher lane waits");
                }
                Err(error) => return Err(error),
            }
            let _ = tokio::time::timeout(idle, wake.notified()).await;
        }
        Ok(())
    }

    async fn pursue(&self, wanted: &Wanted<'_>, already: &dyn AlreadyDone) -> Result<Run, RelayError> {
        let mut run = Run::default();
        let mut failures = 0;
        loop {
            match self.round(wanted, already, &mut run).await {
                Ok(true) => return Ok(run),
                Ok(false) => failures = 0,
                Err(error @ RelayError::Wire { .. }) => {
                    failures += 1;
                    if failures >= self.settings.patience {
                        return Err(error);
                    }
                    tracing::debug!(%error, failures, "the node did not answer");
                }
                Err(error) => return Err(error),
            }
            self.check_stop()?;
            tokio::time::sleep(self.settings.poll).await;
        }
    }

    /// One look at everything. True when nothing is left to do.
    async fn round(
        &self,
        wanted: &Wanted<'_>,
        already: &dyn AlreadyDone,
        run: &mut Run,
    ) -> Result<bool, RelayError> {
        self.check_stop()?;
        let head = self.wire.head().await?;
        for intent in self.in_flight()? {
            if !run.halted.contains_key(&intent.id) {
                self.advance(intent, head, run).await?;
            }
        }
        loop {
            self.check_stop()?;
            let in_flight = self.in_flight()?;
            if in_flight.len() >= self.settings.window || (run.failed && self.settings.stop_on_failure) {
                break;
            }
            let Some(next) = self.next_queued(wanted, run)? else { break };
            if let Some(issued) = self.issue(next, in_flight.is_empty(), already, run).await? {
                self.advance(issued, head, run).await?;
            }
        }
        let working = self.in_flight()?.iter().any(|intent| !run.halted.contains_key(&intent.id));
        let waiting = self.next_queued(wanted, run)?.is_some();
        let blocked = run.failed && self.settings.stop_on_failure
            // A halted intent keeps its place in the window; behind a full window of them nothing can start.
            || (!working && self.in_flight()?.len() >= self.settings.window);
        Ok(!working && (!waiting || blocked))
    }

    fn in_flight(&self) -> Result<Vec<Intent>, RelayError> {
        let mut open = self.ledger.open_intents(self.id())?;
        open.retain(|intent| intent.state != State::Queued);
        Ok(open)
    }

    fn next_queued(&self, wanted: &Wanted<'_>, run: &Run) -> Result<Option<Intent>, RelayError> {
        let eligible =
            |intent: &Intent| intent.state == State::Queued && !run.halted.contains_key(&intent.id);
        match wanted {
            Wanted::All => Ok(self.ledger.open_intents(self.id())?.into_iter().find(eligible)),
            Wanted::These(keys) => {
                for key in *keys {
                    match self.ledger.intent(key)? {
                        Some(intent) if eligible(&intent) => return Ok(Some(intent)),
                        _ => {}
                    }
                }
                Ok(None)
            }
        }
    }

    fn outcome(&self, key: String, run: &Run) -> Result<Outcome, RelayError> {
        let intent = self.reload(&key)?;
        let inclusion = || {
            self.ledger.inclusion(intent.id)?.ok_or_else(|| RelayError::LedgerInconsistent {
                reason: format!("\"{key}\" is {} without an inclusion", intent.state.name()),
            })
        };
        let ending = match intent.state {
            State::Final => {
                let found = inclusion()?;
                Ending::Final {
                    hash: found.hash,
                    block_number: found.block_number,
                    block_hash: found.block_hash,
                    gas_used: found.gas_used,
                    cost: found.cost,
                }
            }
            State::Reverted => {
                let found = inclusion()?;
                Ending::Reverted { hash: found.hash, cost: found.cost }
            }
            State::DoneElsewhere => Ending::DoneElsewhere,
            State::Refused => Ending::Refused(intent.attention.clone().unwrap_or_else(|| Attention {
                code: "RELAY-WOULD-REVERT".to_owned(),
                reason: "the simulation failed".to_owned(),
            })),
            State::Queued | State::Reserved | State::Signed | State::Sent | State::Included => {
                match run.halted.get(&intent.id) {
                    Some(attention) => Ending::Attention(attention.clone()),
                    None => Ending::NotStarted,
                }
            }
        };
        Ok(Outcome { key, ending })
    }

    fn reload(&self, key: &str) -> Result<Intent, RelayError> {
        self.ledger.intent(key)?.ok_or_else(|| RelayError::LedgerInconsistent {
            reason: format!("\"{key}\" was there and is gone"),
        })
    }

    /// Writes down why a person should look, and leaves the intent alone for the rest of this run.
    fn halt(&self, intent: &Intent, code: &str, reason: String, run: &mut Run) -> Result<(), RelayError> {
        let attention = Attention { code: code.to_owned(), reason };
        tracing::warn!(key = intent.key, code, reason = attention.reason, "an intent needs a person");
        self.ledger.note(intent.id, Some(&attention))?;
        run.failed = true;
        run.halted.insert(intent.id, attention.clone());
        let noted = Intent { attention: Some(attention), ..intent.clone() };
        self.tell(&noted, None);
        Ok(())
    }

    fn tell(&self, intent: &Intent, hash: Option<B256>) {
        if let Some(watcher) = &self.watcher {
            watcher(&Change {
                key: intent.key.clone(),
                state: intent.state,
                hash,
                attention: intent.attention.clone(),
            });
        }
    }

    async fn check_chain(&self) -> Result<(), RelayError> {
        let actual = self.wire.chain_id().await?;
        if actual == self.settings.chain_id {
            Ok(())
        } else {
            Err(RelayError::WrongChain { expected: self.settings.chain_id, actual })
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn check_stop(&self) -> Result<(), RelayError> {
        if self.stopped() { Err(RelayError::Stopped) } else { Ok(()) }
    }

    fn deep_enough(&self, block: u64, head: Head) -> bool {
        // A block the node just showed is at least as new as the head read before it.
        head.number.max(block) + 1 >= block + self.settings.confirmations
    }
}
