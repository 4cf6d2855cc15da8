use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Desk;
use crate::Refusal;

/// Host, then origin, then token. The order matters: a page that rebinds DNS learns nothing about tokens.
pub(super) async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    match check(&desk, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn check(desk: &Desk, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let own = [format!("127.0.0.1:{}", desk.port), format!("localhost:{}", desk.port)];
    if !own.iter().any(|name| name == host) {
        return Err(Refusal::new(
            403,
            "RELAY-HOST",
            "this endpoint answers only under its loopback address",
            "Use http://127.0.0.1 with its port.",
        ));
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        let known = origin.to_str().is_ok_and(|origin| desk.origins.iter().any(|allowed| allowed == origin));
        if !known {
            return Err(Refusal::new(
                403,
                "RELAY-ORIGIN",
                "this web page may not use the relayer",
                "Add the page's origin in the relayer's settings.",
            ));
        }
    }
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if desk.token.matches(token) {
        Ok(())
    } else {
        Err(Refusal::new(
            401,
            "RELAY-TOKEN",
            "the access token is missing or wrong",
            "Send the token shown in the relayer's settings as \"Authorization: Bearer …\".",
        ))
    }
}
