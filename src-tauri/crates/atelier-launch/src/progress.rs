use alloy::primitives::B256;
use serde::{Deserialize, Serialize};

use crate::{LaunchError, LaunchPlan};

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Nothing has left this machine.
    Planned,
    /// A signed transaction has left, or may have.
    Sent,
    /// It is in a block.
    Confirmed,
    /// It is in a block that cannot go away, or the chain showed that the step has happened.
    Final,
    /// Its transaction reverted in a block that cannot go away.
    Failed,
}

/// What happens to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The bytes of this transaction are committed and about to leave. A second one is a replacement.
    Sent {
        /// Its hash.
        transaction: B256,
    },
    /// The transaction with this hash succeeded in this block.
    Included {
        /// Which of those sent.
        transaction: B256,
        /// The block.
        block_number: u64,
        /// Its hash.
        block_hash: B256,
        /// Gas it used.
        gas_used: u64,
    },
    /// The block is gone; the transaction is open again.
    Reorganised,
    /// The block is final.
    Finalised,
    /// The transaction reverted, and that is final.
    Reverted,
    /// The chain shows that the step has happened ([`crate::DoneWhen`]), whoever did it.
    FoundDone,
    /// A person wants to try a failed step again.
    Retried,
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Included { .. } => "included",
            Self::Reorganised => "reorganised",
            Self::Finalised => "finalised",
            Self::Reverted => "reverted",
            Self::FoundDone => "found done",
            Self::Retried => "retried",
        }
    }
}

/// One step of a running launch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepProgress {
    /// The step's id.
    pub id: String,
    /// How it stands.
    pub state: StepState,
    /// The newest transaction that was sent for it.
    pub transaction: Option<B256>,
    /// Number and hash of the block it is in.
    pub block: Option<(u64, B256)>,
    /// Gas it used.
    pub gas_used: Option<u64>,
}

/// A running launch: one state per step, bound to one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// SHA-256 of the plan.
    pub plan_hash: B256,
    /// In the plan's order.
    pub steps: Vec<StepProgress>,
}

impl Progress {
    /// A launch that has not begun.
    #[must_use]
    pub fn of(plan: &LaunchPlan) -> Self {
        let steps = plan.steps.iter().map(|step| StepProgress {
            id: step.id.clone(),
            state: StepState::Planned,
            transaction: None,
            block: None,
            gas_used: None,
        });
        Self { plan_hash: plan.hash().into(), steps: steps.collect() }
    }

    /// Index of the step that must be sent next: the first planned one, unless a failed one stands before it.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        let index = self
            .steps
            .iter()
            .position(|step| matches!(step.state, StepState::Planned | StepState::Failed))?;
        (self.steps[index].state == StepState::Planned).then_some(index)
    }

    /// True when every step is final.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.steps.iter().all(|step| step.state == StepState::Final)
    }

    /// Move one step. An event that is impossible in the step's state is an error and changes nothing; one
    /// that says what is known already (a second `Included` after a restart) changes nothing either.
    pub fn apply(&mut self, id: &str, event: Event) -> Result<StepState, LaunchError> {
        use StepState::{Confirmed, Failed, Final, Planned, Sent};
        let step = self
            .steps
            .iter_mut()
            .find(|step| step.id == id)
            .ok_or_else(|| LaunchError::UnknownStep { step: id.to_owned() })?;
        match (step.state, event) {
            (Planned | Sent, Event::Sent { transaction }) => {
                step.state = Sent;
                step.transaction = Some(transaction);
            }
            (Sent | Confirmed, Event::Included { transaction, block_number, block_hash, gas_used }) => {
                step.state = Confirmed;
                step.transaction = Some(transaction);
                step.block = Some((block_number, block_hash));
                step.gas_used = Some(gas_used);
            }
            (Confirmed, Event::Reorganised) => {
                step.state = Sent;
                step.block = None;
                step.gas_used = None;
            }
            (Confirmed, Event::Finalised) | (Final, Event::Finalised) => step.state = Final,
            (Sent | Confirmed, Event::Reverted) => step.state = Failed,
            (Planned | Sent | Confirmed | Failed | Final, Event::FoundDone) => step.state = Final,
            (Failed, Event::Retried) => {
                step.state = Planned;
                step.block = None;
                step.gas_used = None;
            }
            (state, event) => {
                return Err(LaunchError::OutOfTurn { step: id.to_owned(), state, event: event.name() });
            }
        }
        Ok(step.state)
    }
}
