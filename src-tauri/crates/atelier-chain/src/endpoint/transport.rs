use std::{
    sync::Arc,
    task::{Context, Poll},
};

use alloy::{
    rpc::json_rpc::{RequestPacket, ResponsePacket},
    transports::{TransportError, TransportErrorKind, TransportFut},
};
use tower::Service;

use crate::wire::{Wire, WireFault};

/// Alloy's view of a [`Wire`].
#[derive(Clone, Debug)]
pub(super) struct WireTransport(pub(super) Arc<dyn Wire>);

impl Service<RequestPacket> for WireTransport {
    type Response = ResponsePacket;
    type Error = TransportError;
    type Future = TransportFut<'static>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: RequestPacket) -> Self::Future {
        let wire = Arc::clone(&self.0);
        Box::pin(async move {
            let body = serde_json::to_vec(&request).map_err(TransportError::SerError)?;
            let reply = wire.exchange(body).await.map_err(TransportErrorKind::custom)?;
            match serde_json::from_slice(&reply.body) {
                // Some nodes answer a JSON-RPC error under a 4xx status; the error says more than the status.
                Ok(packet) if reply.status == 200 || names_an_error(&packet) => Ok(packet),
                Err(error) if reply.status == 200 => {
                    let text = String::from_utf8_lossy(&reply.body[..reply.body.len().min(80)]).into_owned();
                    Err(TransportError::DeserError { err: error, text })
                }
                Ok(_) | Err(_) => Err(TransportErrorKind::custom(WireFault::Status {
                    status: reply.status,
                    retry_after: reply.retry_after,
                })),
            }
        })
    }
}

fn names_an_error(packet: &ResponsePacket) -> bool {
    match packet {
        ResponsePacket::Single(response) => response.is_error(),
        ResponsePacket::Batch(responses) => responses.iter().any(|response| response.is_error()),
    }
}
