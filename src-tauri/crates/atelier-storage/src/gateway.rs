//! A read-only IPFS gateway on loopback, for the embedded store.
//!
//! `GET` and `HEAD` on `/ipfs/<cid>` and `/ipfs/<cid>/<name>…`; `?format=raw` answers with the single block
//! for clients that hash for themselves. It listens on 127.0.0.1 only and answers only to its own name, so
//! that no web page can reach it by pointing a host name of its own at this machine. Content may be anything
//! a drop contains, hence the sandbox: it never runs with an origin worth having.

mod media;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use atelier_bundle::Cid;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::blocks::BlockStore;
use crate::dag::{self, FileReader, Listing, Node};
use crate::error::StorageError;

/// How many folder listings are remembered.
const REMEMBERED: usize = 16;
/// How long open answers may finish when the gateway stops.
const GRACE: Duration = Duration::from_secs(2);

/// A running gateway. Dropping it stops it too.
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    store: BlockStore,
    port: u16,
    folders: Mutex<BTreeMap<Cid, Arc<Listing>>>,
}

impl Gateway {
    /// Starts serving `store` on 127.0.0.1. Port 0 takes a free one.
    ///
    /// # Errors
    /// [`StorageError::PortInUse`], [`StorageError::Io`].
    pub async fn start(store: BlockStore, port: u16) -> Result<Self, StorageError> {
        let refused = |source: std::io::Error| match source.kind() {
            ErrorKind::AddrInUse => StorageError::PortInUse { port },
            _ => StorageError::Io { action: "listen on", path: format!("127.0.0.1:{port}").into(), source },
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let shared = Arc::new(Shared { store, port: address.port(), folders: Mutex::default() });
        let app = Router::new()
            .route("/ipfs/{cid}", get(serve_root))
            .route("/ipfs/{cid}/{*path}", get(serve_path))
            .layer(middleware::from_fn_with_state(shared.clone(), only_own_name))
            .with_state(shared);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let serving = axum::serve(listener, app).with_graceful_shutdown(async {
                // A dropped handle stops the gateway as well.
                let _ = stopped.await;
            });
            if let Err(error) = serving.await {
                tracing::warn!(%error, "the gateway stopped");
            }
        });
        Ok(Self { address, stop: Some(stop), server })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of content, for example of `7.png` in a folder.
    pub fn url(&self, cid: &Cid, name: Option<&str>) -> String {
        match name {
            Some(name) => format!("http://{}/ipfs/{cid}/{name}", self.address),
            None => format!("http://{}/ipfs/{cid}", self.address),
        }
    }

    /// Stops listening and waits briefly for open answers.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only when the server already ended.
            let _ = stop.send(());
        }
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

/// Refuses requests meant for another host, the way a rebound DNS name would send them.
async fn only_own_name(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let port = shared.port;
    if host == format!("127.0.0.1:{port}") || host == format!("localhost:{port}") {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this gateway only answers on 127.0.0.1\n").into_response()
    }
}

#[derive(Debug, Deserialize)]
struct Format {
    format: Option<String>,
}

async fn serve_root(
    State(shared): State<Arc<Shared>>,
    Path(cid): Path<String>,
    Query(format): Query<Format>,
    headers: HeaderMap,
) -> Response {
    serve(shared, cid, String::new(), format, headers).await
}

async fn serve_path(
    State(shared): State<Arc<Shared>>,
    Path((cid, path)): Path<(String, String)>,
    Query(format): Query<Format>,
    headers: HeaderMap,
) -> Response {
    serve(shared, cid, path, format, headers).await
}

