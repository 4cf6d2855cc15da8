//! The loopback door: what it carries, what it refuses, and that refusing costs nothing.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use alloy::primitives::{Address, Bytes, Signature, U256};
use alloy::signers::SignerSync;
use atelier_chain::bindings::IAtelierDrop;
use atelier_chain::voucher::{Voucher, digest};
use atelier_relayer::{
    Endpoint, EndpointSettings, Lane, LaneSettings, Ledger, Redeemable, RelayError, Token, VoucherUsed,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::ledger::SqliteLedger;
use crate::world::{CHAIN, FEES, Key, World, voucher};

const TOKEN: &str = "a-token-of-thirty-two-characters";
const NOW: u64 = 1_800_000_000;
const GENEROUS: u128 = 10_u128.pow(18);

struct Desk {
    world: World,
    ledger: Arc<SqliteLedger>,
    endpoint: Endpoint,
    http: reqwest::Client,
    _lane: tokio::task::JoinHandle<Result<(), RelayError>>,
}

impl Desk {
    async fn open(budget: u128) -> Self {
        let world = World::new().await;
        let ledger = world.ledger();
        ledger.open_campaign("lazy", budget).expect("a budget");
        let wake = Arc::new(Notify::new());
        let stop = Arc::new(AtomicBool::new(false));
        let settings = EndpointSettings {
            port: 0,
            token: Token::new(TOKEN).expect("long enough"),
            origins: vec!["https://mint.example".to_owned()],
            policy: world.policy(),
        };
        let endpoint = Endpoint::open(
            settings,
            ledger.clone(),
            world.wire(),
            wake.clone(),
            stop.clone(),
            Arc::new(|| NOW),
        )
        .await
        .expect("the door opens");
        let pace = Duration::from_millis(15);
        let lane = Lane::new(
            ledger.clone(),
            world.wire(),
            Arc::new(Key(world.relayer.clone())),
            LaneSettings { poll: pace, ..LaneSettings::vouchers(CHAIN, 1, FEES) },
            stop,
        );
        let used = VoucherUsed::new(world.wire(), world.policy());
        let lane = tokio::spawn(async move { lane.serve(&wake, &used).await });
        Self { world, ledger, endpoint, http: reqwest::Client::new(), _lane: lane }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.endpoint.address())
    }

    async fn redeem(&self, offered: &Redeemable) -> (StatusCode, Value) {
        let body = json!({
            "voucher": {
                "recipient": offered.voucher.recipient,
                "quantity": offered.voucher.quantity.to_string(),
                "price": offered.voucher.price.to_string(),
                "validFrom": offered.voucher.validFrom.to_string(),
                "validUntil": offered.voucher.validUntil.to_string(),
                "nonce": offered.voucher.nonce.to_string(),
            },
            "signature": offered.signature,
        });
        let answer = self
            .http
            .post(self.url("/v1/redeem"))
            .bearer_auth(TOKEN)
            .json(&body)
            .send()
            .await
            .expect("the door answers");
        (answer.status(), answer.json().await.expect("JSON"))
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        let answer = self.http.get(self.url(path)).bearer_auth(TOKEN).send().await.expect("answers");
        (answer.status(), answer.json().await.expect("JSON"))
    }

    async fn wait_final(&self, nonce: u64) -> Value {
        for _ in 0..400 {
            let (_, redemption) = self.get(&format!("/v1/redeem/{nonce}")).await;
            match redemption["state"].as_str() {
                Some("final") => return redemption,
                Some("reverted" | "refused") => panic!("voucher {nonce}: {redemption}"),
                _ => tokio::time::sleep(Duration::from_millis(15)).await,
            }
        }
        panic!("voucher {nonce} did not become final");
    }

    async fn relayer_balance(&self) -> U256 {
        self.world.balance(self.world.relayer.address()).await
    }
}

#[tokio::test]
async fn vouchers_are_redeemed_at_the_campaigns_cost_and_a_replay_spends_nothing() {
    let desk = Desk::open(GENEROUS).await;
    let before = desk.relayer_balance().await;
    for nonce in [7, 8, 9] {
        let (status, answer) = desk.redeem(&desk.world.signed(voucher(nonce))).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    }
    for nonce in [7, 8, 9] {
        let redemption = desk.wait_final(nonce).await;
        assert!(redemption["transaction"].is_string(), "it names its transaction: {redemption}");
    }
    let recipient = Address::repeat_byte(0x42);
    let held = desk.world.read(IAtelierDrop::balanceOfCall { account: recipient }).await;
    assert_eq!(held, U256::from(3), "minted to the named recipient, whoever sent it");
    let gone = before - desk.relayer_balance().await;
    let spent = desk.ledger.spent(desk.world.policy().lane).expect("a sum");
    assert_eq!(gone.to::<u128>(), spent, "the spend ledger equals the balance difference to the wei");

    let (status, answer) = desk.redeem(&desk.world.signed(voucher(7))).await;
    assert_eq!((status, answer["replayed"].as_bool()), (StatusCode::OK, Some(true)), "{answer}");
    let (_, status) = desk.get("/v1/status").await;
    assert_eq!(status["spent_wei"], spent.to_string(), "the status tells the same sum");
    assert_eq!(status["reserved_wei"], "0", "nothing stays held");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(before - desk.relayer_balance().await, gone, "the replay cost nothing");
    assert_eq!(desk.world.minted().await, 3, "and minted nothing");
}

