//! A thin, typed client for the Kubo RPC (`/api/v0`).
//!
//! The crate of this name can no longer be built: every version of `core2`, which its multihash needs, has
//! been withdrawn from the registry ("version 0.4.0 is yanked"). Eight calls are all this room needs. Every
//! call is a POST; answers are bounded in size and time and checked before anything believes them.

mod http;

use std::collections::BTreeMap;
use std::time::Duration;

use atelier_bundle::car::check_block;
use atelier_bundle::{Cid, Stage, Watch};
use futures::StreamExt;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use crate::error::StorageError;
use crate::recheck::{Fetched, hash_stream};
use crate::target::CarFile;

pub(crate) use self::http::Http;

/// An answer in JSON is never longer than this.
const MAX_JSON: u64 = 8 << 20;
/// A block is never longer than this.
const MAX_BLOCK: u64 = 4 << 20;

/// How long a node may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To accept a connection.
    pub connect: Duration,
    /// To begin an answer, and between two parts of one.
    pub answer: Duration,
    /// To take a whole archive and pin it.
    pub import: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            import: Duration::from_secs(1800),
        }
    }
}

/// A node.
#[derive(Debug, Clone)]
pub struct KuboApi {
    http: Http,
}

/// Which program the node runs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// For example `0.40.0`.
    #[serde(rename = "Version")]
    pub version: String,
}

impl KuboApi {
    /// A node at `address`, for example `http://127.0.0.1:5001`. Nothing is sent yet.
    ///
    /// # Errors
    /// [`StorageError::BadAddress`].
    pub fn new(address: &str, timeouts: Timeouts) -> Result<Self, StorageError> {
        Ok(Self { http: Http::new(address, timeouts)? })
    }

    /// The node's address without credentials, for messages.
    pub fn endpoint(&self) -> &str {
        self.http.endpoint()
    }

    /// Asks for the version: the cheapest way to see whether a node is there.
    ///
    /// # Errors
    /// [`StorageError::Down`], [`StorageError::Slow`], [`StorageError::Rubbish`],
    /// [`StorageError::Refused`]; so does every other call.
    pub async fn version(&self) -> Result<Version, StorageError> {
        self.json("version", &[]).await
    }

    /// Streams an archive to the node, pinning its root, and returns the root the node names. `span` places
    /// this archive within the progress of all.
    ///
    /// # Errors
    /// As [`Self::version`], and [`StorageError::Io`] and [`StorageError::Cancelled`].
    pub async fn dag_import(
        &self,
        car: &CarFile,
        (before, total): (u64, u64),
        watch: &Watch,
    ) -> Result<Cid, StorageError> {
        const CALL: &str = "dag/import";
        let file = File::open(&car.path).await.map_err(StorageError::io("read", &car.path))?;
        let bytes = file.metadata().await.map_err(StorageError::io("read", &car.path))?.len();
        let (follow, mut sent) = (watch.clone(), before);
        let stream = ReaderStream::with_capacity(file, 1 << 16).map(move |chunk| {
            if follow.is_cancelled() {
                return Err(std::io::Error::other("stopped"));
            }
            let chunk = chunk?;
            sent += chunk.len() as u64;
            follow.report(Stage::Store, sent.min(total), total);
            Ok(chunk)
        });
        let part = Part::stream_with_length(Body::wrap_stream(stream), bytes)
            .file_name(car.name.clone())
            .mime_str("application/vnd.ipld.car")
            .map_err(|e| self.http.rubbish(CALL, e))?;
        let form = Form::new().part("file", part);
        let sending = self.http.post(CALL, &[("pin-roots", "true"), ("stats", "false")], Some(form));
        let text = match sending.await {
            Ok(response) => self.text(CALL, response).await,
            Err(error) => Err(error),
        };
        match text {
            Ok(text) => self.imported_root(CALL, &text),
            Err(_) if watch.is_cancelled() => Err(StorageError::Cancelled),
            Err(error) => Err(error),
        }
    }

