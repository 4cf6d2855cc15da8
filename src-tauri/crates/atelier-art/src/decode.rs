//! Files from outside become pixels here, and only here.
//!
//! Every picture file is hostile until decoded. [`decode_limited`] refuses by size before it decodes and skips what it
//! does not need; [`Decoder::in_child`] runs it in a process of our own binary that may not use more memory or time
//! than it was given and can open no file, so that a decoder's bug costs one file and not the studio.
//!
//! The binary that hosts the studio begins its `main` with:
//! ```no_run
//! # use std::process::ExitCode;
//! # fn main() -> ExitCode {
//! if std::env::args().nth(1).as_deref() == Some(atelier_art::decode::CHILD_ARGUMENT) {
//!     return atelier_art::decode::child_main();
//! }
//! # ExitCode::SUCCESS
//! # }
//! ```

mod child;
mod parent;
mod sniff;
mod still;
mod wire;

use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use atelier_collection::MAX_SIDE;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use child::child_main;
pub use still::decode_limited;

use crate::error::{ArtError, Problem};
use crate::picture::Picture;
use parent::Worker;

/// The first argument that turns a binary into a decoding child.
pub const CHILD_ARGUMENT: &str = "__decode";

/// What one file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Longest side in pixels; at most [`MAX_SIDE`] is honoured.
    pub side: u32,
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// Memory for decoding in bytes, the pixels included. In a child this holds for the whole process.
    pub memory_bytes: u64,
    /// Time in seconds; only a child can be stopped.
    pub seconds: u64,
}

impl Default for Limits {
    /// 8,192 pixels a side, 64 MiB of file, 512 MiB of memory, 20 seconds.
    fn default() -> Self {
        Self { side: MAX_SIDE, file_bytes: 64 << 20, memory_bytes: 512 << 20, seconds: 20 }
    }
}

/// A picture's size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Decodes files under limits, in a child process or in this one. Share one between threads.
#[derive(Debug)]
pub struct Decoder {
    limits: Limits,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Here,
    Child { program: PathBuf, idle: Mutex<Vec<Worker>> },
}

impl Decoder {
    /// A decoder whose work is done by `program` started with [`CHILD_ARGUMENT`]; usually the running executable.
    /// Children are started on demand, one per thread that decodes, and end with the decoder.
    pub fn in_child(program: PathBuf) -> Self {
        Self { limits: Limits::default(), place: Place::Child { program, idle: Mutex::default() } }
    }

    /// A decoder without a process around it: for files we made ourselves, and for tests.
    pub fn in_process() -> Self {
        Self { limits: Limits::default(), place: Place::Here }
    }

    /// The same decoder with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits: Limits { side: limits.side.min(MAX_SIDE), ..limits }, ..self }
    }

    /// The limits in force.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Decodes bytes whose file name ended in `extension`; with `expect`, only at exactly that size.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn decode(&self, bytes: &[u8], extension: &str, expect: Option<Size>) -> Result<Picture, Problem> {
        let length = bytes.len() as u64;
        if length > self.limits.file_bytes {
            return Err(Problem::FileTooLarge { bytes: length, limit: self.limits.file_bytes });
        }
        match &self.place {
            Place::Here => panic::catch_unwind(AssertUnwindSafe(|| {
                decode_limited(bytes, extension, &self.limits, expect)
            }))
            .unwrap_or_else(|_| Err(Problem::DecoderDied { how: "it panicked".to_owned() })),
            Place::Child { program, idle } => {
                let idle = || idle.lock().unwrap_or_else(PoisonError::into_inner);
                let ready = idle().pop();
                let mut worker = match ready {
                    Some(worker) => worker,
                    None => Worker::start(program, &self.limits)
                        .map_err(|error| Problem::DecoderMissing { reason: error.to_string() })?,
                };
                let answer = worker.decode(bytes, extension, &self.limits, expect)?;
                if !worker.is_spent() {
                    idle().push(worker);
                }
                answer
            }
        }
    }

    /// Reads and decodes a file.
    ///
    /// # Errors
    /// [`ArtError::Picture`] naming the file and what is wrong with it.
    pub fn decode_file(&self, path: &Path, expect: Option<Size>) -> Result<Picture, ArtError> {
        let file = self.read(path).map_err(|problem| problem.at(path))?;
        self.decode(&file.bytes, &file.extension, expect).map_err(|problem| problem.at(path))
    }

    /// Reads a file within the limits, and hashes exactly what was read.
    pub(crate) fn read(&self, path: &Path) -> Result<SourceFile, Problem> {
        let unreadable = |error: &io::Error| match error.kind() {
            io::ErrorKind::NotFound => Problem::Missing,
            _ => Problem::Unreadable { reason: error.to_string() },
        };
        // Asked before opening: opening a named pipe would wait for its other end.
        let metadata = path.metadata().map_err(|error| unreadable(&error))?;
        if !metadata.is_file() {
            return Err(Problem::Unreadable { reason: "it is not a file".to_owned() });
        }
        let limit = self.limits.file_bytes;
        if metadata.len() > limit {
            return Err(Problem::FileTooLarge { bytes: metadata.len(), limit });
        }
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut bytes = Vec::new();
        // One byte more than allowed: a file may grow after it was measured.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        Ok(SourceFile { sha256: Sha256::digest(&bytes).into(), bytes, extension })
    }
}

/// A file as it was read once.
pub(crate) struct SourceFile {
    pub bytes: Vec<u8>,
    pub sha256: [u8; 32],
    pub extension: String,
}
