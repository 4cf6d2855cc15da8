//! The loopback door through which vouchers come in. It checks and enqueues; the lane sends.
//!
//! A web page the user happens to visit can reach loopback too. Three locks keep it out: the `Host` must be
//! the loopback address (DNS rebinding), an `Origin` must be on the list (cross-site requests), and every
//! request carries the bearer token.

mod guard;
mod routes;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use alloy::primitives::{B256, keccak256};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, Method, header};
use axum::middleware;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tower_http::cors::CorsLayer;

use crate::{Ledger, RelayError, VoucherPolicy, Wire};

/// Largest request body. A voucher in JSON has about 600 bytes.
const BODY_LIMIT: usize = 16 * 1024;
/// Least length of a token: 24 characters of base64 are 144 bits.
const LEAST_TOKEN: usize = 24;

/// The bearer token. Kept as its hash; never shown.
#[derive(Clone)]
pub struct Token(B256);

impl Token {
    /// Takes a token of at least 24 characters, made from randomness by the caller.
    ///
    /// # Errors
    /// [`RelayError::TokenTooShort`].
    pub fn new(text: &str) -> Result<Self, RelayError> {
        if text.len() < LEAST_TOKEN {
            return Err(RelayError::TokenTooShort { least: LEAST_TOKEN });
        }
        Ok(Self(keccak256(text)))
    }

    /// Compares in a time that tells nothing: both sides are hashed, and all bytes are looked at.
    fn matches(&self, given: &str) -> bool {
        let given = keccak256(given);
        let difference = self.0.iter().zip(given.iter()).fold(0_u8, |all, (a, b)| all | (a ^ b));
        difference == 0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// How the door is set up.
#[derive(Debug, Clone)]
pub struct EndpointSettings {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The bearer token.
    pub token: Token,
    /// Origins of mint pages that may ask, as browsers send them (`https://mint.example`). Empty: none.
    pub origins: Vec<String>,
    /// Which vouchers are carried.
    pub policy: VoucherPolicy,
}

/// The clock, as unix seconds.
pub(crate) type Now = Arc<dyn Fn() -> u64 + Send + Sync>;

struct Desk {
    port: u16,
    token: Token,
    origins: Vec<String>,
    policy: VoucherPolicy,
    ledger: Arc<dyn Ledger>,
    wire: Arc<dyn Wire>,
    wake: Arc<Notify>,
    stop: Arc<AtomicBool>,
    now: Now,
}

/// A running voucher endpoint. Dropping it closes the door.
pub struct Endpoint {
    address: SocketAddr,
    close: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

impl Endpoint {
    /// Opens the door on 127.0.0.1. `wake` and `stop` are shared with the lane that serves the queue.
    ///
    /// # Errors
    /// [`RelayError::PortInUse`], [`RelayError::Listen`].
    pub async fn open(
        settings: EndpointSettings,
        ledger: Arc<dyn Ledger>,
        wire: Arc<dyn Wire>,
        wake: Arc<Notify>,
        stop: Arc<AtomicBool>,
        now: Arc<dyn Fn() -> u64 + Send + Sync>,
    ) -> Result<Self, RelayError> {
        let wanted = settings.port;
        let listen = |error: &std::io::Error| match error.kind() {
            std::io::ErrorKind::AddrInUse => RelayError::PortInUse { port: wanted },
            _ => RelayError::Listen { port: wanted, reason: error.to_string() },
        };
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).await.map_err(|error| listen(&error))?;
        let address = listener.local_addr().map_err(|error| listen(&error))?;
        let desk = Arc::new(Desk {
            port: address.port(),
            token: settings.token,
            origins: settings.origins,
            policy: settings.policy,
            ledger,
            wire,
            wake,
            stop: Arc::clone(&stop),
            now,
        });
        let app = router(desk);
        let (close, closed) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let until = async {
                let _ = closed.await;
            };
            if let Err(error) = axum::serve(listener, app).with_graceful_shutdown(until).await {
                tracing::error!(%error, "the voucher endpoint stopped");
            }
        });
        Ok(Self { address, close: Some(close), server, stop })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The kill switch: with `true` nothing more is accepted, signed or sent. What is under way on chain is
    /// still watched the next time the lane runs.
    pub fn kill(&self, on: bool) {
        self.stop.store(on, Ordering::SeqCst);
    }

    /// Closes the door after the requests under way.
    pub async fn close(mut self) {
        if let Some(close) = self.close.take() {
            let _ = close.send(());
        }
        let _ = (&mut self.server).await;
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn router(desk: Arc<Desk>) -> Router {
    let origins: Vec<HeaderValue> =
        desk.origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    let cors = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE]);
    Router::new()
        .route("/v1/redeem", post(routes::redeem))
        .route("/v1/redeem/{nonce}", get(routes::redemption))
        .route("/v1/status", get(routes::status))
        .fallback(routes::nothing_here)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), guard::guard))
        .layer(cors)
        .with_state(desk)
}
