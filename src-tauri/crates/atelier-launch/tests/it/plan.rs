use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use alloy::{
    primitives::{Address, U256, keccak256},
    sol_types::SolCall,
};
use atelier_chain::bindings::IAtelierDrop;
use atelier_launch::{
    DoneWhen, Group, LaunchInput, LaunchPlan, MAX_BATCH, TRANSACTION_GAS_CAP, batch_gas, batches,
};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use sha2::{Digest, Sha256};

use crate::world::{OWNER, input};

fn build(input: &LaunchInput) -> LaunchPlan {
    LaunchPlan::build(input).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_demo_has_these_steps() {
    let plan = build(&input());
    let ids: Vec<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
    let expected = [
        "deploy-implementation",
        "deploy-factory",
        "create-drop",
        "batch-1",
        "batch-2",
        "batch-3",
        "batch-4",
        "batch-5",
        "batch-6",
        "batch-7",
        "batch-8",
        "freeze",
    ];
    assert_eq!(ids, expected);
    assert!(plan.steps.is_sorted_by_key(|step| step.group), "groups follow each other");
    assert_eq!(plan.steps[4].sentence, "Mint tokens 11 to 20");
    assert_eq!(plan.steps[4].group, Group::Airdrop);
    assert!(plan.steps[3..].iter().all(|step| step.to == plan.drop), "what follows goes to the drop");
}

#[test]
fn a_plan_without_batches_vouchers_and_freeze_creates_the_drop_alone() {
    let plan = build(&LaunchInput { batched: 0, batch_size: 0, vouchers: 0, freeze: false, ..input() });
    assert_eq!(plan.steps.len(), 3);
}

#[test]
fn each_mistake_has_its_own_code() {
    let other = Address::repeat_byte(0x99);
    let with = |change: &dyn Fn(&mut LaunchInput)| {
        let mut input = input();
        change(&mut input);
        LaunchPlan::build(&input).expect_err("this is a mistake").code()
    };
    assert_eq!(with(&|i| i.config.maxSupply = 99), "LAUNCH-TOO-MANY-TOKENS");
    assert_eq!(with(&|i| i.vouchers = u32::MAX), "LAUNCH-TOO-MANY-TOKENS", "sums do not wrap");
    assert_eq!(with(&|i| i.config.maxSupply = 0), "LAUNCH-NO-SUPPLY");
    assert_eq!(with(&|i| i.batch_size = 0), "LAUNCH-EMPTY-BATCH");
    assert_eq!(with(&|i| i.batch_size = MAX_BATCH + 1), "LAUNCH-BATCH-TOO-LARGE");
    assert_eq!(with(&|i| i.recipient = Address::ZERO), "LAUNCH-MISSING-ADDRESS");
    assert_eq!(with(&|i| i.config.royaltyReceiver = Address::ZERO), "LAUNCH-MISSING-ADDRESS");
    assert_eq!(with(&|i| i.config.voucherSigner = Address::ZERO), "LAUNCH-MISSING-ADDRESS");
    assert_eq!(with(&|i| i.config.royaltyBps = 1_001), "LAUNCH-ROYALTY-TOO-HIGH");
    assert_eq!(with(&|i| i.deployer = other), "LAUNCH-DEPLOYER-HAS-NO-RIGHT");
    let minter = |i: &mut LaunchInput| {
        i.deployer = other;
        i.config.minter = other;
    };
    assert_eq!(with(&minter), "LAUNCH-DEPLOYER-HAS-NO-RIGHT", "a minter may mint but not freeze");
}

#[test]
fn a_stored_plan_is_read_back_and_its_hash_is_of_its_bytes() {
    let plan = build(&input());
    let bytes = plan.to_bytes();
    assert_eq!(LaunchPlan::from_bytes(&bytes).expect("it is readable"), plan);
    assert_eq!(plan.hash(), <[u8; 32]>::from(Sha256::digest(&bytes)));
    let text = String::from_utf8(bytes).expect("it is text");
    assert!(
        text.starts_with(r#"{"batched":80,"chain_id":31337,"config":{"#),
        "keys are sorted: {}",
        &text[..60]
    );
    let newer = text.replace("\"schema\":1", "\"schema\":2");
    let error = LaunchPlan::from_bytes(newer.as_bytes()).expect_err("it is of another schema");
    assert_eq!(error.code(), "LAUNCH-OTHER-SCHEMA");
    let cut = LaunchPlan::from_bytes(&text.as_bytes()[..500]).expect_err("it is cut");
    assert_eq!(cut.code(), "LAUNCH-UNREADABLE");
}

#[test]
fn the_serialisation_is_what_another_rfc_8785_writes() {
    let oracles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/peers/oracles");
    assert!(
        oracles.join("node_modules/canonicalize").is_dir(),
        "the reference implementations are missing: run `npm ci` in tests/peers/oracles"
    );
    let script = "import canonicalize from 'canonicalize'; import { readFileSync } from 'node:fs';\
                  process.stdout.write(canonicalize(JSON.parse(readFileSync(0, 'utf8'))))";
    let mut node = Command::new("node")
        .args(["--input-type=module", "-e", script])
        .current_dir(oracles)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed");
    let mut input = input();
    input.config.name = "Zoë “quoted” \"and\" \u{1} \u{1F30A}".into();
    let ours = build(&input).to_bytes();
    node.stdin.take().expect("a pipe").write_all(&ours).expect("node reads");
    let theirs = node.wait_with_output().expect("node ends").stdout;
    assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));
}

