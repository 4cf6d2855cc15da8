use alloy::{
    primitives::{Address, Bytes, Log, U256, address},
    sol_types::{SolCall, SolEvent},
};
use atelier_chain::{bindings::IAtelierDrop, fees::FeeQuotes, voucher::Voucher};
use atelier_launch::{LaunchPlan, Step, TokenRange};

use crate::{
    FirstTransfer, Outcome, RehearsalReport, RehearsedStep, SimulateError, Source, Totals,
    base::{Base, Opened},
    world::{Attempt, Tried, World, named},
};

/// Receives the first transfers: an account nobody has.
const STRANGER: Address = address!("0x00000000000000000000000000000A7E11E57A9e");
/// Limit for a voucher: the contract's largest mint is far below.
const VOUCHER_GAS: u64 = 16_000_000;
/// Limit for a transfer.
const TRANSFER_GAS: u64 = 2_000_000;

/// A voucher to redeem after the plan has run.
#[derive(Clone, Debug)]
pub struct VoucherTrial {
    /// The voucher.
    pub voucher: Voucher,
    /// Its signature.
    pub signature: Bytes,
    /// Who sends it, with the voucher's price.
    pub sender: Address,
}

/// How to rehearse.
#[derive(Clone, Debug)]
pub struct Options {
    /// What gas costs.
    pub fees: FeeQuotes,
    /// Refuse steps the deployer's balance cannot pay at the high fee. Only a fork knows balances.
    pub check_balance: bool,
    /// Vouchers to redeem after the plan, one after the other.
    pub vouchers: Vec<VoucherTrial>,
    /// Tokens whose first transfer to measure ([`first_transfer_tokens`]).
    pub first_transfers: Vec<u32>,
}

