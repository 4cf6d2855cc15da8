//! Asks the chain whether a launch step has happened, whoever sent it.
use alloy::eips::BlockId;
use alloy::primitives::Bytes;
use alloy::rpc::types::TransactionRequest;
use async_trait::async_trait;
use atelier_chain::Endpoint;
use atelier_launch::{LaunchPlan, Probe};
use atelier_relayer::{AlreadyDone, Intent, RelayError};

/// The steps of one plan on one chain.
pub(crate) struct StepsDone {
    endpoint: Endpoint,
    plan: LaunchPlan,
}

impl StepsDone {
    pub(crate) fn new(endpoint: Endpoint, plan: LaunchPlan) -> Self {
        Self { endpoint, plan }
    }
}

#[async_trait]
impl AlreadyDone for StepsDone {
    async fn already_done(&self, intent: &Intent) -> Result<bool, RelayError> {
        let Some(step) =
            self.plan.steps.iter().find(|step| intent.key == crate::steps::launch::key(&self.plan, &step.id))
        else {
            return Ok(false);
        };
        let answer: Result<Bytes, _> = match step.done_when.probe() {
            Probe::Code { address } => self.endpoint.code(address, BlockId::latest()).await,
            Probe::Call { to, data } => {
                let request = TransactionRequest::default().to(to).input(data.into());
                // Before the drop exists a call answers nothing, which means: not yet.
                match self.endpoint.code(to, BlockId::latest()).await {
                    Ok(code) if code.is_empty() => return Ok(false),
                    Ok(_) => self.endpoint.call(request, BlockId::latest()).await,
                    Err(error) => Err(error),
                }
            }
        };
        let answer =
            answer.map_err(|error| RelayError::Wire { method: "eth_call", reason: error.to_string() })?;
        step.done_when
            .holds(&answer)
            .map_err(|error| RelayError::LedgerInconsistent { reason: error.to_string() })
    }
}
