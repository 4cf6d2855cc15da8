//! The `atelier://` protocol: thumbnails, pictures and live composites, straight from the studio.
use std::sync::Arc;

use atelier_studio::{Studio, pictures::Picture};
use tauri::{
    AppHandle, Manager as _, Runtime, UriSchemeResponder,
    http::{Response, StatusCode, Uri, header},
};

/// Answers one picture request off the main thread.
pub fn answer<R: Runtime>(app: &AppHandle<R>, uri: &Uri, responder: UriSchemeResponder) {
    let Some(studio) = app.try_state::<Arc<Studio>>().map(|state| Arc::clone(&state)) else {
        responder.respond(response(StatusCode::SERVICE_UNAVAILABLE, "text/plain", false, Vec::new()));
        return;
    };
    let path = uri.path().trim_start_matches('/').to_owned();
    let query = uri.query().unwrap_or_default().to_owned();
    tauri::async_runtime::spawn(async move {
        responder.respond(match studio.picture(&path, &query).await {
            Ok(Picture { media, bytes, immutable }) => response(StatusCode::OK, media, immutable, bytes),
            Err(error) => {
                tracing::debug!(code = error.code(), %path, "no picture");
                response(StatusCode::NOT_FOUND, "text/plain", false, error.code().as_bytes().to_vec())
            }
        });
    });
}

fn response(status: StatusCode, media: &'static str, immutable: bool, body: Vec<u8>) -> Response<Vec<u8>> {
    let caching = if immutable { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(caching));
    // The canvas reads pixels through createImageBitmap(fetch()): without this it would be refused.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    response
}
