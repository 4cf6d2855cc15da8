use std::{collections::BTreeMap, sync::Arc, time::Duration};

use alloy::{primitives::U256, rpc::types::TransactionRequest};
use atelier_chain::{
    Endpoint, Timeouts,
    practice::{Practice, send_unlocked},
    wire::{Fault, FaultyWire, HttpWire, Wire},
};
use atelier_launch::LaunchPlan;
use atelier_simulate::{
    ForkCache, MemoryCache, Options, Outcome, PinnedBlock, RehearsalReport, SimulateError, Source,
    first_transfer_tokens, rehearse,
};

use crate::world::{CHAIN_ID, input, on_clean, options, plan, practice, trial};

async fn launch(practice: &Practice, plan: &LaunchPlan, steps: usize) {
    practice.fund(plan.deployer, U256::from(10).pow(U256::from(20))).await.expect("the faucet gives");
    for step in &plan.steps[..steps] {
        let request = TransactionRequest::default().to(step.to).input(step.calldata.clone().into());
        let request = request.gas_limit(step.gas_limit);
        send_unlocked(practice.endpoint(), plan.deployer, request, &step.id)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
    }
}

async fn on_fork(
    plan: &LaunchPlan,
    at: PinnedBlock,
    endpoint: Option<&Endpoint>,
    cache: &Arc<MemoryCache>,
    options: &Options,
) -> Result<RehearsalReport, SimulateError> {
    let cache = Arc::clone(cache) as Arc<dyn ForkCache>;
    let source = Source::Fork { chain_id: CHAIN_ID, block_hash: at.hash, endpoint: endpoint.cloned(), cache };
    rehearse(plan, source, options).await
}

fn wanted(plan: &LaunchPlan) -> Options {
    let vouchers = vec![trial(plan, 1, "voucher signer", |_| {})];
    Options { vouchers, first_transfers: first_transfer_tokens(plan), ..options() }
}

#[tokio::test]
async fn a_copy_continues_where_the_chain_is() {
    let (practice, _folder) = practice().await;
    let plan = plan(&input());
    launch(&practice, &plan, 5).await; // up to and including batch-2
    let at = PinnedBlock::newest(practice.endpoint()).await.expect("it answers");
    let wanted = wanted(&plan);
    let cache = Arc::default();
    let report = on_fork(&plan, at, Some(practice.endpoint()), &cache, &wanted)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(report.ok(), "{:?}", report.first_failure());
    let clean = on_clean(&plan, &wanted).await;
    for (index, (forked, clean)) in report.steps.iter().zip(&clean.steps).enumerate() {
        if index < 5 {
            assert_eq!(forked.outcome, Outcome::AlreadyDone, "{} is on the chain", forked.id);
        } else {
            assert_eq!(forked, clean, "{} runs on the copy as on a clean chain", forked.id);
        }
    }
    assert_eq!(report.vouchers, clean.vouchers);
    assert_eq!(report.first_transfers, clean.first_transfers);
    assert_eq!(report.totals.tokens, 64, "what is minted already is not counted again");
    let open: U256 = plan.steps[5..].iter().map(|step| step.worst_case(report.fees.high)).sum();
    assert_eq!(report.totals.cost_at_most, open, "and does not cost again");
}

#[tokio::test]
async fn a_second_run_needs_no_network_and_sees_the_same_block() {
    let (practice, _folder) = practice().await;
    let endpoint = practice.endpoint();
    let plan = plan(&input());
    launch(&practice, &plan, 3).await;
    let at = PinnedBlock::newest(endpoint).await.expect("it answers");
    let (wanted, cache) = (wanted(&plan), Arc::default());
    let first = on_fork(&plan, at, Some(endpoint), &cache, &wanted).await.expect("it runs");
    assert!(!cache.is_empty(), "it kept what it read");

    practice.mine(3).await.expect("the chain moves on");
    let before = endpoint.calls();
    let second = on_fork(&plan, at, Some(endpoint), &cache, &wanted).await.expect("it runs");
    assert_eq!(endpoint.calls(), before, "nothing left the process");
    assert_eq!(second, first);
    let offline = on_fork(&plan, at, None, &cache, &wanted).await.expect("it runs without an endpoint");
    assert_eq!(offline, first);

    let empty = Arc::default();
    let error = on_fork(&plan, at, None, &empty, &wanted).await.expect_err("nothing was read before");
    assert_eq!(error.code(), "SIM-NOT-CACHED");
    let nowhere = PinnedBlock { hash: plan.hash().into(), ..at };
    let error = on_fork(&plan, nowhere, Some(endpoint), &empty, &wanted).await.expect_err("no such block");
    assert_eq!(error.code(), "SIM-BLOCK-UNKNOWN");
}

