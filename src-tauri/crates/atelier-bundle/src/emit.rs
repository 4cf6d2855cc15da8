//! The one order in which blocks go into an archive, shared by building and verifying.
//!
//! Folder nodes first, root leading; then the files by name, each with its blocks as the tree is built. A
//! reader that streams the archive can resolve names before content arrives, and verifying is simply writing
//! again into a sink that compares.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use cid::Cid;
use sha2::{Digest, Sha256};

use crate::car::CarWriter;
use crate::error::BundleError;
use crate::files;
use crate::unixfs::{self, Block};

/// What goes into one archive.
pub(crate) struct Packing<'a> {
    pub(crate) root: Cid,
    pub(crate) nodes: &'a [Block],
    pub(crate) files: Vec<PackedFile<'a>>,
}

/// One file of an archive.
pub(crate) struct PackedFile<'a> {
    /// Where it is read from; the name is used in errors.
    pub(crate) path: PathBuf,
    /// Its bytes, when they are not on disk yet.
    pub(crate) bytes: Option<Cow<'a, [u8]>>,
    /// The identifier it had when it was hashed.
    pub(crate) cid: Cid,
}

/// Writes the archive and answers with the writer and the position at which each file starts.
pub(crate) fn emit<W: Write + Send + Unpin>(
    out: W,
    car: &Path,
    packing: &Packing<'_>,
    mut each: impl FnMut() -> Result<(), BundleError>,
) -> Result<(W, Vec<u64>), BundleError> {
    let mut writer = CarWriter::new(out, car, packing.root)?;
    for node in packing.nodes {
        writer.block(node.cid, &node.bytes)?;
    }
    let mut starts = Vec::with_capacity(packing.files.len());
    for file in &packing.files {
        each()?;
        starts.push(writer.position());
        let mut put = |cid, block: &[u8]| writer.block(cid, block);
        let facts = match &file.bytes {
            Some(bytes) => unixfs::add_file(&mut &**bytes, &file.path, &mut put)?,
            None => unixfs::add_file(&mut files::open_plain(&file.path)?, &file.path, &mut put)?,
        };
        if facts.cid != file.cid {
            return Err(BundleError::FileChanged { path: file.path.clone() });
        }
    }
    Ok((writer.finish()?, starts))
}

/// Counts and hashes what passes through.
pub(crate) struct Hashing<W> {
    inner: W,
    hasher: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, hasher: Sha256::new(), bytes: 0 }
    }

    /// The writer, the length and the SHA-256.
    pub(crate) fn finish(self) -> (W, u64, [u8; 32]) {
        (self.inner, self.bytes, self.hasher.finalize().into())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A sink that compares what is written with what is in a file.
pub(crate) struct Comparing<R> {
    actual: R,
    buffer: Vec<u8>,
    position: u64,
    hasher: Sha256,
    first_difference: Option<u64>,
}

impl<R: Read> Comparing<R> {
    pub(crate) fn new(actual: R) -> Self {
        Self { actual, buffer: Vec::new(), position: 0, hasher: Sha256::new(), first_difference: None }
    }

    /// The first differing offset if any, the file's length and its SHA-256. Reads the file to its end.
    pub(crate) fn finish(mut self) -> io::Result<(Option<u64>, u64, [u8; 32])> {
        let expected_end = self.position;
        let mut rest = vec![0; 1 << 16];
        loop {
            let count = self.actual.read(&mut rest)?;
            if count == 0 {
                break;
            }
            self.first_difference.get_or_insert(expected_end);
            self.hasher.update(&rest[..count]);
            self.position += count as u64;
        }
        Ok((self.first_difference, self.position, self.hasher.finalize().into()))
    }
}

impl<R: Read> Write for Comparing<R> {
    fn write(&mut self, expected: &[u8]) -> io::Result<usize> {
        self.buffer.clear();
        (&mut self.actual).take(expected.len() as u64).read_to_end(&mut self.buffer)?;
        self.hasher.update(&self.buffer);
        if self.first_difference.is_none() {
            let same = self.buffer.iter().zip(expected).take_while(|(a, b)| a == b).count();
            if same < expected.len() {
                self.first_difference = Some(self.position + same as u64);
            }
        }
        self.position += self.buffer.len() as u64;
        Ok(expected.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