    /// Reads the lines an import answers with: one root, pinned, and possibly statistics.
    fn imported_root(&self, call: &str, text: &str) -> Result<Cid, StorageError> {
        #[derive(Deserialize)]
        struct Line {
            #[serde(rename = "Root")]
            root: Option<Root>,
        }
        #[derive(Deserialize)]
        struct Root {
            #[serde(rename = "Cid")]
            cid: BTreeMap<String, String>,
            #[serde(rename = "PinErrorMsg", default)]
            pin_error: Option<String>,
        }
        let mut found = None;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let line: Line = serde_json::from_str(line).map_err(|e| self.http.rubbish(call, e))?;
            let Some(root) = line.root else { continue };
            if let Some(message) = root.pin_error.filter(|message| !message.is_empty()) {
                return Err(self.http.refused(call, 200, format!("the root could not be pinned: {message}")));
            }
            let text = root.cid.get("/").cloned().unwrap_or_default();
            let cid: Cid = text.parse().map_err(|_| self.http.rubbish(call, format!("root {text:?}")))?;
            if found.replace(cid).is_some() {
                return Err(self.http.rubbish(call, "more than one root"));
            }
        }
        found.ok_or_else(|| self.http.rubbish(call, "no root in the answer"))
    }

    /// Whether the node keeps `cid` with everything below it.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub async fn is_pinned(&self, cid: &Cid) -> Result<bool, StorageError> {
        #[derive(Deserialize)]
        struct Pins {
            #[serde(rename = "Keys", default)]
            keys: BTreeMap<String, Pin>,
        }
        #[derive(Deserialize)]
        struct Pin {
            #[serde(rename = "Type")]
            kind: String,
        }
        let text = cid.to_string();
        match self.json::<Pins>("pin/ls", &[("arg", &text), ("type", "recursive")]).await {
            // Nodes answer in bases of their own liking, so identifiers are compared, not texts.
            Ok(pins) => Ok(pins.keys.iter().any(|(key, pin)| {
                pin.kind == "recursive" && key.parse::<Cid>().is_ok_and(|key| key == *cid)
            })),
            Err(StorageError::Refused { message, .. }) if message.contains("not pinned") => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Asks the node to keep `cid` with everything below it.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub async fn pin_add(&self, cid: &Cid) -> Result<(), StorageError> {
        #[derive(Deserialize)]
        struct Pinned {
            #[serde(rename = "Pins")]
            pins: Vec<String>,
        }
        let text = cid.to_string();
        let pinned: Pinned = self.json("pin/add", &[("arg", &text)]).await?;
        if pinned.pins.iter().any(|pin| pin.parse::<Cid>().is_ok_and(|pin| pin == *cid)) {
            Ok(())
        } else {
            Err(self.http.rubbish("pin/add", "the answer does not name the pin"))
        }
    }

    /// Length of a block the node has, or can get.
    ///
    /// # Errors
    /// As [`Self::version`].
    pub async fn block_stat(&self, cid: &Cid) -> Result<u64, StorageError> {
        #[derive(Deserialize)]
        struct Stat {
            #[serde(rename = "Size")]
            size: u64,
        }
        let text = cid.to_string();
        Ok(self.json::<Stat>("block/stat", &[("arg", &text)]).await?.size)
    }

    /// Fetches a block and checks it.
    ///
    /// # Errors
    /// As [`Self::version`]; [`StorageError::Rubbish`] when it is another block.
    pub async fn block_get(&self, cid: &Cid) -> Result<Vec<u8>, StorageError> {
        const CALL: &str = "block/get";
        let text = cid.to_string();
        let response = self.http.post(CALL, &[("arg", &text)], None).await?;
        let bytes = self.http.collect(CALL, response, MAX_BLOCK).await?;
        check_block(cid, &bytes).map_err(|reason| self.http.rubbish(CALL, reason))?;
        Ok(bytes)
    }

    /// Fetches a file by folder and name and hashes it as it comes.
    pub(crate) async fn cat(
        &self,
        cid: &Cid,
        name: Option<&str>,
        bytes: u64,
    ) -> Result<Fetched, StorageError> {
        const CALL: &str = "cat";
        let path = match name {
            Some(name) => format!("{cid}/{name}"),
            None => cid.to_string(),
        };
        let response = self.http.post(CALL, &[("arg", &path)], None).await?;
        hash_stream(self.http.body(CALL, response), bytes).await
    }

    async fn json<T: DeserializeOwned>(&self, call: &str, query: &[(&str, &str)]) -> Result<T, StorageError> {
        let response = self.http.post(call, query, None).await?;
        let text = self.text(call, response).await?;
        serde_json::from_str(&text).map_err(|e| self.http.rubbish(call, e))
    }

    async fn text(&self, call: &str, response: Response) -> Result<String, StorageError> {
        let bytes = self.http.collect(call, response, MAX_JSON).await?;
        String::from_utf8(bytes).map_err(|e| self.http.rubbish(call, e))
    }
}
