use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Why pictures could not be read, made or stored.
#[derive(Debug, thiserror::Error)]
pub enum ArtError {
    /// One picture file is not usable.
    #[error("{}: {problem}", path.display())]
    Picture {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and what to do.
        problem: Problem,
    },
    /// A folder or file name of a trait leads out of the layers folder.
    #[error(
        "the trait file {name:?} leads out of the layers folder; use plain names without \"..\" or a leading slash"
    )]
    OutsideLayers {
        /// The name as written.
        name: String,
    },
    /// The canvas is empty or larger than any picture may be.
    #[error("a canvas of {width} × {height} pixels is not possible; both sides must be 1 to {limit}")]
    Canvas {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
        /// Longest side allowed.
        limit: u32,
    },
    /// A token wears something the layers do not have.
    #[error("a token asks for trait {pick:?} of layer {layer}, which is not there; plan the drop again")]
    UnknownPick {
        /// Layer, counted from 0 at the bottom.
        layer: usize,
        /// The trait's index, or `None` when the whole layer is missing.
        pick: Option<u16>,
    },
    /// The folder cannot be written.
    #[error("cannot write {}: the folder or disk is read-only; choose another folder or change its permissions", path.display())]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// The disk is full. Finished pictures are kept.
    #[error("the disk is full while writing {}; free some space and continue, finished pictures are kept", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// Any other refusal of the operating system.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was being done, as a verb.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's own reason.
        source: io::Error,
    },
    /// The list of finished pictures was written by a newer version.
    #[error("{} was written by a newer version (schema {schema}); update the app, or delete the file to render everything again", path.display())]
    RecordNewer {
        /// The list.
        path: PathBuf,
        /// Its schema number.
        schema: u32,
    },
    /// The thumbnail pack does not hold what it says.
    #[error("the thumbnails in {} are damaged ({reason}); render again to rebuild them", path.display())]
    PackDamaged {
        /// The pack.
        path: PathBuf,
        /// What does not fit.
        reason: &'static str,
    },
    /// An encoder or resizer refused. It can only be given pictures this crate made, so this is our mistake.
    #[error("cannot make a picture: {reason}")]
    Codec {
        /// The library's reason.
        reason: String,
    },
    /// The caller asked to stop. Finished pictures are kept and are not rendered again.
    #[error("stopped after {done} of {total} pictures")]
    Cancelled {
        /// Pictures finished, including those of an earlier run.
        done: usize,
        /// Pictures asked for.
        total: usize,
    },
}

impl ArtError {
    /// A stable code for people, scripts and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Picture { problem, .. } => problem.code(),
            Self::OutsideLayers { .. } => "ART-OUTSIDE-LAYERS",
            Self::Canvas { .. } => "ART-CANVAS",
            Self::UnknownPick { .. } => "ART-UNKNOWN-PICK",
            Self::ReadOnly { .. } => "ART-READ-ONLY",
            Self::DiskFull { .. } => "ART-DISK-FULL",
            Self::Io { .. } => "ART-IO",
            Self::RecordNewer { .. } => "ART-RECORD-NEWER",
            Self::PackDamaged { .. } => "ART-PACK-DAMAGED",
            Self::Codec { .. } => "ART-CODEC",
            Self::Cancelled { .. } => "ART-CANCELLED",
        }
    }

    /// Sorts an operating system's refusal into what a person can act on.
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Io { action, path, source },
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
    pub(crate) fn codec(reason: impl ToString) -> Self {
        Self::Codec { reason: reason.to_string() }
    }
}

