use alloy::primitives::{Address, Bytes, Log, TxKind, U256};
use atelier_chain::revert::{DecodedRevert, decode_revert};
use atelier_launch::{DoneWhen, Probe, TRANSACTION_GAS_CAP};
use revm::{
    Context, Database as _, DatabaseCommit as _, ExecuteEvm as _, MainBuilder as _,
    context::{BlockEnv, CfgEnv, TxEnv},
    context_interface::result::{EVMError, ExecutionResult, HaltReason, InvalidTransaction},
    database::CacheDB,
    primitives::hardfork::SpecId,
};

use crate::{SimulateError, base::Base};

/// Seconds between two blocks of a rehearsal.
const BLOCK_SECONDS: u64 = 12;
/// Gas for questions; they are free.
const QUESTION_GAS: u64 = 10_000_000;

/// A copy of a chain that can be changed.
pub(crate) struct World {
    state: CacheDB<Base>,
    config: CfgEnv,
    block: BlockEnv,
}

/// A transaction to try.
#[derive(Clone)]
pub(crate) struct Attempt {
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) data: Bytes,
    pub(crate) value: U256,
    pub(crate) gas_limit: u64,
    /// Wei per gas; `None` does not look at balances.
    pub(crate) gas_price: Option<U256>,
}

/// What came of it.
pub(crate) struct Tried {
    pub(crate) gas_used: u64,
    pub(crate) failure: Option<DecodedRevert>,
    pub(crate) output: Bytes,
    pub(crate) logs: Vec<Log>,
}

impl World {
    pub(crate) fn new(base: Base, block: BlockEnv, chain_id: u64) -> Self {
        let mut config = CfgEnv::new_with_spec(SpecId::OSAKA);
        config.chain_id = chain_id;
        // What a step costs is computed from quotes; the block's own price does not decide.
        config.disable_base_fee = true;
        // Whether an account has code is no reason to refuse: smart accounts deploy too (EIP-7702).
        config.disable_eip3607 = true;
        Self { state: CacheDB::new(base), config, block }
    }

    /// Try a transaction in a block of its own and keep its effects.
    pub(crate) fn commit(&mut self, attempt: &Attempt) -> Result<Tried, SimulateError> {
        self.block.number += U256::ONE;
        self.block.timestamp += U256::from(BLOCK_SECONDS);
        let mut tried = self.run(attempt, true)?;
        // A contract called by another that runs out of gas looks like a refusal without a reason. Whether
        // the limit was the reason is known by trying without it.
        let silent = tried.failure.as_ref().is_some_and(|failure| failure.data.is_empty());
        if silent && tried.gas_used > 0 {
            let unlimited = Attempt { gas_limit: TRANSACTION_GAS_CAP, gas_price: None, ..attempt.clone() };
            let free = self.run(&unlimited, false)?;
            if free.failure.is_none() {
                let (limit, needed) = (attempt.gas_limit, free.gas_used);
                let sentence = format!("the gas limit of {limit} is too low: it uses {needed}");
                tried.failure = Some(named("gas-limit", sentence));
            }
        }
        Ok(tried)
    }

    /// Try a transaction on top of the newest block and forget it.
    pub(crate) fn try_out(&mut self, attempt: &Attempt) -> Result<Tried, SimulateError> {
        self.run(attempt, false)
    }

    /// Ask whether a step has happened.
    pub(crate) fn is_done(&mut self, step: &DoneWhen, asking: Address) -> Result<bool, SimulateError> {
        let answer = match step.probe() {
            Probe::Code { address } => {
                let account = self.state.basic(address)?;
                account.and_then(|account| account.code).map_or_else(Bytes::new, |code| code.original_bytes())
            }
            Probe::Call { to, data } => {
                let question = Attempt {
                    from: asking,
                    to,
                    data,
                    value: U256::ZERO,
                    gas_limit: QUESTION_GAS,
                    gas_price: None,
                };
                let tried = self.run(&question, false)?;
                if tried.failure.is_some() { Bytes::new() } else { tried.output }
            }
        };
        Ok(step.holds(&answer)?)
    }

    fn run(&mut self, attempt: &Attempt, keep: bool) -> Result<Tried, SimulateError> {
        let nonce = self.state.basic(attempt.from)?.map_or(0, |account| account.nonce);
        let mut config = self.config.clone();
        config.disable_balance_check = attempt.gas_price.is_none();
        let gas_price = attempt.gas_price.unwrap_or_default();
        let transaction = TxEnv {
            caller: attempt.from,
            gas_limit: attempt.gas_limit,
            gas_price: u128::try_from(gas_price).unwrap_or(u128::MAX),
            kind: TxKind::Call(attempt.to),
            value: attempt.value,
            data: attempt.data.clone(),
            nonce,
            chain_id: Some(config.chain_id),
            ..TxEnv::default()
        };
        let context: Context<BlockEnv, TxEnv, CfgEnv, &mut CacheDB<Base>> =
            Context::new(&mut self.state, SpecId::OSAKA);
        let mut evm = context.with_cfg(config).with_block(self.block.clone()).build_mainnet();
        let done = match evm.transact(transaction) {
            Ok(done) => done,
            Err(EVMError::Transaction(invalid)) => return Ok(Tried::refused(&invalid)),
            Err(EVMError::Database(error)) => return Err(error),
            Err(other) => return Err(SimulateError::Engine { reason: other.to_string() }),
        };
        drop(evm);
        if keep {
            self.state.commit(done.state);
        }
        Ok(Tried::of(done.result))
    }
}

impl Tried {
    fn of(result: ExecutionResult) -> Self {
        let gas_used = result.tx_gas_used();
        match result {
            ExecutionResult::Success { logs, output, .. } => {
                Self { gas_used, failure: None, output: output.into_data(), logs }
            }
            ExecutionResult::Revert { output, .. } => {
                Self { gas_used, failure: Some(decode_revert(&output)), output, logs: Vec::new() }
            }
            ExecutionResult::Halt { reason, .. } => {
                let sentence = match &reason {
                    HaltReason::OutOfGas(_) => "it ran out of gas".to_owned(),
                    other => format!("the contract broke off ({other:?})"),
                };
                Self {
                    gas_used,
                    failure: Some(named("halt", sentence)),
                    output: Bytes::new(),
                    logs: Vec::new(),
                }
            }
        }
    }

    /// A transaction that no block would take.
    fn refused(invalid: &InvalidTransaction) -> Self {
        let (name, sentence) = match invalid {
            InvalidTransaction::LackOfFundForMaxFee { fee, balance } => (
                "insufficient-funds",
                format!("the sender has {balance} wei, and this may cost up to {fee} wei"),
            ),
            InvalidTransaction::TxGasLimitGreaterThanCap { gas_limit, cap } => (
                "over-gas-cap",
                format!("a transaction may use {cap} gas at most, and this one asks for {gas_limit}"),
            ),
            other => ("invalid", format!("no block would take this transaction: {other}")),
        };
        Self { gas_used: 0, failure: Some(named(name, sentence)), output: Bytes::new(), logs: Vec::new() }
    }
}

/// A failure that is not a revert.
pub(crate) fn named(name: &str, sentence: String) -> DecodedRevert {
    DecodedRevert { name: name.to_owned(), sentence, data: Bytes::new() }
}
