//! Mistakes planted in plans, past every check that would have refused to build them: the rehearsal is the
//! second line.

use alloy::{
    primitives::{Address, U256},
    sol_types::SolCall,
};
use atelier_chain::bindings::IAtelierDrop;
use atelier_launch::{LaunchInput, LaunchPlan, TokenRange};
use atelier_simulate::{Options, Outcome, VoucherTrial};

use crate::world::{NOW, OWNER, input, on_clean, options, plan, trial};

fn two_batches() -> LaunchPlan {
    let mut input = LaunchInput { batched: 20, batch_size: 10, vouchers: 0, ..input() };
    input.config.maxSupply = 20;
    plan(&input)
}

fn batch(number: u64, quantity: u64) -> Vec<u8> {
    let (batch, quantity) = (U256::from(number), U256::from(quantity));
    IAtelierDrop::mintBatchCall { batchId: batch, to: OWNER, quantity }.abi_encode()
}

/// The plan fails at `id` for the reason `name`, and nothing after it is reached.
async fn fails(plan: &LaunchPlan, id: &str, name: &str) -> String {
    let report = on_clean(plan, &options()).await;
    let failed = report.first_failure().unwrap_or_else(|| panic!("{name} went unnoticed"));
    assert_eq!(failed.id, id, "{failed:?}");
    let failure = failed.failure.clone().expect("a failed step says why");
    assert_eq!(failure.name, name, "{failure:?}");
    let after = report.steps.iter().skip_while(|step| step.id != id).skip(1);
    assert!(after.clone().all(|step| step.outcome == Outcome::NotReached), "a launch would stop there");
    failure.sentence
}

#[tokio::test]
async fn a_supply_too_small_for_the_batches() {
    let mut plan = two_batches();
    plan.steps[4].calldata = batch(2, 11).into();
    let sentence = fails(&plan, "batch-2", "Drop_SupplyExceeded").await;
    assert_eq!(sentence, "11 more tokens were asked for, and the supply has 10 left");
}

#[tokio::test]
async fn batches_in_the_wrong_order() {
    let mut plan = two_batches();
    plan.steps.swap(3, 4);
    let sentence = fails(&plan, "batch-2", "Drop_BatchOutOfOrder").await;
    assert_eq!(sentence, "batch 2 came out of order: batch 1 is next");
}

#[tokio::test]
async fn a_batch_that_is_sent_twice() {
    let mut plan = two_batches();
    plan.steps[4].calldata = batch(1, 10).into();
    let sentence = fails(&plan, "batch-2", "Drop_BatchAlreadyUsed").await;
    assert_eq!(sentence, "batch 1 has been minted before");
}

#[tokio::test]
async fn a_deployer_who_does_not_own_the_drop() {
    let mut plan = two_batches();
    plan.deployer = Address::repeat_byte(0x99);
    let sentence = fails(&plan, "batch-1", "Drop_NotMinter").await;
    assert!(sentence.starts_with("0x9999999999999999999999999999999999999999 may not mint"), "{sentence}");
}

#[tokio::test]
async fn limits_and_ranges_that_lie() {
    let mut low = two_batches();
    low.steps[3].gas_limit = 60_000;
    let sentence = fails(&low, "batch-1", "gas-limit").await;
    assert!(sentence.starts_with("the gas limit of 60000 is too low: it uses "), "{sentence}");

    let mut high = two_batches();
    high.steps[3].gas_limit = 20_000_000;
    fails(&high, "batch-1", "over-gas-cap").await;

    let mut range = two_batches();
    range.steps[3].tokens = Some(TokenRange { first: 1, last: 11 });
    let sentence = fails(&range, "batch-1", "other-tokens").await;
    assert_eq!(sentence, "it minted tokens 1 to 10, and the plan says tokens 1 to 11");

    let mut nothing = two_batches();
    nothing.steps[5].calldata = IAtelierDrop::metadataFrozenCall {}.abi_encode().into();
    fails(&nothing, "freeze", "no-effect").await;
}

#[tokio::test]
async fn a_factory_without_its_implementation() {
    let mut plan = two_batches();
    plan.steps.remove(0);
    // The proxy swallows the constructor's reason and reverts empty.
    fails(&plan, "deploy-factory", "unknown").await;
}

async fn redeem(trials: Vec<VoucherTrial>) -> Vec<String> {
    let report = on_clean(&plan(&input()), &Options { vouchers: trials, ..options() }).await;
    report
        .vouchers
        .iter()
        .map(|v| v.failure.as_ref().map_or("ok".to_owned(), |f| f.sentence.clone()))
        .collect()
}

#[tokio::test]
async fn vouchers_that_must_not_be_redeemed() {
    let plan = plan(&input());
    let good = trial(&plan, 1, "voucher signer", |_| {});
    let mut moved = good.clone();
    moved.voucher.recipient = Address::repeat_byte(0x66);
    moved.voucher.nonce = U256::from(9);
    let others = [
        (good.clone(), "ok"),
        (good, "voucher 1 was redeemed or cancelled before"),
        (
            trial(&plan, 2, "voucher signer", |v| v.validUntil = U256::from(NOW)),
            "the voucher was valid until unix time 1800000000",
        ),
        (
            trial(&plan, 3, "voucher signer", |v| v.validFrom = U256::from(NOW * 2)),
            "the voucher is not valid before unix time 3600000000",
        ),
        (
            trial(&plan, 4, "voucher signer", |v| v.quantity = U256::from(19)),
            "19 more tokens were asked for, and the supply has 18 left",
        ),
        (trial(&plan, 5, "voucher signer", |v| v.quantity = U256::from(18)), "ok"),
        (
            trial(&plan, 6, "voucher signer", |_| {}),
            "2 more tokens were asked for, and the supply has 0 left",
        ),
    ];
    let (trials, expected): (Vec<_>, Vec<_>) = others.into_iter().unzip();
    assert_eq!(redeem(trials).await, expected);

    for forged in [trial(&plan, 1, "somebody else", |_| {}), moved] {
        let said = redeem(vec![forged]).await.remove(0);
        assert!(said.contains("may not sign vouchers of this drop"), "{said}");
    }
}
