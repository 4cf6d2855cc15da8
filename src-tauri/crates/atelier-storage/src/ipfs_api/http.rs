use std::fmt::Display;
use std::time::Duration;

use futures::{Stream, TryStreamExt};
use reqwest::multipart::Form;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, Url};
use serde::Deserialize;

use crate::error::StorageError;
use crate::ipfs_api::Timeouts;

/// What a node says about a refusal is quoted up to here.
const MAX_MESSAGE: u64 = 16 << 10;

/// HTTP with a deadline on every step, in the words of this crate's errors.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    base: Url,
    endpoint: String,
    client: Client,
    timeouts: Timeouts,
}

impl Http {
    pub(crate) fn new(address: &str, timeouts: Timeouts) -> Result<Self, StorageError> {
        let bad = || StorageError::BadAddress { address: without_credentials(address) };
        let mut base: Url = address.trim_end_matches('/').parse().map_err(|_| bad())?;
        let host = base.host_str().map(str::to_owned).ok_or_else(bad)?;
        if !matches!(base.scheme(), "http" | "https") || base.query().is_some() || base.fragment().is_some() {
            return Err(bad());
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let endpoint = match base.port() {
            Some(port) => format!("{}://{host}:{port}", base.scheme()),
            None => format!("{}://{host}", base.scheme()),
        };
        // A redirect would hand the content to somebody else than the creator chose.
        let mut client = Client::builder().connect_timeout(timeouts.connect).redirect(Policy::none());
        if matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]") {
            client = client.no_proxy();
        }
        let client = client
            .build()
            .map_err(|e| StorageError::Down { endpoint: endpoint.clone(), reason: e.to_string() })?;
        Ok(Self { base, endpoint, client, timeouts })
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Calls the RPC. A form means an upload, which has a longer deadline.
    pub(super) async fn post(
        &self,
        call: &str,
        query: &[(&str, &str)],
        form: Option<Form>,
    ) -> Result<Response, StorageError> {
        let mut url = self.url(call, &format!("api/v0/{call}"))?;
        url.query_pairs_mut().extend_pairs(query);
        let request = self.client.post(url);
        let (request, limit) = match form {
            Some(form) => (request.multipart(form), self.timeouts.import),
            None => (request, self.timeouts.answer),
        };
        self.send(call, request, limit).await
    }

    /// Gets a path, as from a gateway.
    pub(crate) async fn get(&self, path: &str) -> Result<Response, StorageError> {
        let request = self.client.get(self.url(path, path)?);
        self.send(path, request, self.timeouts.answer).await
    }

    fn url(&self, call: &str, path: &str) -> Result<Url, StorageError> {
        self.base.join(path).map_err(|e| self.rubbish(call, e))
    }

    async fn send(
        &self,
        call: &str,
        request: RequestBuilder,
        limit: Duration,
    ) -> Result<Response, StorageError> {
        let response = match tokio::time::timeout(limit, request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(self.failed(call, &error)),
            Err(_) => return Err(self.slow(call, limit)),
        };
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let body = self.collect(call, response, MAX_MESSAGE).await.unwrap_or_default();
        Err(self.refused(call, status.as_u16(), message(&body)))
    }

    /// The body as it comes, each part within the deadline.
    pub(crate) fn body(
        &self,
        call: &str,
        response: Response,
    ) -> impl Stream<Item = Result<impl AsRef<[u8]> + use<>, StorageError>> {
        let start = (self.clone(), call.to_owned(), response);
        futures::stream::try_unfold(start, |(http, call, mut response)| async move {
            let limit = http.timeouts.answer;
            match tokio::time::timeout(limit, response.chunk()).await {
                Ok(Ok(Some(chunk))) => Ok(Some((chunk, (http, call, response)))),
                Ok(Ok(None)) => Ok(None),
                Ok(Err(error)) => Err(http.rubbish(&call, reason(&error))),
                Err(_) => Err(http.slow(&call, limit)),
            }
        })
    }

    /// The whole body, which must not be longer than `limit`.
    pub(super) async fn collect(
        &self,
        call: &str,
        response: Response,
        limit: u64,
    ) -> Result<Vec<u8>, StorageError> {
        let mut body = std::pin::pin!(self.body(call, response));
        let mut bytes = Vec::new();
        while let Some(chunk) = body.try_next().await? {
            bytes.extend_from_slice(chunk.as_ref());
            if bytes.len() as u64 > limit {
                return Err(self.rubbish(call, "the answer does not end"));
            }
        }
        Ok(bytes)
    }

    fn failed(&self, call: &str, error: &reqwest::Error) -> StorageError {
        if error.is_timeout() {
            self.slow(call, self.timeouts.connect)
        } else if error.is_connect() || error.is_request() || error.is_body() {
            StorageError::Down { endpoint: self.endpoint.clone(), reason: reason(error) }
        } else {
            self.rubbish(call, reason(error))
        }
    }

    fn slow(&self, call: &str, limit: Duration) -> StorageError {
        StorageError::Slow { endpoint: self.at(call), seconds: limit.as_secs() }
    }

    pub(super) fn rubbish(&self, call: &str, reason: impl Display) -> StorageError {
        StorageError::Rubbish { endpoint: self.at(call), reason: reason.to_string() }
    }

    pub(super) fn refused(&self, call: &str, status: u16, message: String) -> StorageError {
        StorageError::Refused { endpoint: self.at(call), status, message }
    }

    fn at(&self, call: &str) -> String {
        format!("{} ({call})", self.endpoint)
    }
}

/// The innermost reason: the outer ones repeat the address, with its credentials.
fn reason(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    if inner.source().is_none() && std::ptr::addr_eq(inner, error) {
        return "the connection failed".into();
    }
    inner.to_string()
}

/// The words in a refusal: Kubo's JSON, or the beginning of whatever came.
fn message(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Refusal {
        #[serde(rename = "Message", alias = "message")]
        message: String,
    }
    if let Ok(refusal) = serde_json::from_slice::<Refusal>(body) {
        return refusal.message;
    }
    let text: String = String::from_utf8_lossy(body).chars().filter(|c| !c.is_control()).take(200).collect();
    if text.is_empty() { "no reason given".into() } else { text }
}

/// An address that could not be parsed may still carry a password before an `@`.
fn without_credentials(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((before, host)) => {
            let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
            format!("{scheme}://{host}")
        }
        None => address.to_owned(),
    }
}
