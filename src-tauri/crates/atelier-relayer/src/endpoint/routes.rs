use std::sync::Arc;
use std::sync::atomic::Ordering;

use alloy::primitives::U256;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Desk;
use crate::voucher::accept;
use crate::{Intent, Redeemable, Refusal, RelayError, voucher_key};

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self)).into_response()
    }
}

#[derive(Serialize)]
struct Redemption {
    nonce: String,
    recipient: Option<String>,
    state: &'static str,
    transaction: Option<String>,
    block: Option<String>,
    attention: Option<Note>,
    replayed: bool,
}

#[derive(Serialize)]
struct Note {
    code: String,
    message: String,
}

#[derive(Serialize)]
struct Status {
    chain_id: String,
    drop: String,
    relayer: String,
    accepting: bool,
    campaign: String,
    limit_wei: String,
    reserved_wei: String,
    spent_wei: String,
    left_wei: String,
}

pub(super) async fn redeem(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    if desk.stop.load(Ordering::SeqCst) {
        return Err(Refusal::new(
            503,
            "RELAY-STOPPED",
            "the relayer is switched off",
            "Try again later, or redeem the voucher with your own wallet.",
        ));
    }
    // A form or a script without permission can only send other types across sites.
    let json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(';').next().map(str::trim) == Some("application/json"));
    if !json {
        return Err(Refusal::new(
            415,
            "RELAY-MEDIA-TYPE",
            "the body must be application/json",
            "Set Content-Type.",
        ));
    }
    let body = body.map_err(|error| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::new(
                413,
                "RELAY-BODY-TOO-LARGE",
                "the request is too large",
                "Send one voucher at a time.",
            )
        } else {
            Refusal::new(400, "RELAY-BODY", error.body_text(), "Send the request again.")
        }
    })?;
    let offered: Redeemable = serde_json::from_slice(&body).map_err(|error| {
        Refusal::new(
            400,
            "VOUCHER-MALFORMED",
            format!("this is not a voucher: {error}"),
            "Send {\"voucher\": {…}, \"signature\": \"0x…\"} with numbers as decimal strings.",
        )
    })?;
    let accepted =
        accept(&desk.policy, desk.ledger.as_ref(), desk.wire.as_ref(), (desk.now)(), &offered).await?;
    desk.wake.notify_one();
    let status = if accepted.fresh { StatusCode::ACCEPTED } else { StatusCode::OK };
    let shown = describe(&desk, &accepted.intent, offered.voucher.nonce, !accepted.fresh)?;
    Ok((status, Json(shown)).into_response())
}

pub(super) async fn redemption(
    State(desk): State<Arc<Desk>>,
    Path(nonce): Path<String>,
) -> Result<Response, Refusal> {
    let nonce: U256 = nonce.parse().map_err(|_| {
        Refusal::new(
            400,
            "VOUCHER-MALFORMED",
            "this is not a voucher number",
            "Use the voucher's nonce in decimal.",
        )
    })?;
    let key = voucher_key(desk.policy.lane, desk.policy.drop, nonce);
    match desk.ledger.intent(&key).map_err(|error| broken(&error))? {
        Some(intent) => Ok(Json(describe(&desk, &intent, nonce, false)?).into_response()),
        None => Err(Refusal::new(
            404,
            "VOUCHER-UNKNOWN",
            format!("voucher {nonce} was not given in here"),
            "Redeem it with POST /v1/redeem first.",
        )),
    }
}

pub(super) async fn status(State(desk): State<Arc<Desk>>) -> Result<Response, Refusal> {
    let policy = &desk.policy;
    let campaign = desk
        .ledger
        .campaign(&policy.campaign)
        .and_then(|found| {
            found.ok_or_else(|| RelayError::CampaignUnknown { campaign: policy.campaign.clone() })
        })
        .map_err(|error| broken(&error))?;
    Ok(Json(Status {
        chain_id: policy.lane.chain_id.to_string(),
        drop: policy.drop.to_string(),
        relayer: policy.lane.signer.to_string(),
        accepting: !desk.stop.load(Ordering::SeqCst),
        limit_wei: campaign.limit.to_string(),
        reserved_wei: campaign.reserved.to_string(),
        spent_wei: campaign.spent.to_string(),
        left_wei: campaign.left().to_string(),
        campaign: campaign.id,
    })
    .into_response())
}

pub(super) async fn nothing_here() -> Refusal {
    Refusal::new(404, "RELAY-NO-ROUTE", "there is nothing here", "See GET /v1/status and POST /v1/redeem.")
}

fn describe(desk: &Desk, intent: &Intent, nonce: U256, replayed: bool) -> Result<Redemption, Refusal> {
    let inclusion = desk.ledger.inclusion(intent.id).map_err(|error| broken(&error))?;
    let newest = desk.ledger.attempts(intent.id).map_err(|error| broken(&error))?.pop();
    Ok(Redemption {
        nonce: nonce.to_string(),
        recipient: intent.subject.clone(),
        state: intent.state.name(),
        transaction: inclusion
            .map(|found| found.hash)
            .or_else(|| newest.map(|attempt| attempt.hash))
            .map(|hash| hash.to_string()),
        block: inclusion.map(|found| found.block_number.to_string()),
        attention: intent.attention.clone().map(|note| Note { code: note.code, message: note.reason }),
        replayed,
    })
}

fn broken(error: &RelayError) -> Refusal {
    tracing::error!(code = error.code(), %error, "the ledger could not be read");
    Refusal::new(500, error.code(), "the relayer's records could not be read", "Look at the Activity panel.")
}
