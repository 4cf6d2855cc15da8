//! What a running render has finished, appended record by record: `render.journal`.
//!
//! A record is written after its picture has its final name, in one write. Killing the process loses at most the
//! record being written; the picture is then made again. A record is
//! ```text
//! "ATJ1", u32 id, 32 bytes key, 32 bytes SHA-256 of the picture, u64 its length,
//! u32 and u32 lengths of the two thumbnails, the 16 × 16 cell, the two thumbnails,
//! u32 CRC-32 of all that
//! ```
//! little-endian. The last record of a token counts. The journal ends with the render, in `render.json` and
//! `thumbs.pack`.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use libdeflater::crc32;

use crate::error::ArtError;
use crate::files::read_at;
use crate::thumbs::{CELL_BYTES, Thumbs};

pub(crate) const NAME: &str = "render.journal";
const MAGIC: &[u8; 4] = b"ATJ1";
const HEAD: usize = 88;
/// No thumbnail comes near this; a damaged length must not cost memory.
const MAX_THUMB: u32 = 4 << 20;

/// A record, without its pictures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub id: u32,
    pub key: [u8; 32],
    pub sha256: [u8; 32],
    pub bytes: u64,
    /// Where the record begins.
    pub at: u64,
    small: u32,
    large: u32,
}

impl Entry {
    fn length(&self) -> usize {
        HEAD + CELL_BYTES + self.small as usize + self.large as usize + 4
    }
}

/// How closely a scan looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// Only that records follow one another. Their checksum is looked at when one is read.
    Frames,
    /// Every checksum.
    All,
}

#[derive(Debug)]
pub(crate) struct Scan {
    /// The last record of each token.
    pub entries: BTreeMap<u32, Entry>,
    /// Length of the sound part.
    pub sound: u64,
}

/// Reads records until the first that is not sound.
pub(crate) fn scan(file: &File, check: Check) -> io::Result<Scan> {
    let end = file.metadata()?.len();
    let mut scan = Scan { entries: BTreeMap::new(), sound: 0 };
    while scan.sound + HEAD as u64 <= end {
        let at = scan.sound;
        let Some(entry) = parse(&read_at(file, at, HEAD)?, at) else { break };
        let length = entry.length();
        if at + length as u64 > end || (check == Check::All && !is_sound(&read_at(file, at, length)?)) {
            break;
        }
        scan.entries.insert(entry.id, entry);
        scan.sound += length as u64;
    }
    Ok(scan)
}

/// The pictures of a record.
pub(crate) fn read(file: &File, entry: &Entry, path: &Path) -> Result<Thumbs, ArtError> {
    let record =
        read_at(file, entry.at, entry.length()).map_err(|error| ArtError::io("read", path, error))?;
    if !is_sound(&record) {
        let reason = "a record does not match its checksum";
        return Err(ArtError::PackDamaged { path: path.to_owned(), reason });
    }
    let (cell, rest) = record[HEAD..record.len() - 4].split_at(CELL_BYTES);
    let (small, large) = rest.split_at(entry.small as usize);
    Ok(Thumbs { cell: cell.to_vec(), small: small.to_vec(), large: large.to_vec() })
}

fn parse(head: &[u8], at: u64) -> Option<Entry> {
    let (magic, rest) = head.split_first_chunk::<4>()?;
    let (id, rest) = rest.split_first_chunk::<4>()?;
    let (key, rest) = rest.split_first_chunk::<32>()?;
    let (sha256, rest) = rest.split_first_chunk::<32>()?;
    let (bytes, rest) = rest.split_first_chunk::<8>()?;
    let (small, rest) = rest.split_first_chunk::<4>()?;
    let large = rest.first_chunk::<4>()?;
    let entry = Entry {
        id: u32::from_le_bytes(*id),
        key: *key,
        sha256: *sha256,
        bytes: u64::from_le_bytes(*bytes),
        at,
        small: u32::from_le_bytes(*small),
        large: u32::from_le_bytes(*large),
    };
    (magic == MAGIC && entry.small <= MAX_THUMB && entry.large <= MAX_THUMB).then_some(entry)
}

fn is_sound(record: &[u8]) -> bool {
    record.split_last_chunk::<4>().is_some_and(|(body, sum)| crc32(body) == u32::from_le_bytes(*sum))
}

/// The journal of one render, open for appending.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: Mutex<File>,
}

impl Journal {
    /// Opens or creates it, cuts off an unsound end and returns what it holds.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Scan), ArtError> {
        let path = folder.join(NAME);
        let open = || -> io::Result<(File, Scan)> {
            let file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
            let scan = scan(&file, Check::All)?;
            if file.metadata()?.len() > scan.sound {
                file.set_len(scan.sound)?;
            }
            Ok((file, scan))
        };
        let (file, scan) = open().map_err(|error| ArtError::io("open", &path, error))?;
        Ok((Self { file: Mutex::new(file), path }, scan))
    }

    /// Appends a record.
    pub(crate) fn append(
        &self,
        id: u32,
        key: &[u8; 32],
        sha256: &[u8; 32],
        bytes: u64,
        thumbs: &Thumbs,
    ) -> Result<(), ArtError> {
        let Thumbs { cell, small, large } = thumbs;
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).map_err(ArtError::codec);
        let mut record = Vec::with_capacity(HEAD + CELL_BYTES + small.len() + large.len() + 4);
        record.extend_from_slice(MAGIC);
        record.extend_from_slice(&id.to_le_bytes());
        record.extend_from_slice(key);
        record.extend_from_slice(sha256);
        record.extend_from_slice(&bytes.to_le_bytes());
        record.extend_from_slice(&length(small)?.to_le_bytes());
        record.extend_from_slice(&length(large)?.to_le_bytes());
        record.extend_from_slice(cell);
        record.extend_from_slice(small);
        record.extend_from_slice(large);
        let checksum = crc32(&record);
        record.extend_from_slice(&checksum.to_le_bytes());
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let before = file.metadata().map_err(|error| ArtError::io("write", &self.path, error))?.len();
        file.write_all(&record).map_err(|error| {
            // Half a record would hide those after it; if it cannot be cut off now, the next run cuts it off.
            let _ = file.set_len(before);
            ArtError::io("write", &self.path, error)
        })
    }

    /// Removes the journal, once everything in it is elsewhere.
    pub(crate) fn remove(self) -> Result<(), ArtError> {
        drop(self.file);
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(ArtError::io("remove", &self.path, error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}
