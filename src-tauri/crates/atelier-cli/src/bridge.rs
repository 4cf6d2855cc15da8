//! The command list over loopback HTTP, for browser tests without WebKit. Compiled only with the feature `bridge`.
//!
//! One origin serves the built interface, the commands, the events and the pictures. A random token guards the
//! commands, so that another page open in the same browser cannot call them.
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use atelier_studio::{Studio, StudioError, api::ErrorReport};
use axum::{
    Json, Router,
    body::Body,
    extract::{Path as UrlPath, Query, RawQuery, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::{
        IntoResponse as _,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use serde::Deserialize;
use tokio_stream::Stream;

use crate::present;

#[derive(Clone)]
struct Bridge {
    studio: Arc<Studio>,
    ui: PathBuf,
    token: Arc<str>,
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
}

/// Serves until interrupted. Prints `{"url": …}` once it listens.
pub async fn serve(studio: &Arc<Studio>, ui: &Path, port: u16) -> Result<(), ErrorReport> {
    let token: Arc<str> = atelier_studio::random_token().into();
    let bridge = Bridge { studio: Arc::clone(studio), ui: ui.to_owned(), token: Arc::clone(&token) };
    let app = Router::new()
        .route("/command/{name}", post(command))
        .route("/events", get(events))
        .route("/pictures/{*path}", get(picture))
        .fallback(get(page))
        .with_state(bridge);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| present::internal(&error))?;
    let at = listener.local_addr().map_err(|error| present::internal(&error))?;
    let url = format!("http://{at}/#bridge=http://{at}&token={token}");
    present::result(&serde_json::json!({ "url": url }), true, ToString::to_string);
    let stopped = async {
        // Without a signal handler the process is ended from outside, which is as good.
        tokio::signal::ctrl_c().await.ok();
    };
    axum::serve(listener, app)
        .with_graceful_shutdown(stopped)
        .await
        .map_err(|error| present::internal(&error))
}

async fn command(
    State(bridge): State<Bridge>,
    UrlPath(name): UrlPath<String>,
    headers: HeaderMap,
    Json(input): Json<serde_json::Value>,
) -> Response<Body> {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if given != Some(&*bridge.token) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match bridge.studio.call(&name, input).await {
        Some(Ok(output)) => Json(output).into_response(),
        Some(Err(error)) => (StatusCode::BAD_REQUEST, Json(error.report())).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn events(State(bridge): State<Bridge>, Query(given): Query<Token>) -> Response<Body> {
    if given.token != *bridge.token {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Sse::new(stream(bridge.studio)).keep_alive(KeepAlive::default()).into_response()
}

fn stream(studio: Arc<Studio>) -> impl Stream<Item = Result<Event, Infallible>> {
    let (sender, receiver) = tokio::sync::mpsc::channel(64);
    tokio::spawn(async move {
        let mut events = studio.events();
        while let Some(event) = events.next().await {
            let Ok(event) = Event::default().json_data(event) else { continue };
            if sender.send(Ok(event)).await.is_err() {
                return;
            }
        }
    });
    tokio_stream::wrappers::ReceiverStream::new(receiver)
}

async fn picture(
    State(bridge): State<Bridge>,
    UrlPath(path): UrlPath<String>,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    match bridge.studio.picture(&path, query.as_deref().unwrap_or_default()).await {
        Ok(picture) => {
            let caching = if picture.immutable { "public, max-age=31536000, immutable" } else { "no-store" };
            ([(header::CONTENT_TYPE, picture.media), (header::CACHE_CONTROL, caching)], picture.bytes)
                .into_response()
        }
        Err(error @ StudioError::NoSuchPicture { .. }) => {
            (StatusCode::NOT_FOUND, error.code().to_owned()).into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, error.code().to_owned()).into_response(),
    }
}

/// The built interface. Only plain names below its folder are served.
async fn page(State(bridge): State<Bridge>, uri: axum::http::Uri) -> Response<Body> {
    let wanted = uri.path().trim_start_matches('/');
    let relative = Path::new(if wanted.is_empty() { "index.html" } else { wanted });
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::fs::read(bridge.ui.join(relative)).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, media(relative))], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn media(path: &Path) -> HeaderValue {
    HeaderValue::from_static(match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    })
}
