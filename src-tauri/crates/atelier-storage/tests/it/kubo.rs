use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use atelier_bundle::build::Bundle;
use atelier_bundle::car::CarBlocks;
use atelier_storage::blocks::BlockStore;
use atelier_storage::dag::{self, Node};
use atelier_storage::ipfs_api::{KuboApi, Timeouts};
use atelier_storage::targets::KuboTarget;
use atelier_storage::{BundleCars, Cid, Scope, StorageError, Target, Watch};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::Deserialize;

use crate::sample;

/// What the fake node does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    Slow,
    Html,
    Endless,
    Redirect,
    Refuse,
    WrongRoot,
    NoRoot,
    PinFails,
    ForgetsPins,
    SwapsContent,
    CutsContent,
}

struct Fake {
    fault: Fault,
    store: BlockStore,
    pins: Mutex<Vec<Cid>>,
    _dir: tempfile::TempDir,
}

#[derive(Deserialize)]
struct Arg {
    #[serde(default)]
    arg: String,
}

/// The archive inside a multipart body of one part.
fn archive_of(body: &[u8]) -> &[u8] {
    let start = body.windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4;
    let boundary = &body[..body.windows(2).position(|w| w == b"\r\n").unwrap()];
    let end = body.windows(boundary.len()).rposition(|w| w == boundary).unwrap();
    &body[start..end - 2]
}

async fn import(State(fake): State<Arc<Fake>>, body: Bytes) -> Response {
    let car = CarBlocks::open(archive_of(&body), "upload".as_ref()).unwrap();
    let mut root = car.roots()[0];
    for block in car {
        let block = block.unwrap();
        fake.store.put(&block.cid, &block.bytes).unwrap();
    }
    fake.pins.lock().unwrap().push(root);
    if fake.fault == Fault::WrongRoot {
        root = atelier_bundle::unixfs::facts_of(b"something else").cid;
    }
    match fake.fault {
        Fault::NoRoot => "{\"Stats\":{\"BlockCount\":3}}\n".into_response(),
        Fault::PinFails => {
            format!("{{\"Root\":{{\"Cid\":{{\"/\":\"{root}\"}},\"PinErrorMsg\":\"disk full\"}}}}\n")
                .into_response()
        }
        _ => format!("{{\"Root\":{{\"Cid\":{{\"/\":\"{root}\"}},\"PinErrorMsg\":\"\"}}}}\n").into_response(),
    }
}

async fn pins(State(fake): State<Arc<Fake>>, Query(arg): Query<Arg>) -> Response {
    let cid: Cid = arg.arg.parse().unwrap();
    if fake.fault != Fault::ForgetsPins && fake.pins.lock().unwrap().contains(&cid) {
        // As js-ipfs does, in a base of its own liking.
        let key = cid.to_string_of_base(cid::multibase::Base::Base58Btc).unwrap();
        format!("{{\"Keys\":{{\"{key}\":{{\"Type\":\"recursive\"}}}}}}").into_response()
    } else {
        let words = format!("{{\"Message\":\"path '{cid}' is not pinned\",\"Code\":0,\"Type\":\"error\"}}");
        (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
    }
}

async fn pin_add(Query(arg): Query<Arg>) -> String {
    format!("{{\"Pins\":[\"{}\"]}}", arg.arg)
}

async fn cat(State(fake): State<Arc<Fake>>, Query(arg): Query<Arg>) -> Response {
    let (root, name) = arg.arg.split_once('/').unwrap_or((&arg.arg, ""));
    let mut cid: Cid = root.parse().unwrap();
    if let Ok(Node::Folder(listing)) = dag::open(&fake.store, &cid) {
        cid = listing[name];
    }
    let Ok(Node::File(mut file)) = dag::open(&fake.store, &cid) else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "{\"Message\":\"no such file\"}").into_response();
    };
    let mut content = Vec::new();
    while let Some(bytes) = file.next(&fake.store).unwrap() {
        content.extend(bytes);
    }
    match fake.fault {
        Fault::SwapsContent => content[0] ^= 1,
        Fault::CutsContent => content.truncate(content.len() - 1),
        _ => {}
    }
    content.into_response()
}

async fn misbehave(
    State(fake): State<Arc<Fake>>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    match fake.fault {
        Fault::Slow => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        Fault::Html => "<html>Welcome to nginx</html>".into_response(),
        Fault::Endless => {
            let chunk = Bytes::from(vec![b' '; 1 << 16]);
            let endless = futures::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
            axum::body::Body::from_stream(endless).into_response()
        }
        Fault::Redirect => {
            (StatusCode::TEMPORARY_REDIRECT, [("location", "http://127.0.0.1:1/elsewhere")]).into_response()
        }
        Fault::Refuse => {
            (StatusCode::FORBIDDEN, "{\"Message\":\"writes are disabled\",\"Code\":0}").into_response()
        }
        _ => next.run(request).await,
    }
}

async fn node(fault: Fault) -> (String, Arc<Fake>) {
    let dir = tempfile::tempdir().unwrap();
    let store = BlockStore::open(dir.path()).unwrap();
    let fake = Arc::new(Fake { fault, store, pins: Mutex::default(), _dir: dir });
    let app = Router::new()
        .route("/api/v0/version", post(async || "{\"Version\":\"0.40.0\",\"Commit\":\"\"}"))
        .route("/api/v0/dag/import", post(import))
        .route("/api/v0/pin/ls", post(pins))
        .route("/api/v0/pin/add", post(pin_add))
        .route("/api/v0/cat", post(cat))
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn_with_state(fake.clone(), misbehave))
        .with_state(fake.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (address, fake)
}

