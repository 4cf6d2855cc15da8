//! Signatures against vectors that others published or computed.

use std::sync::Arc;
use std::time::Duration;

use alloy::consensus::TxEip1559;
use alloy::primitives::{Address, Signature, TxKind, U256, address, b256, hex};
use alloy::sol;
use alloy::sol_types::eip712_domain;
use atelier_vault::testing::MemoryKeychain;
use atelier_vault::{Role, SystemClock, Vault};

use crate::vault::{request, secret};

sol! {
    struct Person { string name; address wallet; }
    struct Mail { Person from; Person to; string contents; }
}

fn open(key: &str, expected: Address) -> (tempfile::TempDir, Vault) {
    let dir = tempfile::tempdir().unwrap();
    let vault = MemoryKeychain::default().vault(dir.path(), "01TEST", Arc::new(SystemClock)).unwrap();
    assert_eq!(vault.import(Role::Deployer, secret(key)).unwrap(), expected, "the address others give it");
    vault.unlock(Role::Deployer, Duration::from_secs(60)).unwrap();
    (dir, vault)
}

#[test]
fn typed_data_is_signed_as_the_standard_shows() {
    // EIP-712, "Test Vectors": Example.sol signs with keccak256("cow").
    let (_dir, vault) = open(
        "c85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4",
        address!("CD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"),
    );
    let domain = eip712_domain! {
        name: "Ether Mail",
        version: "1",
        chain_id: 1,
        verifying_contract: address!("CcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"),
    };
    let mail = Mail {
        from: Person { name: "Cow".into(), wallet: address!("CD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826") },
        to: Person { name: "Bob".into(), wallet: address!("bBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB") },
        contents: "Hello, Bob!".into(),
    };
    let expected = hex!(
        "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d
         07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562 1c"
    );
    let signature = vault.sign_typed(&request(Role::Deployer), &mail, &domain).unwrap();
    assert_eq!(signature.as_bytes(), expected, "r, s and v of the standard");
    let digest = b256!("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    assert_eq!(
        vault.sign_hash(&request(Role::Deployer), digest).unwrap(),
        signature,
        "its digest signs the same"
    );
}

#[test]
fn a_message_is_signed_as_web3_shows() {
    // web3.js, eth.accounts.sign("Some data", key).
    let (_dir, vault) = open(
        "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
        address!("2c7536E3605D9C16a7a3D7b1898e529396a65c23"),
    );
    let expected = hex!(
        "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd
         6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a029 1c"
    );
    let signature = vault.sign_message(&request(Role::Deployer), b"Some data").unwrap();
    assert_eq!(signature, Signature::from_raw(&expected).unwrap(), "the documented signature");
}

#[test]
fn a_transaction_is_signed_as_viem_does() {
    let (_dir, vault) = open(
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
        address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
    );
    let transaction = TxEip1559 {
        chain_id: 31_337,
        nonce: 7,
        gas_limit: 210_000,
        max_fee_per_gas: 3_000_000_000,
        max_priority_fee_per_gas: 1_000_000_000,
        to: TxKind::Call(address!("4e59b44847b379578588920cA78FbF26c0B4956C")),
        value: U256::from(123_456_789),
        input: hex!("deadbeef").into(),
        ..TxEip1559::default()
    };
    let signed = vault.sign_transaction(&request(Role::Deployer), &transaction).unwrap();
    // viem 2, privateKeyToAccount(key).signTransaction(…).
    let expected = hex!(
        "02f875827a6907843b9aca0084b2d05e0083033450944e59b44847b379578588920ca78fbf26c0b4956c84075bcd1584deadbeefc080
         a09aaf43a47f32c37839ed1469fb014204e4c127423b119b4871e904cc97ec1ca6a06c01d093a536ffe1ead017c42f5db8df0c0b6bd1
         ad66f61ff7828346e8878ad2"
    );
    assert_eq!(signed.raw[..], expected, "byte for byte");
    let hash = b256!("5e8e43d5ed73aae1148c79fe7ac169f2633b262411507466786bc949dfca44ef");
    assert_eq!(signed.hash, hash, "and so its hash");
    assert_eq!(signed.signer, address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), "by its signer");
}
