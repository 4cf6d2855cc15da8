use std::{collections::BTreeMap, sync::Arc, time::Duration};

use alloy::{eips::BlockId, primitives::Address};
use atelier_chain::{
    ChainError, Endpoint, Timeouts,
    bindings::IAtelierDrop,
    practice::CHAIN_ID,
    wire::{Fault, FaultyWire, HttpWire, Wire},
};

use crate::{
    server::{http, serve},
    world::{config, deploy, practice, signer},
};

const PATIENT: Timeouts = Timeouts { connect: Duration::from_secs(5), call: Duration::from_secs(20) };

async fn refused(url: &str, timeouts: Timeouts) -> ChainError {
    match Endpoint::connect(url, CHAIN_ID, timeouts).await {
        Ok(_) => panic!("{url} must not be accepted as a chain"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn each_kind_of_bad_endpoint_has_its_own_code() {
    let closed = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        format!("http://{}", listener.local_addr().expect("it is bound"))
    };
    assert_eq!(refused(&closed, PATIENT).await.code(), "CHAIN-UNREACHABLE", "nobody listens");

    let silent = serve(None).await;
    let hasty = Timeouts { connect: Duration::from_secs(5), call: Duration::from_millis(50) };
    assert_eq!(refused(&silent, hasty).await.code(), "CHAIN-SLOW", "it never answers");

    let answers = [
        (http("200 OK", "", "<html>hello</html>"), "CHAIN-RUBBISH", "a web page"),
        (
            http("200 OK", "", r#"{"jsonrpc":"2.0","id":0,"result":"zebra"}"#),
            "CHAIN-RUBBISH",
            "a chain id of letters",
        ),
        (http("200 OK", "", r#"{"jsonrpc":"2.0","id":0,"result":"0x1"}"#), "CHAIN-WRONG-ID", "Ethereum"),
        (http("429 Too Many Requests", "retry-after: 7\r\n", "slow down"), "CHAIN-RATE-LIMITED", "a limit"),
        (
            http(
                "200 OK",
                "",
                r#"{"jsonrpc":"2.0","id":0,"error":{"code":-32005,"message":"daily request limit reached"}}"#,
            ),
            "CHAIN-RATE-LIMITED",
            "a limit said in JSON",
        ),
        (http("401 Unauthorized", "", "no key"), "CHAIN-DENIED", "a missing key"),
        (http("404 Not Found", "", "nothing here"), "CHAIN-RUBBISH", "a wrong path"),
        (http("502 Bad Gateway", "", "oops"), "CHAIN-UNREACHABLE", "a broken gateway"),
        (http("302 Found", "location: http://127.0.0.1:1/\r\n", ""), "CHAIN-RUBBISH", "a redirect"),
        (
            http(
                "400 Bad Request",
                "",
                r#"{"jsonrpc":"2.0","id":0,"error":{"code":-32601,"message":"no such method"}}"#,
            ),
            "CHAIN-REFUSED",
            "a refusal under a 4xx status",
        ),
    ];
    for (answer, code, what) in answers {
        let url = serve(Some(answer)).await;
        let error = refused(&url, PATIENT).await;
        assert_eq!(error.code(), code, "{what}: {error}");
    }
}

#[tokio::test]
async fn what_is_no_address_is_said_before_anything_leaves() {
    for bad in ["", "not an address", "ftp://rpc.example.org", "ws://127.0.0.1:8545", "file:///etc/passwd"] {
        assert_eq!(refused(bad, PATIENT).await.code(), "CHAIN-BAD-URL", "{bad:?}");
    }
}

#[tokio::test]
async fn an_error_does_not_tell_the_key_in_the_path() {
    let url = serve(Some(http("200 OK", "", "x"))).await;
    let error = refused(&format!("{url}/v3/s3cr3t?apikey=s3cr3t"), PATIENT).await;
    assert!(!error.to_string().contains("s3cr3t"), "{error}");
    let closed = refused("http://user:s3cr3t@127.0.0.1:1/s3cr3t", PATIENT).await;
    assert!(!closed.to_string().contains("s3cr3t"), "{closed}");
}

#[tokio::test]
async fn any_single_exchange_can_be_broken_and_only_that_one_fails() {
    let (practice, _folder) = practice().await;
    let wire: Arc<dyn Wire> = Arc::new(HttpWire::new(&practice.url(), PATIENT).expect("an address"));
    let faults = BTreeMap::from([
        (1, Fault::TimeOut),
        (2, Fault::Refuse),
        (3, Fault::Answer(200, b"[]".to_vec())),
        (4, Fault::LoseAnswer),
    ]);
    let endpoint = Endpoint::over(Arc::new(FaultyWire::new(wire, faults)), "a faulty wire", CHAIN_ID)
        .await
        .expect("exchange 0, the chain id, is whole");
    for code in ["CHAIN-SLOW", "CHAIN-UNREACHABLE", "CHAIN-RUBBISH", "CHAIN-UNREACHABLE"] {
        let error = endpoint.block_number().await.expect_err("this exchange is broken");
        assert_eq!(error.code(), code, "{error}");
    }
    endpoint.block_number().await.expect("the next exchange is whole again");
    assert_eq!(endpoint.calls(), 6, "every exchange was counted, the broken ones too");
}

#[tokio::test]
async fn a_contract_that_is_not_ours_and_one_that_refuses_are_told_apart() {
    let (practice, _folder) = practice().await;
    let endpoint = practice.endpoint();
    let latest = BlockId::latest();
    let nobody = Address::repeat_byte(9);
    let error = endpoint.read(nobody, &IAtelierDrop::nextBatchIdCall {}, latest).await;
    assert_eq!(error.expect_err("there is no code").code(), "CHAIN-NOT-OURS");

    let drop = deploy(&practice, Default::default(), &config(signer("owner").address())).await;
    let call = IAtelierDrop::ownerOfCall { tokenId: alloy::primitives::U256::from(7) };
    let error = endpoint.read(drop, &call, latest).await.expect_err("token 7 does not exist");
    assert_eq!(error.code(), "CHAIN-REVERTED");
    assert_eq!(error.to_string(), "the contract refused: there is no token 7");
    let batch = endpoint.read(drop, &IAtelierDrop::nextBatchIdCall {}, latest).await.expect("it answers");
    assert_eq!(batch, alloy::primitives::U256::ONE, "the first batch is next");
    assert!(endpoint.block(BlockId::number(1_000_000)).await.expect("it answers").is_none(), "unknown block");
}