#[tokio::test]
async fn whichever_exchange_fails_the_next_try_goes_on_from_what_was_read() {
    let (practice, _folder) = practice().await;
    let plan = plan(&input());
    launch(&practice, &plan, 4).await;
    let at = PinnedBlock::newest(practice.endpoint()).await.expect("it answers");
    let patient = Timeouts { connect: Duration::from_secs(5), call: Duration::from_secs(20) };
    let wire: Arc<dyn Wire> = Arc::new(HttpWire::new(&practice.url(), patient).expect("an address"));
    let whole = on_fork(&plan, at, Some(practice.endpoint()), &Arc::default(), &options()).await;
    let whole = whole.expect("it runs");

    let faults = [
        (Fault::TimeOut, "CHAIN-SLOW"),
        (Fault::Refuse, "CHAIN-UNREACHABLE"),
        (Fault::Answer(200, b"{".to_vec()), "CHAIN-RUBBISH"),
        (Fault::Answer(429, Vec::new()), "CHAIN-RATE-LIMITED"),
    ];
    let mut broken = 0;
    for index in 1.. {
        let (fault, code) = faults[index as usize % faults.len()].clone();
        let faulty = FaultyWire::new(Arc::clone(&wire), BTreeMap::from([(index, fault)]));
        let endpoint =
            Endpoint::over(Arc::new(faulty), "a faulty wire", CHAIN_ID).await.expect("it connects");
        let cache = Arc::default();
        match on_fork(&plan, at, Some(&endpoint), &cache, &options()).await {
            Ok(report) => {
                assert_eq!(report, whole, "the fault lay behind the last exchange");
                break;
            }
            Err(error) => assert_eq!(error.code(), code, "exchange {index}: {error}"),
        }
        let again = on_fork(&plan, at, Some(&endpoint), &cache, &options()).await.expect("it is whole again");
        assert_eq!(again, whole, "after a failure of exchange {index}");
        broken += 1;
    }
    assert!(broken > 10, "only {broken} exchanges were broken");
}

#[tokio::test]
async fn a_deployer_who_cannot_pay_is_told_before_the_launch() {
    let (practice, _folder) = practice().await;
    let plan = plan(&input());
    practice.fund(plan.deployer, U256::from(1_000)).await.expect("the faucet gives");
    practice.mine(1).await.expect("it mines");
    let at = PinnedBlock::newest(practice.endpoint()).await.expect("it answers");
    let checked = Options { check_balance: true, ..options() };
    let report =
        on_fork(&plan, at, Some(practice.endpoint()), &Arc::default(), &checked).await.expect("it runs");
    let failed = report.first_failure().expect("it cannot be paid");
    assert_eq!(failed.id, "deploy-implementation");
    let failure = failed.failure.as_ref().expect("it says why");
    assert_eq!(failure.name, "insufficient-funds");
    assert!(failure.sentence.starts_with("the sender has 1000 wei"), "{}", failure.sentence);

    let most = report.fees.high * U256::from(plan.gas_limits());
    practice.fund(plan.deployer, most).await.expect("the faucet gives");
    practice.mine(1).await.expect("it mines");
    let at = PinnedBlock::newest(practice.endpoint()).await.expect("it answers");
    let report =
        on_fork(&plan, at, Some(practice.endpoint()), &Arc::default(), &checked).await.expect("it runs");
    assert!(report.ok(), "the worst case is enough: {:?}", report.first_failure());
}