fn quick() -> Timeouts {
    let short = Duration::from_millis(300);
    Timeouts { connect: short, answer: short, import: Duration::from_secs(20) }
}

fn target(address: &str) -> KuboTarget {
    let timeouts = Timeouts { answer: Duration::from_secs(20), ..quick() };
    KuboTarget::new("kubo", KuboApi::new(address, timeouts).unwrap())
}

fn sample_bundle() -> (tempfile::TempDir, Bundle) {
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), 3);
    (dir, bundle)
}

#[tokio::test]
async fn archives_go_in_and_content_comes_back() {
    let (_dir, bundle) = sample_bundle();
    let (address, fake) = node(Fault::None).await;
    let target = target(&address);
    let stored = target.put(&BundleCars::of(&bundle), &Watch::silent()).await.unwrap();
    assert_eq!(stored.roots, *fake.pins.lock().unwrap(), "our roots, pinned there");
    let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
    assert!(proof.holds(), "{:?}", proof.failures);
    assert_eq!(proof.files_proven, 7, "three pictures, three descriptions, the collection");
}

#[tokio::test]
async fn each_way_of_failing_has_its_own_name() {
    let (_dir, bundle) = sample_bundle();
    let cars = BundleCars::of(&bundle);
    for (fault, code) in [
        (Fault::Html, "STORE-ENDPOINT-RUBBISH"),
        (Fault::Endless, "STORE-ENDPOINT-RUBBISH"),
        (Fault::Redirect, "STORE-ENDPOINT-REFUSED"),
        (Fault::Refuse, "STORE-ENDPOINT-REFUSED"),
        (Fault::WrongRoot, "STORE-CID-MISMATCH"),
        (Fault::NoRoot, "STORE-ENDPOINT-RUBBISH"),
        (Fault::PinFails, "STORE-ENDPOINT-REFUSED"),
    ] {
        let (address, _fake) = node(fault).await;
        let error = target(&address).put(&cars, &Watch::silent()).await.unwrap_err();
        assert_eq!(error.code(), code, "{fault:?}: {error}");
    }
    let (address, _fake) = node(Fault::Slow).await;
    let slow = KuboApi::new(&address, quick()).unwrap().version().await.unwrap_err();
    assert_eq!(slow.code(), "STORE-ENDPOINT-SLOW", "{slow}");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let down = target(&format!("http://{closed}")).put(&cars, &Watch::silent()).await.unwrap_err();
    assert_eq!(down.code(), "STORE-ENDPOINT-DOWN", "{down}");
    let down = target(&format!("http://{closed}"));
    let down = down.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap_err();
    assert_eq!(down.code(), "STORE-ENDPOINT-DOWN", "a proof cannot be had: {down}");
}

#[tokio::test]
async fn what_comes_back_is_hashed_not_believed() {
    let (_dir, bundle) = sample_bundle();
    for (fault, code, count) in [
        (Fault::SwapsContent, "STORE-CONTENT-CHANGED", 7),
        (Fault::CutsContent, "STORE-CONTENT-CHANGED", 7),
        (Fault::ForgetsPins, "STORE-NOT-PINNED", 3),
    ] {
        let (address, _fake) = node(fault).await;
        let target = target(&address);
        target.put(&BundleCars::of(&bundle), &Watch::silent()).await.unwrap();
        let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
        assert!(!proof.holds(), "{fault:?} went unnoticed");
        let codes: Vec<_> = proof.failures.iter().map(|failure| failure.code.as_str()).collect();
        assert_eq!(codes, vec![code; count], "{fault:?}");
    }
}

#[tokio::test]
async fn a_node_that_never_answers_does_not_hold_the_check_for_hours() {
    let (_dir, bundle) = sample_bundle();
    let (address, _fake) = node(Fault::Slow).await;
    let target = KuboTarget::new("kubo", KuboApi::new(&address, quick()).unwrap());
    let proof = target.verify(&bundle.manifest, &Scope::All, &Watch::silent()).await.unwrap();
    assert!(!proof.holds(), "nothing came back");
    assert!(proof.failures[..3].iter().all(|f| f.code == "STORE-ENDPOINT-SLOW"), "{:?}", proof.failures);
    assert_eq!(proof.files_proven, 0, "nothing is claimed");
}

#[tokio::test]
async fn an_upload_can_be_stopped() {
    let (_dir, bundle) = sample_bundle();
    let (address, fake) = node(Fault::None).await;
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = cancel.clone();
    let watch = Watch::new(move |progress| flag.store(progress.done > 70_000, Ordering::Relaxed), cancel);
    let error = target(&address).put(&BundleCars::of(&bundle), &watch).await.unwrap_err();
    assert_eq!(error.code(), "STORE-CANCELLED", "{error}");
    assert!(!fake.pins.lock().unwrap().contains(&bundle.manifest.images_cid), "the rest was not sent");
}

#[tokio::test]
async fn addresses_are_checked_and_passwords_kept_out_of_messages() {
    for address in ["", "localhost", "ftp://localhost", "http://", "http://host/?q=1"] {
        let error = KuboApi::new(address, quick()).unwrap_err();
        assert!(matches!(error, StorageError::BadAddress { .. }), "{address:?}: {error}");
    }
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let api = KuboApi::new(&format!("http://me:sesame@{closed}"), quick()).unwrap();
    let error = api.version().await.unwrap_err();
    assert_eq!(error.code(), "STORE-ENDPOINT-DOWN", "{error}");
    let shown = format!("{error} {error:?} {}", api.endpoint());
    assert!(!shown.contains("sesame"), "a password in a message: {shown}");
    let error = KuboApi::new("ftp://me:sesame@host", quick()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("sesame"), "a password in a message: {error}");
}
