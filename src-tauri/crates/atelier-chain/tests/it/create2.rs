use alloy::{
    eips::BlockId,
    primitives::{B256, b256, keccak256},
};
use atelier_chain::{
    artifacts::Artifacts,
    bindings::IAtelierFactory,
    create2::{self, Deployment},
};

use crate::world::{config, deploy, practice, signer};

#[tokio::test]
async fn addresses_computed_here_are_the_chains() {
    let (practice, _folder) = practice().await;
    let endpoint = practice.endpoint();
    let proxy = endpoint.code(create2::PROXY, BlockId::latest()).await.expect("the node answers");
    assert_eq!(proxy, create2::PROXY_CODE, "the proxy's code is the published one");
    assert_eq!(keccak256(&proxy), create2::PROXY_CODE_HASH, "and so is its hash");

    let config = config(signer("owner").address());
    let salt = b256!("0x00000000000000000000000000000000000000000000000000000000000a7e11");
    let drop = deploy(&practice, salt, &config).await;
    let deployment = Deployment::of(&Artifacts::embedded().expect("the artifacts are whole"));
    for (address, hash, what) in [
        (deployment.implementation, deployment.implementation_hash, "implementation"),
        (deployment.factory, deployment.factory_hash, "factory, its immutable filled in"),
        (drop, keccak256(create2::clone_code(deployment.implementation)), "clone"),
    ] {
        let code = endpoint.code(address, BlockId::latest()).await.expect("the node answers");
        assert_eq!(keccak256(&code), hash, "{what}: the code on chain is the code of the artifact");
    }
    let asked = IAtelierFactory::predictDropCall { salt, config: config.clone() };
    let asked = endpoint.read(deployment.factory, &asked, BlockId::latest()).await.expect("it answers");
    assert_eq!(drop, asked, "predictDrop on chain gives the address computed here");
}

#[test]
fn every_field_of_the_configuration_moves_the_drop() {
    let deployment = Deployment::of(&Artifacts::embedded().expect("the artifacts are whole"));
    let base = config(signer("owner").address());
    let mut changed = vec![base.clone(); 11];
    changed[0].name.push('x');
    changed[1].symbol.push('x');
    changed[2].baseURI.push('x');
    changed[3].contractURI.push('x');
    changed[4].owner = signer("x").address();
    changed[5].minter = signer("x").address();
    changed[6].voucherSigner = signer("x").address();
    changed[7].maxSupply += 1;
    changed[8].royaltyReceiver = signer("x").address();
    changed[9].royaltyBps += 1;
    changed[10].provenance = keccak256("x");
    let home = deployment.drop(B256::ZERO, &base);
    for (field, config) in changed.iter().enumerate() {
        assert_ne!(deployment.drop(B256::ZERO, config), home, "field {field} is bound into the address");
    }
    assert_ne!(deployment.drop(keccak256("other"), &base), home, "and so is the salt");
}
