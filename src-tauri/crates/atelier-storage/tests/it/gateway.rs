use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use atelier_bundle::build::Bundle;
use atelier_storage::blocks::BlockStore;
use atelier_storage::gateway::Gateway;
use atelier_storage::{BundleCars, Watch};
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH};
use reqwest::{Client, StatusCode};
use tempfile::TempDir;

use crate::sample;

fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

fn stored(supply: u32) -> (TempDir, Bundle, BlockStore) {
    let dir = tempfile::tempdir().unwrap();
    let bundle = sample::bundle(dir.path(), supply);
    let store = BlockStore::open(&dir.path().join("blocks")).unwrap();
    store.import(&BundleCars::of(&bundle), &Watch::silent()).unwrap();
    (dir, bundle, store)
}

/// Every block file, found from outside.
pub fn block_files(blocks: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for shard in fs::read_dir(blocks).unwrap() {
        files.extend(fs::read_dir(shard.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}

#[tokio::test]
async fn files_come_back_by_folder_and_name() {
    let (_dir, bundle, store) = stored(3);
    let gateway = Gateway::start(store, 0).await.unwrap();
    assert!(gateway.address().ip().is_loopback(), "never another interface");
    for token in 1..=3 {
        let url = gateway.url(&bundle.manifest.images_cid, Some(&format!("{token}.png")));
        let response = client().get(url).send().await.unwrap();
        assert_eq!(response.headers()[CONTENT_TYPE], "image/png", "by extension");
        assert!(response.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"), "never changes");
        let length = response.content_length().unwrap();
        let body = response.bytes().await.unwrap();
        assert_eq!(length, body.len() as u64, "the length was announced");
        assert_eq!(body, sample::picture(token), "picture {token}");
    }
    let contract = client().get(gateway.url(&bundle.manifest.contract_cid, None)).send().await.unwrap();
    assert_eq!(contract.headers()[CONTENT_TYPE], "application/json", "a bare identifier is recognised");
    assert_eq!(contract.text().await.unwrap(), "{\"name\":\"Sample\"}", "the collection's metadata");
    gateway.stop().await;
}

#[tokio::test]
async fn sharded_folders_resolve() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlockStore::open(dir.path()).unwrap();
    let entries: Vec<_> = (0..5_000)
        .map(|i| {
            let bytes = format!("{{\"name\":\"#{i}\"}}");
            let facts = atelier_bundle::unixfs::facts_of(bytes.as_bytes());
            store.put(&facts.cid, bytes.as_bytes()).unwrap();
            atelier_bundle::unixfs::Entry { name: format!("{i}.json"), cid: facts.cid, tsize: facts.tsize }
        })
        .collect();
    let folder = atelier_bundle::unixfs::directory(&entries).unwrap();
    assert!(folder.nodes.len() > 200, "five thousand entries are sharded");
    for node in &folder.nodes {
        store.put(&node.cid, &node.bytes).unwrap();
    }
    let gateway = Gateway::start(store, 0).await.unwrap();
    for i in [0, 1, 17, 2_500, 4_999] {
        let response =
            client().get(gateway.url(&folder.cid, Some(&format!("{i}.json")))).send().await.unwrap();
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json", "by extension");
        assert_eq!(response.text().await.unwrap(), format!("{{\"name\":\"#{i}\"}}"), "entry {i}");
    }
    let listing = client().get(gateway.url(&folder.cid, None)).send().await.unwrap().text().await.unwrap();
    let listing: Vec<serde_json::Value> = serde_json::from_str(&listing).unwrap();
    assert_eq!(listing.len(), 5_000, "a folder lists its names");
    let absent = client().get(gateway.url(&folder.cid, Some("5000.json"))).send().await.unwrap();
    assert_eq!(absent.status(), StatusCode::NOT_FOUND, "one name too many");
}

#[tokio::test]
async fn heads_tags_and_single_blocks() {
    let (_dir, bundle, store) = stored(1);
    let gateway = Gateway::start(store, 0).await.unwrap();
    let url = gateway.url(&bundle.manifest.images_cid, Some("1.png"));
    let head = client().head(&url).send().await.unwrap();
    assert_eq!(
        head.headers()["content-length"],
        sample::picture(1).len().to_string(),
        "HEAD knows the length"
    );
    assert!(head.bytes().await.unwrap().is_empty(), "HEAD has no body");
    let tag = client().get(&url).send().await.unwrap().headers()[ETAG].clone();
    let again = client().get(&url).header(IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "the browser has it already");
    let folder = format!("{}?format=raw", gateway.url(&bundle.manifest.images_cid, None));
    let block = client().get(folder).send().await.unwrap().bytes().await.unwrap();
    let cid = bundle.manifest.images_cid;
    assert_eq!(atelier_bundle::car::check_block(&cid, &block), Ok(()), "the block hashes to its name");
    let post = client().post(&url).send().await.unwrap();
    assert_eq!(post.status(), StatusCode::METHOD_NOT_ALLOWED, "read-only");
}

#[tokio::test]
async fn strangers_and_nonsense_are_turned_away() {
    let (_dir, bundle, store) = stored(1);
    let gateway = Gateway::start(store, 0).await.unwrap();
    let url = gateway.url(&bundle.manifest.images_cid, Some("1.png"));
    for host in ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example"] {
        let answer = client().get(&url).header(HOST, host).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "Host: {host}");
    }
    let base = format!("http://{}", gateway.address());
    for (path, status) in [
        ("/ipfs/nonsense", StatusCode::BAD_REQUEST),
        ("/ipfs/bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e", StatusCode::NOT_FOUND),
        ("/", StatusCode::NOT_FOUND),
        (
            "/ipfs/bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e?format=car",
            StatusCode::NOT_ACCEPTABLE,
        ),
    ] {
        let answer = client().get(format!("{base}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
    }
    let below_a_file = format!("{url}/deeper");
    let answer = client().get(below_a_file).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND, "a file is no folder");
}

#[tokio::test]
async fn a_damaged_block_is_never_served() {
    let (dir, bundle, store) = stored(1);
    let cid = bundle.manifest.contract_cid.to_string();
    let path = block_files(&dir.path().join("blocks"))
        .into_iter()
        .find(|path| path.file_name().unwrap().to_string_lossy() == cid)
        .unwrap();
    fs::write(path, b"{\"name\":\"Forged\"}").unwrap();
    let gateway = Gateway::start(store, 0).await.unwrap();
    let answer = client().get(gateway.url(&bundle.manifest.contract_cid, None)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "hashed before it is sent");
    assert!(answer.text().await.unwrap().starts_with("STORE-BLOCK-DAMAGED"), "and it says why");
}

#[tokio::test]
async fn a_used_port_is_named_and_a_stopped_gateway_frees_its_own() {
    let (_dir, _bundle, store) = stored(1);
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let error = Gateway::start(store.clone(), port).await.unwrap_err();
    assert_eq!(error.code(), "STORE-PORT-IN-USE", "somebody else's port");
    assert!(error.to_string().contains(&port.to_string()), "the port is named: {error}");
    drop(other);
    let gateway = Gateway::start(store.clone(), port).await.unwrap();
    gateway.stop().await;
    Gateway::start(store, port).await.unwrap().stop().await;
}
