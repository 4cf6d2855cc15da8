//! Fetching content back and hashing it, the same for every target.

use atelier_bundle::manifest::{FileEntry, Manifest};
use atelier_bundle::{Cid, Stage, Watch};
use futures::{Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use crate::error::StorageError;
use crate::target::{FetchFailure, Kind, Proof, Scope};

/// How many files are fetched at a time.
const AT_ONCE: usize = 4;
/// A node looks for content it does not have until the deadline. After this many such files the answer is
/// clear, and waiting for the rest would take hours.
const MAX_SLOW: usize = 3;

/// Content that came back, summed up.
pub(crate) struct Fetched {
    pub(crate) bytes: u64,
    pub(crate) sha256: [u8; 32],
}

/// Hashes a stream of bytes, giving up beyond `limit`: no honest answer is longer than the file.
pub(crate) async fn hash_stream<B: AsRef<[u8]>>(
    stream: impl Stream<Item = Result<B, StorageError>>,
    limit: u64,
) -> Result<Fetched, StorageError> {
    let mut stream = std::pin::pin!(stream);
    let (mut hasher, mut bytes) = (Sha256::new(), 0u64);
    while let Some(chunk) = stream.try_next().await? {
        bytes += chunk.as_ref().len() as u64;
        hasher.update(chunk.as_ref());
        if bytes > limit {
            break;
        }
    }
    Ok(Fetched { bytes, sha256: hasher.finalize().into() })
}

/// Fetches the files of `scope` through `fetch`, which gets the folder (or the file itself), the name in it
/// and the expected length.
pub(crate) async fn recheck<F, Answer>(
    (target, kind): (&str, Kind),
    manifest: &Manifest,
    scope: &Scope,
    watch: &Watch,
    fetch: F,
) -> Result<Proof, StorageError>
where
    F: Fn(Cid, Option<String>, u64) -> Answer,
    Answer: Future<Output = Result<Fetched, StorageError>>,
{
    let picked = scope.pick(manifest);
    let mut proof = Proof {
        target: target.to_owned(),
        kind,
        manifest_sha256: hex::encode(manifest.sha256()),
        files_proven: 0,
        files_asked: picked.len() as u64,
        files_total: manifest.files.len() as u64,
        bytes_proven: 0,
        failures: Vec::new(),
    };
    let total = picked.len() as u64;
    let locations = picked
        .iter()
        .map(|file| manifest.location(file).map(|(cid, name)| (cid, name, file.bytes)))
        .collect::<Result<Vec<_>, _>>()?;
    let mut answers =
        futures::stream::iter(locations).map(|(cid, name, bytes)| fetch(cid, name, bytes)).buffered(AT_ONCE);
    let mut slow = 0;
    for (done, file) in (1u64..).zip(picked) {
        if watch.is_cancelled() {
            return Err(StorageError::Cancelled);
        }
        let Some(answer) = answers.next().await else { break };
        match compare(file, answer) {
            Ok(bytes) => {
                proof.files_proven += 1;
                proof.bytes_proven += bytes;
            }
            Err(error) if error.is_of_the_endpoint() => return Err(error),
            Err(error) => {
                slow += usize::from(matches!(error, StorageError::Slow { .. }));
                proof.failures.push(FetchFailure {
                    path: file.path.clone(),
                    token: file.token,
                    code: error.code().to_owned(),
                    reason: error.to_string(),
                });
            }
        }
        if slow == MAX_SLOW {
            break;
        }
        watch.report(Stage::Recheck, done, total);
    }
    Ok(proof)
}

fn compare(file: &FileEntry, answer: Result<Fetched, StorageError>) -> Result<u64, StorageError> {
    let fetched = answer?;
    if (fetched.bytes, fetched.sha256) != (file.bytes, file.sha256) {
        return Err(StorageError::ContentChanged { path: file.path.clone() });
    }
    Ok(fetched.bytes)
}
