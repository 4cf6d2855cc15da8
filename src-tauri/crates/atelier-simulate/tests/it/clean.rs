use alloy::primitives::U256;
use atelier_launch::{LaunchInput, TokenRange};
use atelier_simulate::{Options, Outcome, RehearsalReport, Source, first_transfer_tokens, rehearse};

use crate::world::{NOW, input, on_clean, options, plan, trial};

#[tokio::test]
async fn the_whole_plan_goes_through_on_an_empty_chain() {
    let plan = plan(&input());
    let mut wanted = options();
    wanted.vouchers = vec![trial(&plan, 7, "voucher signer", |_| {})];
    wanted.first_transfers = first_transfer_tokens(&plan);
    let report = on_clean(&plan, &wanted).await;
    assert!(report.ok(), "{:?}", report.first_failure());
    assert_eq!(report.plan_hash.0, plan.hash(), "it is a statement about this plan");
    assert_eq!(report.totals.tokens, 80);
    for (step, rehearsed) in plan.steps.iter().zip(&report.steps) {
        assert_eq!(rehearsed.id, step.id);
        assert_eq!(rehearsed.outcome, Outcome::Done, "{}", step.id);
        assert_eq!(rehearsed.tokens, step.tokens, "{} mints what the plan says", step.id);
    }
    let by_hand: u64 = report.steps.iter().map(|step| step.gas_used).sum();
    assert_eq!(report.totals.gas_used, by_hand);
    assert_eq!(report.totals.cost_typical, U256::from(by_hand) * U256::from(1_000_000_000));
    assert_eq!(report.totals.cost_at_most, plan.worst_case(report.fees.high));
    assert!(report.totals.cost_high <= report.totals.cost_at_most, "nothing costs more than at most");
    assert_eq!(report.vouchers[0].tokens, Some(TokenRange { first: 81, last: 82 }), "vouchers come after");
    let ids: Vec<u32> = report.first_transfers.iter().map(|transfer| transfer.token).collect();
    assert_eq!(ids, [1, 5, 8, 73, 77, 80], "first, middle and last of the first and the last batch");

    let stored = serde_json::to_vec(&report).expect("it serialises");
    let read: RehearsalReport = serde_json::from_slice(&stored).expect("it is readable");
    assert_eq!(read, report, "a stored report is the same report");
    assert_eq!(on_clean(&plan, &wanted).await, report, "a rehearsal is repeatable");
}

#[tokio::test]
async fn the_first_transfer_is_flat_whatever_the_batch() {
    for batch_size in [50, 500] {
        let mut input = LaunchInput { batched: 1_000, batch_size, vouchers: 0, ..input() };
        input.config.maxSupply = 1_000;
        let plan = plan(&input);
        let wanted =
            Options { first_transfers: (1..=1_000).step_by(37).chain([1_000]).collect(), ..options() };
        let report = on_clean(&plan, &wanted).await;
        let gas: Vec<u64> = report.first_transfers.iter().map(|transfer| transfer.gas_used).collect();
        assert!(gas.iter().all(|gas| (60_000..=95_000).contains(gas)), "batches of {batch_size}: {gas:?}");
    }
}

#[tokio::test]
async fn gas_limits_hold_and_are_not_wasteful() {
    for (supply, batch_size) in [(1, 1), (20, 10), (100, 50), (1_000, 500), (10_000, 5_000)] {
        let mut input = LaunchInput { batched: supply, batch_size, vouchers: 0, ..input() };
        input.config.maxSupply = supply;
        let plan = plan(&input);
        let report = on_clean(&plan, &options()).await;
        for (step, rehearsed) in plan.steps.iter().zip(&report.steps) {
            let (used, limit) = (rehearsed.gas_used, step.gas_limit);
            assert!(rehearsed.ok(), "{} of {supply} in {batch_size}: {:?}", step.id, rehearsed.failure);
            assert!(limit <= used * 3 / 2 + 30_000, "{}: {used} gas used of a limit of {limit}", step.id);
            assert!(limit >= used + used / 50, "{}: {used} gas used leaves no room in {limit}", step.id);
        }
    }
}

#[tokio::test]
async fn ten_thousand_tokens_are_rehearsed_whole() {
    let mut input = LaunchInput { batched: 10_000, batch_size: 50, vouchers: 0, ..input() };
    input.config.maxSupply = 10_000;
    let report = on_clean(&plan(&input), &options()).await;
    assert!(report.ok(), "{:?}", report.first_failure());
    assert_eq!((report.totals.tokens, report.steps.len()), (10_000, 204));
}

#[tokio::test]
async fn a_plan_for_another_chain_is_not_rehearsed() {
    let source = Source::Clean { chain_id: 1, timestamp: NOW };
    let error = rehearse(&plan(&input()), source, &options()).await.expect_err("the chains differ");
    assert_eq!(error.code(), "SIM-OTHER-CHAIN");
}
