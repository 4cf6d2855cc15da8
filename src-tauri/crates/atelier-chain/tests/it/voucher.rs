use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use alloy::{
    primitives::{Address, U256, address},
    sol_types::SolStruct,
};
use atelier_chain::voucher::{Voucher, digest, recover, typed_data};
use serde_json::{Value, json};

use crate::world::{oracles, sign, signer};

const DROP: Address = address!("0x1234567890AbcdEF1234567890aBcdef12345678");

fn voucher() -> Voucher {
    Voucher {
        recipient: signer("recipient").address(),
        quantity: U256::from(3),
        price: U256::from(10).pow(U256::from(17)),
        validFrom: U256::ZERO,
        validUntil: U256::from(1_900_000_000_u64),
        nonce: U256::MAX,
    }
}

#[test]
fn the_type_is_the_one_the_contract_hashes() {
    assert_eq!(
        Voucher::eip712_encode_type(),
        "Voucher(address recipient,uint256 quantity,uint256 price,uint256 validFrom,uint256 validUntil,uint256 nonce)"
    );
}

#[test]
fn viem_and_ethers_verify_our_signature_over_our_json() {
    let key = signer("voucher signer");
    let ours = digest(&voucher(), 31_337, DROP);
    let mut input = typed_data(&voucher(), 31_337, DROP);
    input["signature"] = json!(sign(&key, ours).to_string());
    input["signer"] = json!(key.address().to_string());
    let mut node = Command::new("node")
        .arg("verify-voucher.mjs")
        .current_dir(oracles())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed");
    node.stdin.take().expect("a pipe").write_all(input.to_string().as_bytes()).expect("node reads");
    let output = node.wait_with_output().expect("node ends");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    assert_eq!(answer["good"], json!(true), "viem and ethers both accept: {answer}");
    assert_eq!(answer["vouchers"][0]["digest_viem"], json!(ours.to_string()), "and hash the same message");
}

#[test]
fn the_signer_is_recovered_and_malleable_forms_are_refused() {
    let key = signer("voucher signer");
    let digest = digest(&voucher(), 1, DROP);
    let signature = sign(&key, digest).to_vec();
    assert_eq!(recover(digest, &signature).expect("it is a signature"), key.address());

    let order: U256 =
        "0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141".parse().expect("a number");
    let mut high = signature.clone();
    high[32..64].copy_from_slice(&(order - U256::from_be_slice(&signature[32..64])).to_be_bytes::<32>());
    high[64] = 55 - high[64];
    let mut low_v = signature.clone();
    low_v[64] -= 27;
    for (bad, why) in
        [(&high[..], "the other half of the curve"), (&low_v, "v of 0 or 1"), (&signature[..64], "64 bytes")]
    {
        let error = recover(digest, bad).expect_err(why);
        assert_eq!(error.code(), "CHAIN-BAD-SIGNATURE", "{why} is refused here as it is on chain");
    }
}

#[test]
fn another_chain_or_drop_is_another_message() {
    let here = digest(&voucher(), 1, DROP);
    assert_ne!(here, digest(&voucher(), 2, DROP), "a voucher does not replay on another chain");
    assert_ne!(here, digest(&voucher(), 1, Address::ZERO), "nor in another drop");
}