fn changed(offered: &Redeemable, change: impl FnOnce(&mut Voucher)) -> Redeemable {
    let mut voucher = offered.voucher.clone();
    change(&mut voucher);
    Redeemable { voucher, signature: offered.signature.clone() }
}

#[tokio::test]
async fn forged_and_unfit_vouchers_cost_nothing() {
    let desk = Desk::open(GENEROUS).await;
    let before = desk.relayer_balance().await;
    let world = &desk.world;
    let good = world.signed(voucher(1));
    let with = |change: &dyn Fn(&mut Voucher)| {
        let mut made = voucher(1);
        change(&mut made);
        world.signed(made)
    };
    let by_another = {
        let hash = digest(&voucher(1), CHAIN, world.drop);
        let signature = world.deployer.sign_hash_sync(&hash).expect("signs");
        Redeemable { voucher: voucher(1), signature: Bytes::from(signature.as_bytes().to_vec()) }
    };
    let elsewhere = |chain: u64, drop: Address| {
        let signature =
            world.voucher_signer.sign_hash_sync(&digest(&voucher(1), chain, drop)).expect("signs");
        Redeemable { voucher: voucher(1), signature: Bytes::from(signature.as_bytes().to_vec()) }
    };
    let mirrored = {
        let signature = Signature::from_raw(&good.signature).expect("parses");
        let order = U256::from_be_bytes(alloy::hex!(
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
        ));
        let high = Signature::new(signature.r(), order - signature.s(), !signature.v());
        Redeemable { voucher: voucher(1), signature: Bytes::from(high.as_bytes().to_vec()) }
    };
    let cut = Redeemable { signature: good.signature.slice(..64), ..good.clone() };
    let cases = [
        ("another recipient", changed(&good, |v| v.recipient = Address::repeat_byte(0x66)), "VOUCHER-FORGED"),
        ("more tokens", changed(&good, |v| v.quantity = U256::from(5)), "VOUCHER-FORGED"),
        ("another start", changed(&good, |v| v.validFrom = U256::from(1)), "VOUCHER-FORGED"),
        ("another end", changed(&good, |v| v.validUntil = U256::from(NOW + 9)), "VOUCHER-FORGED"),
        ("another number", changed(&good, |v| v.nonce = U256::from(2)), "VOUCHER-FORGED"),
        ("another signer", by_another, "VOUCHER-FORGED"),
        ("another chain", elsewhere(1, world.drop), "VOUCHER-FORGED"),
        ("another drop", elsewhere(CHAIN, Address::repeat_byte(0x99)), "VOUCHER-FORGED"),
        ("a mirrored signature", mirrored, "VOUCHER-BAD-SIGNATURE"),
        ("a cut signature", cut, "VOUCHER-BAD-SIGNATURE"),
        ("a price", with(&|v| v.price = U256::from(1)), "VOUCHER-PRICED"),
        ("too early", with(&|v| v.validFrom = U256::from(NOW + 1)), "VOUCHER-EARLY"),
        ("too late", with(&|v| v.validUntil = U256::from(NOW - 1)), "VOUCHER-EXPIRED"),
        ("nobody", with(&|v| v.recipient = Address::ZERO), "VOUCHER-NO-RECIPIENT"),
        ("nothing", with(&|v| v.quantity = U256::ZERO), "VOUCHER-QUANTITY"),
        ("absurdly many", with(&|v| v.quantity = U256::MAX), "VOUCHER-QUANTITY"),
        ("more than the supply", with(&|v| v.quantity = U256::from(2_000)), "VOUCHER-WOULD-REVERT"),
    ];
    for (what, offered, code) in cases {
        let (status, answer) = desk.redeem(&offered).await;
        assert_eq!(answer["code"], code, "{what}: {status} {answer}");
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        let told = answer["message"].as_str().is_some_and(|text| !text.is_empty());
        assert!(told && answer["hint"].is_string(), "{what}: it says what is wrong and what to do: {answer}");
    }
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(desk.relayer_balance().await, before, "not a wei was spent");
    assert_eq!(desk.world.minted().await, 0, "nothing was minted");
    let campaign = desk.ledger.campaign("lazy").expect("reads").expect("is there");
    assert_eq!((campaign.reserved, campaign.spent), (0, 0), "nothing is held");
}