/// What is wrong with one picture file. Crosses from the decoding child to its parent, hence serde.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Problem {
    /// There is no such file.
    #[error("the file is missing; put it back or take the trait out")]
    Missing,
    /// The system does not let us read it.
    #[error("the file cannot be read ({reason}); check its permissions")]
    Unreadable {
        /// The system's reason.
        reason: String,
    },
    /// The file has no bytes.
    #[error("the file is empty; export it again")]
    Empty,
    /// The file ends too early.
    #[error("the picture is cut off before its end; copy or export it again")]
    Truncated,
    /// The contents contradict themselves.
    #[error("the picture is damaged ({reason}); export it again")]
    Damaged {
        /// The decoder's reason.
        reason: String,
    },
    /// More bytes than are read at all.
    #[error("the file has {bytes} bytes, more than the {limit} allowed; export it smaller")]
    FileTooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// More pixels than are decoded at all. Nothing was decoded.
    #[error(
        "the picture is {width} × {height} pixels, more than {limit} on a side; scale it down to the canvas"
    )]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Longest side allowed.
        limit: u32,
    },
    /// Decoding asked for more memory than is allowed.
    #[error(
        "decoding needs more than the {limit} bytes of memory allowed; export it again with plain settings"
    )]
    OutOfMemory {
        /// The limit in bytes.
        limit: u64,
    },
    /// Not the size of the canvas.
    #[error(
        "the picture is {width} × {height} pixels but the canvas is {expected_width} × {expected_height}; export it at the canvas size"
    )]
    WrongSize {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Width of the canvas.
        expected_width: u32,
        /// Height of the canvas.
        expected_height: u32,
    },
    /// The name says one format, the contents are another.
    #[error(
        "the name ends in {extension:?} but the contents are {found}; rename the file or export it again"
    )]
    Mislabelled {
        /// The name's ending, without the dot, in lower case; may be empty.
        extension: String,
        /// What the contents are.
        found: String,
    },
    /// A format or feature that is not supported.
    #[error("{what} cannot be used here; export it as an 8-bit RGB or RGBA PNG")]
    Unsupported {
        /// The format or feature, as a noun phrase.
        what: String,
    },
    /// An animation where a still picture is expected.
    #[error("this is an animation, and a layer needs a still picture; export one frame as PNG")]
    Animated,
    /// The file changed between two reads.
    #[error("the file changed while it was being read; save it and try again")]
    Changed,
    /// Decoding took too long and was stopped.
    #[error(
        "decoding took longer than {seconds} seconds and was stopped; export it again with plain settings"
    )]
    TimedOut {
        /// The limit in seconds.
        seconds: u64,
    },
    /// The decoder crashed on this file. Nothing else was harmed.
    #[error("the decoder gave up on this file ({how}); export it again with plain settings")]
    DecoderDied {
        /// How it ended.
        how: String,
    },
    /// The decoding process could not be started.
    #[error("the decoding process cannot be started ({reason}); install the app again")]
    DecoderMissing {
        /// The system's reason.
        reason: String,
    },
}

impl Problem {
    /// A stable code for people, scripts and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "ART-MISSING",
            Self::Unreadable { .. } => "ART-UNREADABLE",
            Self::Empty => "ART-EMPTY",
            Self::Truncated => "ART-TRUNCATED",
            Self::Damaged { .. } => "ART-DAMAGED",
            Self::FileTooLarge { .. } => "ART-FILE-TOO-LARGE",
            Self::TooLarge { .. } => "ART-TOO-LARGE",
            Self::OutOfMemory { .. } => "ART-OUT-OF-MEMORY",
            Self::WrongSize { .. } => "ART-WRONG-SIZE",
            Self::Mislabelled { .. } => "ART-MISLABELLED",
            Self::Unsupported { .. } => "ART-UNSUPPORTED",
            Self::Animated => "ART-ANIMATED",
            Self::Changed => "ART-CHANGED",
            Self::TimedOut { .. } => "ART-TIMED-OUT",
            Self::DecoderDied { .. } => "ART-DECODER-DIED",
            Self::DecoderMissing { .. } => "ART-DECODER-MISSING",
        }
    }

    /// The problem together with its file.
    pub(crate) fn at(self, path: &Path) -> ArtError {
        ArtError::Picture { path: path.to_owned(), problem: self }
    }
}
