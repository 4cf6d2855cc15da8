//! What parent and child say to each other over the child's standard input and output.
//!
//! A message is a little-endian u32, that many bytes of JSON (at most 64 KiB), and a body whose length the JSON tells:
//! the file's bytes on the way in, the RGBA pixels on the way out. The parent sends the *bytes* and not a path: what
//! was hashed is then exactly what is decoded, any file name works, and the child needs no file of its own.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Limits, Size};
use crate::error::Problem;

const MAX_HEAD: u32 = 64 * 1024;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub extension: String,
    pub limits: Limits,
    pub expect: Option<Size>,
    /// Bytes that follow.
    pub length: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// `width * height * 4` bytes follow.
    Picture(Size),
    /// Nothing follows.
    Refused(Problem),
}

pub(super) fn write(to: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = u32::try_from(head.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&head)?;
    to.write_all(body)?;
    to.flush()
}

/// The next head, or `None` where the other side has ended between messages.
pub(super) fn read_head<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read(&mut length[..1])? {
        0 => return Ok(None),
        _ => from.read_exact(&mut length[1..])?,
    }
    let length = u32::from_le_bytes(length);
    if length > MAX_HEAD {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the message head is too long"));
    }
    let mut head = vec![0; length as usize];
    from.read_exact(&mut head)?;
    Ok(Some(serde_json::from_slice(&head)?))
}

pub(super) fn read_body(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut body = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    from.read_exact(&mut body)?;
    Ok(body)
}