#[test]
fn every_change_of_the_input_changes_the_hash() {
    let hash = build(&input()).hash();
    for (change, what) in [
        (LaunchInput { chain_id: 1, ..input() }, "chain"),
        (LaunchInput { salt: keccak256("x"), ..input() }, "salt"),
        (LaunchInput { recipient: Address::repeat_byte(3), ..input() }, "recipient"),
        (LaunchInput { batched: 79, ..input() }, "batched"),
        (LaunchInput { batch_size: 11, ..input() }, "batch size"),
        (LaunchInput { vouchers: 19, ..input() }, "vouchers"),
        (LaunchInput { freeze: false, ..input() }, "freeze"),
    ] {
        assert_ne!(build(&change).hash(), hash, "{what} is part of the plan");
    }
    assert_eq!(build(&input()).hash(), hash, "the same input is the same plan");
}

#[test]
fn the_worst_case_is_every_limit_at_the_cap() {
    let plan = build(&input());
    let cap = U256::from(30_000_000_000_u64);
    let by_hand: u64 = plan.steps.iter().map(|step| step.gas_limit).sum();
    assert_eq!(plan.worst_case(cap), U256::from(by_hand) * cap);
    assert_eq!(plan.gas_limits(), by_hand);
}

#[test]
fn what_the_chain_shows_decides_whether_a_step_has_happened() {
    let plan = build(&input());
    let word = |number: u64| U256::from(number).to_be_bytes::<32>();
    let batch = &plan.step("batch-3").expect("it is there").done_when;
    assert_eq!(batch.holds(&[]), Ok(false), "there is no drop yet");
    assert_eq!(batch.holds(&word(3)), Ok(false), "batch 3 is next");
    assert_eq!(batch.holds(&word(4)), Ok(true), "batch 4 is next");
    let freeze = &plan.step("freeze").expect("it is there").done_when;
    assert_eq!(freeze.holds(&word(0)), Ok(false));
    assert_eq!(freeze.holds(&word(1)), Ok(true));
    assert_eq!(freeze.holds(&[7]).expect_err("one byte is no answer").code(), "LAUNCH-UNREADABLE-ANSWER");
    let create = DoneWhen::CodeAt { address: plan.drop, code_hash: keccak256([1, 2]) };
    assert_eq!(create.holds(&[1, 2]), Ok(true));
    assert_eq!(create.holds(&[]), Ok(false), "nothing is there");
    assert_eq!(create.holds(&[3]).expect_err("something else is there").code(), "LAUNCH-OTHER-CODE");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn batches_cover_each_token_once_and_in_order(batched in 0_u32..60_000, size in 1_u32..=MAX_BATCH) {
        let mut next = 1;
        for range in batches(batched, size) {
            prop_assert_eq!(range.first, next, "no gap and no overlap");
            prop_assert!(range.count() >= 1 && range.count() <= size);
            prop_assert!(batch_gas(range.count()) < TRANSACTION_GAS_CAP, "it fits a transaction");
            next = range.last + 1;
        }
        prop_assert_eq!(next, batched + 1, "and they end at the last");
    }

    #[test]
    fn a_plans_calldata_mints_what_its_ranges_say(batched in 1_u32..3_000, size in 1_u32..400) {
        let mut input = input();
        input.config.maxSupply = 5_000;
        input.batched = batched;
        input.batch_size = size;
        let plan = build(&input);
        let mut minted = 0;
        let batches = plan.steps.iter().filter_map(|step| Some((step, step.tokens?)));
        for (number, (step, tokens)) in (1_u64..).zip(batches) {
            let call = IAtelierDrop::mintBatchCall::abi_decode(&step.calldata).expect("it is a mint");
            prop_assert_eq!(call.batchId, U256::from(number), "batch ids count from one");
            prop_assert_eq!(call.to, OWNER);
            prop_assert_eq!(call.quantity, U256::from(tokens.count()));
            prop_assert!(step.gas_limit < TRANSACTION_GAS_CAP);
            minted += tokens.count();
        }
        prop_assert_eq!(minted, batched);
        prop_assert_eq!(LaunchPlan::from_bytes(&plan.to_bytes()).expect("it is readable"), plan);
    }
}
