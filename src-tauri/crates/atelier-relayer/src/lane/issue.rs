//! From queued to reserved: the last moment at which nothing has been promised.

use atelier_chain::revert::decode_revert;

use super::{AlreadyDone, Lane, Run, Simulation, TRANSACTION_GAS_CAP};
use crate::{Attention, Call, Called, Intent, RelayError, State, failpoint, fee};

impl Lane {
    /// Checks a queued intent and gives it a nonce and money. `None` when it did not come to that.
    pub(super) async fn issue(
        &self,
        intent: Intent,
        idle: bool,
        already: &dyn AlreadyDone,
        run: &mut Run,
    ) -> Result<Option<Intent>, RelayError> {
        if already.already_done(&intent).await? {
            let why = Attention {
                code: "RELAY-DONE-ELSEWHERE".to_owned(),
                reason: "the chain already shows this; nothing was sent".to_owned(),
            };
            self.set_aside(&intent, State::DoneElsewhere, &why)?;
            return Ok(None);
        }
        let Some(gas_limit) = self.gas_limit(&intent, idle, run).await? else { return Ok(None) };
        let fees = self.wire.fees().await?;
        let Some(bid) = fee::opening(fees, self.settings.fees) else {
            let reason = format!(
                "the network asks {} wei per gas, the ceiling is {}; nothing was sent",
                fees.base + fees.tip,
                self.settings.fees.ceiling
            );
            self.halt(&intent, "RELAY-FEE-CEILING", reason, run)?;
            return Ok(None);
        };
        let worst = fee::worst_case(gas_limit, bid.max_fee, intent.value)?;
        let balance = self.wire.balance(self.signer.address()).await?;
        if balance < alloy::primitives::U256::from(worst) {
            let reason = format!(
                "{} has {balance} wei and this may cost {worst} wei; send it more",
                self.signer.address()
            );
            self.halt(&intent, "RELAY-FUNDS-SHORT", reason, run)?;
            return Ok(None);
        }
        let chain_nonce = self.wire.nonce(self.signer.address(), None).await?;
        failpoint::hit("before-reserve");
        match self.ledger.reserve(intent.id, chain_nonce, gas_limit, worst) {
            Ok(_) => {}
            Err(error @ RelayError::BudgetExhausted { .. }) => {
                self.halt(&intent, error.code(), error.to_string(), run)?;
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
        failpoint::hit("after-reserve");
        run.fresh.insert(intent.id);
        let reserved = self.reload(&intent.key)?;
        self.tell(&reserved, None);
        Ok(Some(reserved))
    }

    /// The explicit gas limit: simulated where that is possible, else the rehearsal's.
    async fn gas_limit(&self, intent: &Intent, idle: bool, run: &mut Run) -> Result<Option<u64>, RelayError> {
        let simulate = match self.settings.simulation {
            Simulation::Always => true,
            Simulation::WhenIdle => idle,
        };
        if !simulate {
            return intent
                .gas_limit
                .map(Some)
                .ok_or_else(|| RelayError::GasLimitMissing { key: intent.key.clone() });
        }
        let call = Call {
            from: self.signer.address(),
            to: intent.to,
            data: intent.calldata.clone(),
            value: intent.value,
        };
        let needed = match self.wire.estimate(&call).await? {
            // A fifth more: a neighbour's transaction in the same block may make ours dearer.
            Called::Returned(gas) => gas.saturating_add(gas / 5).min(TRANSACTION_GAS_CAP.max(gas)),
            Called::Reverted { data, message } => {
                let reason = if data.is_empty() { message } else { decode_revert(&data).sentence };
                let why = Attention { code: "RELAY-WOULD-REVERT".to_owned(), reason };
                run.failed = true;
                self.set_aside(intent, State::Refused, &why)?;
                return Ok(None);
            }
        };
        let gas_limit = intent.gas_limit.map_or(needed, |rehearsed| rehearsed.max(needed));
        if gas_limit > TRANSACTION_GAS_CAP {
            let why = Attention {
                code: "RELAY-GAS-ABOVE-CAP".to_owned(),
                reason: format!("it needs {gas_limit} gas; one transaction may use {TRANSACTION_GAS_CAP}"),
            };
            run.failed = true;
            self.set_aside(intent, State::Refused, &why)?;
            return Ok(None);
        }
        Ok(Some(gas_limit))
    }

    fn set_aside(&self, intent: &Intent, state: State, why: &Attention) -> Result<(), RelayError> {
        self.ledger.set_aside(intent.id, state, why)?;
        let now = self.reload(&intent.key)?;
        self.tell(&now, None);
        Ok(())
    }
}