#[tokio::test]
async fn used_numbers_caps_and_budgets_are_refused_by_name() {
    let desk = Desk::open(GENEROUS).await;
    let first = desk.world.signed(voucher(1));
    desk.redeem(&first).await;
    desk.wait_final(1).await;
    let twin = desk.world.signed(Voucher { quantity: U256::from(2), ..voucher(1) });
    let (status, answer) = desk.redeem(&twin).await;
    assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("VOUCHER-NONCE-TAKEN")), "{answer}");

    // Five tokens per recipient: one is gone.
    let (_, answer) =
        desk.redeem(&desk.world.signed(Voucher { quantity: U256::from(5), ..voucher(2) })).await;
    assert_eq!(answer["code"], "RELAY-CAP-REACHED", "{answer}");

    // A second relayer with its own ledger meets the number on chain.
    let fresh = tempfile::tempdir().expect("a folder");
    let other = Arc::new(SqliteLedger::open(fresh.path()));
    other.open_campaign("lazy", 1).expect("a tiny budget");
    let settings = EndpointSettings {
        port: 0,
        token: Token::new(TOKEN).expect("long enough"),
        origins: Vec::new(),
        policy: desk.world.policy(),
    };
    let door = Endpoint::open(
        settings,
        other,
        desk.world.wire(),
        Arc::new(Notify::new()),
        Arc::new(AtomicBool::new(false)),
        Arc::new(|| NOW),
    )
    .await
    .expect("opens");
    let elsewhere = Desk { endpoint: door, ..desk };
    let (status, answer) = elsewhere.redeem(&first).await;
    assert_eq!((status, &answer["code"]), (StatusCode::CONFLICT, &json!("VOUCHER-USED")), "{answer}");
    let (status, answer) = elsewhere.redeem(&elsewhere.world.signed(voucher(3))).await;
    assert_eq!(
        (status, &answer["code"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("RELAY-BUDGET-EXHAUSTED")),
        "{answer}"
    );
}

#[tokio::test]
async fn the_door_opens_only_with_the_right_host_origin_token_and_body() {
    let desk = Desk::open(GENEROUS).await;
    let status = desk.url("/v1/status");
    let redeem = desk.url("/v1/redeem");
    let get = |headers: &[(&str, &str)]| {
        let mut request = desk.http.request(Method::GET, &status);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send()
    };
    let bearer = format!("Bearer {TOKEN}");
    let bearer = bearer.as_str();
    type Headers<'a> = &'a [(&'a str, &'a str)];
    let cases: [(&str, Headers, u16, &str); 7] = [
        ("no token", &[], 401, "RELAY-TOKEN"),
        (
            "a wrong token",
            &[("authorization", "Bearer a-token-of-thirty-two-characterS")],
            401,
            "RELAY-TOKEN",
        ),
        ("a basic token", &[("authorization", "Basic YTpi")], 401, "RELAY-TOKEN"),
        ("a rebound name", &[("host", "evil.example"), ("authorization", bearer)], 403, "RELAY-HOST"),
        ("another port", &[("host", "127.0.0.1:1"), ("authorization", bearer)], 403, "RELAY-HOST"),
        (
            "a strange page",
            &[("origin", "https://evil.example"), ("authorization", bearer)],
            403,
            "RELAY-ORIGIN",
        ),
        ("a sandboxed page", &[("origin", "null"), ("authorization", bearer)], 403, "RELAY-ORIGIN"),
    ];
    for (what, headers, code, name) in cases {
        let answer = get(headers).await.expect("answers");
        assert_eq!(answer.status().as_u16(), code, "{what}");
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(body["code"], name, "{what}: {body}");
    }
    let ours = get(&[("origin", "https://mint.example"), ("authorization", bearer)]).await.expect("answers");
    assert_eq!(ours.status(), StatusCode::OK, "the artist's own page may ask");

    let post = |kind: &'static str, body: Vec<u8>| {
        desk.http.post(&redeem).bearer_auth(TOKEN).header("content-type", kind).body(body).send()
    };
    let form = post("text/plain", b"{}".to_vec()).await.expect("answers");
    assert_eq!(form.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "what a form can send is not taken");
    let rubbish = post("application/json", b"{\"voucher\":".to_vec()).await.expect("answers");
    assert_eq!(rubbish.status(), StatusCode::BAD_REQUEST, "half a voucher");
    let large = post("application/json", vec![b' '; 20_000]).await.expect("answers");
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE, "20 kB is no voucher");

    desk.endpoint.kill(true);
    let (status, answer) = desk.redeem(&desk.world.signed(voucher(1))).await;
    assert_eq!(
        (status, &answer["code"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("RELAY-STOPPED")),
        "{answer}"
    );
}

#[tokio::test]
async fn a_taken_port_and_a_short_token_are_named() {
    let desk = Desk::open(GENEROUS).await;
    let port = desk.endpoint.address().port();
    let settings = EndpointSettings {
        port,
        token: Token::new(TOKEN).expect("long enough"),
        origins: Vec::new(),
        policy: desk.world.policy(),
    };
    let taken = Endpoint::open(
        settings,
        desk.ledger.clone(),
        desk.world.wire(),
        Arc::new(Notify::new()),
        Arc::new(AtomicBool::new(false)),
        Arc::new(|| NOW),
    )
    .await
    .err()
    .expect("the port is taken");
    assert!(matches!(taken, RelayError::PortInUse { port: named } if named == port), "{taken}");
    assert!(matches!(Token::new("short"), Err(RelayError::TokenTooShort { .. })), "a guessable token");
    assert_eq!(format!("{:?}", Token::new(TOKEN).expect("long")), "Token(…)", "and it is never printed");
}