async fn serve(
    shared: Arc<Shared>,
    cid: String,
    path: String,
    format: Format,
    headers: HeaderMap,
) -> Response {
    let Ok(root) = cid.parse::<Cid>() else {
        return (StatusCode::BAD_REQUEST, format!("{cid:?} is not an IPFS identifier\n")).into_response();
    };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let raw = match format.format.as_deref() {
        None => false,
        Some("raw") => true,
        Some(other) => {
            return (StatusCode::NOT_ACCEPTABLE, format!("format {other:?} is not offered\n"))
                .into_response();
        }
    };
    let task = move || shared.answer(&root, &path, raw, known.as_deref());
    match tokio::task::spawn_blocking(task).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            let status = match &error {
                StorageError::BlockMissing { .. } | StorageError::NameNotFound { .. } => {
                    StatusCode::NOT_FOUND
                }
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, format!("{}: {error}\n", error.code())).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Shared {
    /// Builds the answer; runs on a thread that may block.
    fn answer(
        self: Arc<Self>,
        root: &Cid,
        path: &str,
        raw: bool,
        known: Option<&str>,
    ) -> Result<Response, StorageError> {
        let mut cid = *root;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let folder = self.folder(&cid)?;
            let below = folder.and_then(|listing| listing.get(name).copied());
            cid = below.ok_or_else(|| StorageError::NameNotFound { folder: cid, name: name.to_owned() })?;
        }
        let tag = if raw { format!("\"{cid}.raw\"") } else { format!("\"{cid}\"") };
        if known.is_some_and(|known| known.split(',').any(|each| each.trim() == tag)) {
            return Ok(with_headers(StatusCode::NOT_MODIFIED.into_response(), &tag));
        }
        if raw {
            let body = self.store.get(&cid)?;
            let kind = [(header::CONTENT_TYPE, "application/vnd.ipld.raw")];
            return Ok(with_headers((kind, body).into_response(), &tag));
        }
        match dag::open(&self.store, &cid)? {
            Node::File(file) => {
                let name = path.rsplit('/').next().unwrap_or(path);
                Ok(with_headers(self.file(*file, name)?, &tag))
            }
            Node::Folder(listing) => {
                let entries: Vec<_> = listing
                    .iter()
                    .map(|(name, cid)| serde_json::json!({ "name": name, "cid": cid.to_string() }))
                    .collect();
                Ok(with_headers(axum::Json(entries).into_response(), &tag))
            }
        }
    }

    /// The names in a folder; `None` when `cid` is a file.
    fn folder(&self, cid: &Cid) -> Result<Option<Arc<Listing>>, StorageError> {
        let remembered =
            |shared: &Self| shared.folders.lock().unwrap_or_else(PoisonError::into_inner).get(cid).cloned();
        if let Some(listing) = remembered(self) {
            return Ok(Some(listing));
        }
        let Node::Folder(listing) = dag::open(&self.store, cid)? else { return Ok(None) };
        let listing = Arc::new(listing);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if folders.len() >= REMEMBERED {
            folders.pop_first();
        }
        folders.insert(*cid, listing.clone());
        Ok(Some(listing))
    }

    /// The first block is read before the answer starts: it decides the media type, and a damaged file of
    /// one block becomes an error instead of a broken answer.
    fn file(self: Arc<Self>, mut file: FileReader, name: &str) -> Result<Response, StorageError> {
        let size = file.size();
        let first = file.next(&self.store)?.unwrap_or_default();
        let kind = media::media_type(name, &first);
        let start = (self, file, Some(first));
        let body = Body::from_stream(futures::stream::try_unfold(start, |(shared, mut file, first)| async {
            if let Some(first) = first {
                return Ok::<_, StorageError>(Some((first, (shared, file, None))));
            }
            let read = tokio::task::spawn_blocking(move || {
                let next = file.next(&shared.store)?;
                Ok::<_, StorageError>(next.map(|bytes| (bytes, (shared, file, None))))
            });
            read.await.unwrap_or(Ok(None))
        }));
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_LENGTH, HeaderValue::from(size)),
        ];
        Ok((headers, body).into_response())
    }
}

/// What an identifier names never changes, so it may be kept for ever.
fn with_headers(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, tag);
    set(header::CACHE_CONTROL, "public, max-age=29030400, immutable");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_SECURITY_POLICY, "sandbox");
    response
}
