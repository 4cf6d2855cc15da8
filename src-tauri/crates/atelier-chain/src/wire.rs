//! The one door through which bytes leave for a chain.
//!
//! Everything above speaks JSON-RPC through a [`Wire`]; [`HttpWire`] is the real one, and [`FaultyWire`]
//! breaks the call with a given index, so that tests can fail, delay or garble any single exchange.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use reqwest::{Client, Url, header, redirect};

use crate::ChainError;

/// The largest answer read into memory: a block of logs is a few MiB, anything larger is not meant well.
const MAX_ANSWER: usize = 64 << 20;

/// How long we wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For a whole call, connection included.
    pub call: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), call: Duration::from_secs(20) }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct WireReply {
    /// HTTP status.
    pub status: u16,
    /// The `Retry-After` header, when it was in seconds.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why nothing came back. None of these says that the request was not carried out.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WireFault {
    /// No answer in time.
    #[error("no answer within {0:?}")]
    TimedOut(Duration),
    /// No connection, or it broke.
    #[error("{0}")]
    Broken(String),
    /// The answer is longer than anything sensible.
    #[error("the answer is longer than 64 MiB")]
    TooLong,
    /// An HTTP status that is not a JSON-RPC answer.
    #[error("HTTP status {status}")]
    Status {
        /// The status.
        status: u16,
        /// The `Retry-After` header.
        retry_after: Option<Duration>,
    },
}

/// One exchange of a JSON-RPC body for another.
#[async_trait]
pub trait Wire: fmt::Debug + Send + Sync {
    /// Send `body`, return the answer.
    async fn exchange(&self, body: Vec<u8>) -> Result<WireReply, WireFault>;
}

/// HTTP(S) POST, no redirects (a redirect could move a signed transaction to a stranger).
#[derive(Debug)]
pub struct HttpWire {
    client: Client,
    url: Url,
    patience: Duration,
}

impl HttpWire {
    /// A wire to `url`, which must be `http` or `https`.
    pub fn new(url: &str, timeouts: Timeouts) -> Result<Self, ChainError> {
        let url = parse_url(url)?;
        let mut client = Client::builder()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.call)
            .redirect(redirect::Policy::none());
        if is_loopback(&url) {
            client = client.no_proxy();
        }
        let client = client
            .build()
            .map_err(|error| ChainError::Unreachable { endpoint: label(&url), reason: error.to_string() })?;
        Ok(Self { client, url, patience: timeouts.call })
    }

    fn fault(&self, error: &reqwest::Error) -> WireFault {
        if error.is_timeout() {
            return WireFault::TimedOut(self.patience);
        }
        // The innermost cause is the sentence of the operating system ("Connection refused"); the outer
        // ones repeat the address, which may hold a key.
        let mut cause: &dyn std::error::Error = error;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        WireFault::Broken(if std::ptr::addr_eq(cause, error) {
            "the connection failed".to_owned()
        } else {
            cause.to_string()
        })
    }
}

#[async_trait]
impl Wire for HttpWire {
    async fn exchange(&self, body: Vec<u8>) -> Result<WireReply, WireFault> {
        let request =
            self.client.post(self.url.clone()).header(header::CONTENT_TYPE, "application/json").body(body);
        let mut response = request.send().await.map_err(|error| self.fault(&error))?;
        let status = response.status().as_u16();
        let retry_after = response
            .headers()
            .get(header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.fault(&error))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(WireFault::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(WireReply { status, retry_after, body })
    }
}

/// How one exchange goes wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing is sent and nothing comes back in time.
    TimeOut,
    /// Nothing is sent; the connection is refused.
    Refuse,
    /// Nothing is sent; this status and body come back.
    Answer(u16, Vec<u8>),
    /// The request is carried out, and the answer is lost: the case that makes people pay twice.
    LoseAnswer,
}

/// A wire that breaks chosen exchanges. Indices count from 0.
#[derive(Debug)]
pub struct FaultyWire {
    inner: Arc<dyn Wire>,
    faults: BTreeMap<u64, Fault>,
    next: AtomicU64,
}

impl FaultyWire {
    /// `inner`, except for the exchanges in `faults`.
    #[must_use]
    pub fn new(inner: Arc<dyn Wire>, faults: BTreeMap<u64, Fault>) -> Self {
        Self { inner, faults, next: AtomicU64::new(0) }
    }
}

#[async_trait]
impl Wire for FaultyWire {
    async fn exchange(&self, body: Vec<u8>) -> Result<WireReply, WireFault> {
        let index = self.next.fetch_add(1, Ordering::SeqCst);
        match self.faults.get(&index) {
            None => self.inner.exchange(body).await,
            Some(Fault::TimeOut) => Err(WireFault::TimedOut(Duration::from_secs(20))),
            Some(Fault::Refuse) => Err(WireFault::Broken("Connection refused".to_owned())),
            Some(Fault::Answer(status, body)) => {
                Ok(WireReply { status: *status, retry_after: None, body: body.clone() })
            }
            Some(Fault::LoseAnswer) => {
                let _lost = self.inner.exchange(body).await?;
                Err(WireFault::Broken("Connection reset by peer".to_owned()))
            }
        }
    }
}

/// Counts what goes through.
#[derive(Debug)]
pub(crate) struct CountedWire {
    inner: Arc<dyn Wire>,
    calls: AtomicU64,
}

impl CountedWire {
    pub(crate) fn new(inner: Arc<dyn Wire>) -> Self {
        Self { inner, calls: AtomicU64::new(0) }
    }

    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Wire for CountedWire {
    async fn exchange(&self, body: Vec<u8>) -> Result<WireReply, WireFault> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.inner.exchange(body).await
    }
}

pub(crate) fn parse_url(text: &str) -> Result<Url, ChainError> {
    let bad = |url: String, reason: String| ChainError::BadUrl { url, reason };
    let url = Url::parse(text.trim()).map_err(|error| {
        // An unparsable text may still hold a key after its last slash.
        let shown: String = text.chars().take_while(|c| !matches!(c, '?' | '@')).take(40).collect();
        bad(shown, error.to_string())
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad(label(&url), format!("\"{}\" is neither http nor https", url.scheme())));
    }
    if url.host_str().is_none() {
        return Err(bad(label(&url), "it names no host".to_owned()));
    }
    Ok(url)
}

/// Scheme, host and port: what may be shown and logged.
pub(crate) fn label(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}