/// First, middle and last token of the plan's first and last batch.
#[must_use]
pub fn first_transfer_tokens(plan: &LaunchPlan) -> Vec<u32> {
    let ranges: Vec<TokenRange> = plan.steps.iter().filter_map(|step| step.tokens).collect();
    let ends = ranges.first().into_iter().chain(ranges.last());
    let mut tokens: Vec<u32> = ends
        .flat_map(|range| [range.first, range.first + range.count() / 2, range.last])
        .filter(|token| *token <= plan.batched)
        .collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// Run `plan` on a copy of a chain. Must be called inside a tokio runtime.
pub async fn rehearse(
    plan: &LaunchPlan,
    source: Source,
    options: &Options,
) -> Result<RehearsalReport, SimulateError> {
    let source_chain = source.chain_id();
    if source_chain != plan.chain_id {
        return Err(SimulateError::OtherChain { plan: plan.chain_id, source_chain });
    }
    let opened = Base::open(source).await?;
    let (plan, options) = (plan.clone(), options.clone());
    // The EVM asks for state with blocking calls, which must not stand on a worker of the runtime.
    let work = tokio::task::spawn_blocking(move || run(&plan, opened, &options));
    work.await.map_err(|error| SimulateError::Engine { reason: error.to_string() })?
}

fn run(plan: &LaunchPlan, opened: Opened, options: &Options) -> Result<RehearsalReport, SimulateError> {
    let mut world = World::new(opened.base, opened.block, plan.chain_id);
    let gas_price = options.check_balance.then_some(options.fees.high);
    let mut steps = Vec::with_capacity(plan.steps.len());
    let mut broken = false;
    for step in &plan.steps {
        let rehearsed = if broken {
            without_running(&step.id, Outcome::NotReached)
        } else if world.is_done(&step.done_when, plan.deployer)? {
            without_running(&step.id, Outcome::AlreadyDone)
        } else {
            run_step(&mut world, plan, step, gas_price)?
        };
        broken |= !rehearsed.ok();
        tracing::debug!(step = step.id, outcome = ?rehearsed.outcome, gas = rehearsed.gas_used, "rehearsed");
        steps.push(rehearsed);
    }
    let mut vouchers = Vec::with_capacity(options.vouchers.len());
    let mut first_transfers = Vec::with_capacity(options.first_transfers.len());
    if !broken {
        for (number, trial) in (1_u32..).zip(&options.vouchers) {
            let id = format!("voucher-{number}");
            vouchers.push(redeem(&mut world, plan.drop, id, trial)?);
        }
        for token in &options.first_transfers {
            first_transfers.push(transfer(&mut world, plan, *token)?);
        }
    }
    let totals = sum(plan, &steps, &options.fees);
    Ok(RehearsalReport {
        plan_hash: plan.hash().into(),
        chain_id: plan.chain_id,
        source: opened.view,
        steps,
        vouchers,
        first_transfers,
        totals,
        fees: options.fees.clone(),
    })
}

fn run_step(
    world: &mut World,
    plan: &LaunchPlan,
    step: &Step,
    gas_price: Option<U256>,
) -> Result<RehearsedStep, SimulateError> {
    let tried = world.commit(&Attempt {
        from: plan.deployer,
        to: step.to,
        data: step.calldata.clone(),
        value: step.value,
        gas_limit: step.gas_limit,
        gas_price,
    })?;
    let mut rehearsed = ran(step.id.clone(), plan.drop, &tried);
    if rehearsed.ok() && rehearsed.tokens != step.tokens {
        let sentence =
            format!("it minted {}, and the plan says {}", in_words(rehearsed.tokens), in_words(step.tokens));
        rehearsed.failure = Some(named("other-tokens", sentence));
        rehearsed.outcome = Outcome::Failed;
    }
    // The contract accepted the call, but does the chain show the step's effect, as a resume will ask?
    if rehearsed.ok() && !world.is_done(&step.done_when, plan.deployer)? {
        let sentence = "it went through, and the chain does not show its effect".to_owned();
        rehearsed.failure = Some(named("no-effect", sentence));
        rehearsed.outcome = Outcome::Failed;
    }
    Ok(rehearsed)
}

fn redeem(
    world: &mut World,
    drop: Address,
    id: String,
    trial: &VoucherTrial,
) -> Result<RehearsedStep, SimulateError> {
    let call =
        IAtelierDrop::mintVoucherCall { voucher: trial.voucher.clone(), signature: trial.signature.clone() };
    let tried = world.commit(&Attempt {
        from: trial.sender,
        to: drop,
        data: call.abi_encode().into(),
        value: trial.voucher.price,
        gas_limit: VOUCHER_GAS,
        gas_price: None,
    })?;
    Ok(ran(id, drop, &tried))
}

fn transfer(world: &mut World, plan: &LaunchPlan, token: u32) -> Result<FirstTransfer, SimulateError> {
    let (from, token_id) = (plan.recipient, U256::from(token));
    let call = IAtelierDrop::transferFromCall { from, to: STRANGER, tokenId: token_id };
    let tried = world.try_out(&Attempt {
        from,
        to: plan.drop,
        data: call.abi_encode().into(),
        value: U256::ZERO,
        gas_limit: TRANSFER_GAS,
        gas_price: None,
    })?;
    let gas_used = if tried.failure.is_none() { tried.gas_used } else { 0 };
    Ok(FirstTransfer { token, gas_used })
}

fn ran(id: String, drop: Address, tried: &Tried) -> RehearsedStep {
    RehearsedStep {
        id,
        outcome: if tried.failure.is_none() { Outcome::Done } else { Outcome::Failed },
        gas_used: tried.gas_used,
        logs: tried.logs.len(),
        tokens: minted(drop, &tried.logs),
        failure: tried.failure.clone(),
    }
}

fn without_running(id: &str, outcome: Outcome) -> RehearsedStep {
    RehearsedStep { id: id.to_owned(), outcome, gas_used: 0, logs: 0, tokens: None, failure: None }
}

/// The tokens that came from nowhere. Mints are runs of consecutive ids, so two ends say it all.
fn minted(drop: Address, logs: &[Log]) -> Option<TokenRange> {
    let mut ids = logs
        .iter()
        .filter(|log| log.address == drop)
        .filter_map(|log| IAtelierDrop::Transfer::decode_log(log).ok())
        .filter(|transfer| transfer.from.is_zero())
        .filter_map(|transfer| u32::try_from(transfer.tokenId).ok());
    let first = ids.next()?;
    Some(TokenRange { first, last: ids.last().unwrap_or(first) })
}

fn in_words(tokens: Option<TokenRange>) -> String {
    match tokens {
        None => "no tokens".to_owned(),
        Some(range) => format!("tokens {} to {}", range.first, range.last),
    }
}

fn sum(plan: &LaunchPlan, steps: &[RehearsedStep], fees: &FeeQuotes) -> Totals {
    let gas_used = steps.iter().map(|step| step.gas_used).sum();
    let [cost_low, cost_typical, cost_high] = fees.cost(gas_used);
    let open =
        plan.steps.iter().zip(steps).filter(|(_, rehearsed)| rehearsed.outcome != Outcome::AlreadyDone);
    Totals {
        gas_used,
        tokens: steps.iter().filter_map(|step| step.tokens).map(TokenRange::count).sum(),
        cost_low,
        cost_typical,
        cost_high,
        cost_at_most: open.map(|(step, _)| step.worst_case(fees.high)).sum(),
    }
}
