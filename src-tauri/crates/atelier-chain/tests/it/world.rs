use std::path::{Path, PathBuf};

use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    rpc::types::TransactionRequest,
    signers::{SignerSync, local::PrivateKeySigner},
    sol_types::SolCall,
};
use atelier_chain::{
    artifacts::Artifacts,
    bindings::{DropConfig, IAtelierDrop, IAtelierFactory},
    create2::{self, Deployment},
    practice::{Practice, PracticeSettings, find_anvil, send_unlocked},
};
use tempfile::TempDir;

pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize().expect("the checkout is there")
}

pub fn oracles() -> PathBuf {
    let folder = checkout().join("tests/peers/oracles");
    assert!(
        folder.join("node_modules/viem").is_dir(),
        "the reference implementations are missing: run `npm ci` in tests/peers/oracles"
    );
    folder
}

pub fn seaport_js() -> PathBuf {
    oracles().join("node_modules/@opensea/seaport-js")
}

pub fn settings(folder: &TempDir) -> PracticeSettings {
    let anvil = find_anvil(None, Some(&checkout())).unwrap_or_else(|error| panic!("{error}"));
    PracticeSettings { anvil, folder: folder.path().to_owned(), port: None }
}

/// A practice chain that ends with the test.
pub async fn practice() -> (Practice, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let practice = Practice::start(settings(&folder)).await.unwrap_or_else(|error| panic!("{error}"));
    (practice, folder)
}

/// A key made from a word.
pub fn signer(word: &str) -> PrivateKeySigner {
    PrivateKeySigner::from_bytes(&keccak256(word)).expect("a hash is a key")
}

pub fn sign(signer: &PrivateKeySigner, digest: B256) -> Bytes {
    signer.sign_hash_sync(&digest).expect("a local key signs").as_bytes().to_vec().into()
}

pub fn ether(amount: u64) -> U256 {
    U256::from(amount) * U256::from(10).pow(U256::from(18))
}

pub fn config(owner: Address) -> DropConfig {
    DropConfig {
        name: "Tidepool Keepers".into(),
        symbol: "TIDE".into(),
        baseURI: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/".into(),
        contractURI: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/collection.json"
            .into(),
        owner,
        minter: Address::ZERO,
        voucherSigner: signer("voucher signer").address(),
        maxSupply: 100,
        royaltyReceiver: signer("royalty").address(),
        royaltyBps: 500,
        provenance: keccak256("root"),
    }
}

/// Deploys the contracts and one drop; returns its address.
pub async fn deploy(practice: &Practice, salt: B256, config: &DropConfig) -> Address {
    let artifacts = Artifacts::embedded().expect("the artifacts are whole");
    let deployment = Deployment::of(&artifacts);
    practice.fund(config.owner, ether(100)).await.expect("the faucet gives");
    let create = IAtelierFactory::createDropCall { salt, config: config.clone() };
    for (to, data) in [
        (create2::PROXY, create2::proxy_calldata(create2::SALT, &deployment.implementation_code)),
        (create2::PROXY, create2::proxy_calldata(create2::SALT, &deployment.factory_code)),
        (deployment.factory, create.abi_encode().into()),
    ] {
        send(practice, config.owner, to, data).await;
    }
    deployment.drop(salt, config)
}

pub async fn mint_batch(practice: &Practice, drop: Address, owner: Address, to: Address, quantity: u64) {
    let call = IAtelierDrop::mintBatchCall { batchId: U256::ONE, to, quantity: U256::from(quantity) };
    send(practice, owner, drop, call.abi_encode().into()).await;
}

pub async fn send(practice: &Practice, from: Address, to: Address, data: Bytes) {
    let request = TransactionRequest::default().to(to).input(data.into());
    send_unlocked(practice.endpoint(), from, request, "a test transaction")
        .await
        .unwrap_or_else(|error| panic!("{error}"));
}
