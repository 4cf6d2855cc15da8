//! Anvil is the oracle: the same plan, sent for real, uses the same gas and ends the same way, step by step.

use std::time::Duration;

use alloy::{
    primitives::{Address, Bytes, U256},
    providers::{Provider, ext::AnvilApi},
    rpc::types::{TransactionReceipt, TransactionRequest},
    sol_types::SolCall,
};
use atelier_chain::{Endpoint, bindings::IAtelierDrop, practice};
use atelier_launch::{LaunchInput, LaunchPlan};
use atelier_simulate::Options;

use crate::world::{BUYER, OWNER, input, on_clean, options, plan, practice as start, trial};

/// Send without a key and wait for the receipt, whatever it says.
async fn send(
    endpoint: &Endpoint,
    from: Address,
    to: Address,
    data: &Bytes,
    value: U256,
    gas: u64,
) -> TransactionReceipt {
    let node = endpoint.provider();
    node.anvil_impersonate_account(from).await.expect("it is Anvil");
    let request = TransactionRequest::default()
        .from(from)
        .to(to)
        .input(data.clone().into())
        .value(value)
        .gas_limit(gas);
    let hash = *node.send_transaction(request).await.expect("it takes the transaction").tx_hash();
    for _ in 0..500 {
        if let Some(receipt) = endpoint.receipt(hash).await.expect("it answers") {
            return receipt;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        practice::mine(endpoint, 1).await.expect("it mines");
    }
    panic!("{hash} was never mined");
}

/// Send a plan for real and in the rehearsal, then some vouchers, and compare.
async fn compare(plan: &LaunchPlan, wanted: &Options) {
    let (practice, _folder) = start().await;
    let endpoint = practice.endpoint();
    for account in [plan.deployer, BUYER] {
        let plenty = U256::from(10).pow(U256::from(21));
        practice.fund(account, plenty).await.expect("the faucet gives");
    }
    let report = on_clean(plan, wanted).await;
    let mut sent = 0;
    for (step, rehearsed) in plan.steps.iter().zip(&report.steps) {
        if rehearsed.gas_used == 0 {
            continue; // not reached in the rehearsal, so not in a launch
        }
        let receipt =
            send(endpoint, plan.deployer, step.to, &step.calldata, step.value, step.gas_limit).await;
        assert_eq!(receipt.status(), rehearsed.ok(), "{}: both end the same way", step.id);
        assert_eq!(receipt.gas_used, rehearsed.gas_used, "{}: both use the same gas", step.id);
        assert_eq!(receipt.logs().len(), rehearsed.logs, "{}: both leave the same events", step.id);
        sent += 1;
    }
    for (trial, rehearsed) in wanted.vouchers.iter().zip(&report.vouchers) {
        let (voucher, signature) = (trial.voucher.clone(), trial.signature.clone());
        let data = IAtelierDrop::mintVoucherCall { voucher, signature }.abi_encode().into();
        let receipt = send(endpoint, trial.sender, plan.drop, &data, trial.voucher.price, 16_000_000).await;
        assert_eq!(receipt.status(), rehearsed.ok(), "{}: both end the same way", rehearsed.id);
        assert_eq!(receipt.gas_used, rehearsed.gas_used, "{}: both use the same gas", rehearsed.id);
        sent += 1;
    }
    for transfer in &report.first_transfers {
        let to = "0x00000000000000000000000000000A7E11E57A9e".parse().expect("an address");
        let call =
            IAtelierDrop::transferFromCall { from: plan.recipient, to, tokenId: U256::from(transfer.token) };
        let snapshot = endpoint.provider().anvil_snapshot().await.expect("it is Anvil");
        let data = call.abi_encode().into();
        let receipt = send(endpoint, plan.recipient, plan.drop, &data, U256::ZERO, 2_000_000).await;
        assert_eq!(receipt.gas_used, transfer.gas_used, "the first transfer of token {}", transfer.token);
        endpoint.provider().anvil_revert(snapshot).await.expect("it is Anvil");
        sent += 1;
    }
    assert!(sent >= 4, "something was compared");
}

#[tokio::test]
async fn a_plan_of_ten_batches_with_vouchers_and_transfers() {
    let plan = plan(&input());
    let batches = plan.steps.iter().filter(|step| step.tokens.is_some()).count();
    assert_eq!(batches, 10);
    let wanted = Options {
        vouchers: vec![
            trial(&plan, 1, "voucher signer", |_| {}),
            trial(&plan, 1, "voucher signer", |_| {}),
            trial(&plan, 2, "somebody else", |_| {}),
            trial(&plan, 300, "voucher signer", |v| v.quantity = U256::ONE),
            trial(&plan, 301, "voucher signer", |v| v.quantity = U256::from(50)),
        ],
        first_transfers: vec![1, 5, 8, 9, 80],
        ..options()
    };
    compare(&plan, &wanted).await;
}

#[tokio::test]
async fn uneven_batches_to_a_stranger_without_freeze() {
    let recipient = Address::repeat_byte(0x33);
    let mut input =
        LaunchInput { batched: 700, batch_size: 257, vouchers: 0, recipient, freeze: false, ..input() };
    input.config.maxSupply = 700;
    input.config.contractURI = String::new();
    input.config.royaltyBps = 0;
    input.config.royaltyReceiver = Address::ZERO;
    compare(&plan(&input), &options()).await;
}

#[tokio::test]
async fn plans_that_fail() {
    let mut disordered = plan(&input());
    disordered.steps.swap(4, 5);
    compare(&disordered, &options()).await;

    let mut low = plan(&input());
    low.steps[4].gas_limit = 70_000;
    compare(&low, &options()).await;

    let mut greedy = plan(&input());
    let quantity = U256::from(101);
    greedy.steps[3].calldata =
        IAtelierDrop::mintBatchCall { batchId: U256::ONE, to: OWNER, quantity }.abi_encode().into();
    compare(&greedy, &options()).await;
}
