//! CARv1 archives: blocks behind a root, as any IPFS node imports them.
//!
//! `iroh-car` does the framing; this module lets plain readers and writers drive it (its traits are
//! asynchronous, ours never wait) and checks every block against its identifier on the way in. A block that
//! occurs twice is written once, so the same content always gives the same bytes.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use cid::Cid;
use futures::FutureExt;
use iroh_car::{CarHeader, CarReader};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::error::BundleError;
use crate::unixfs::{Block, DAG_PB, RAW, SHA2_256};

/// Writes an archive block by block.
pub struct CarWriter<W: Write + Send + Unpin> {
    path: PathBuf,
    inner: iroh_car::CarWriter<Unwaiting<W>>,
    written: HashSet<Cid>,
    position: u64,
}

impl<W: Write + Send + Unpin> CarWriter<W> {
    /// Starts an archive with one root. `path` only appears in errors.
    ///
    /// # Errors
    /// [`BundleError::CarMalformed`] when the header cannot be written.
    pub fn new(out: W, path: &Path, root: Cid) -> Result<Self, BundleError> {
        let mut inner = iroh_car::CarWriter::new(CarHeader::new_v1(vec![root]), Unwaiting(out));
        let position = ready(inner.write_header(), path)? as u64;
        Ok(Self { path: path.to_path_buf(), inner, written: HashSet::new(), position })
    }

    /// Bytes written so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Appends a block unless it is already inside.
    ///
    /// # Errors
    /// [`BundleError::Io`] when writing fails.
    pub fn block(&mut self, cid: Cid, bytes: &[u8]) -> Result<(), BundleError> {
        if self.written.insert(cid) {
            self.position += ready(self.inner.write(cid, bytes), &self.path)? as u64;
        }
        Ok(())
    }

    /// Flushes and gives the writer back.
    ///
    /// # Errors
    /// [`BundleError::Io`] when flushing fails.
    pub fn finish(self) -> Result<W, BundleError> {
        Ok(ready(self.inner.finish(), &self.path)?.0)
    }
}

/// An archive being read. Iterating yields its blocks, each already checked against its identifier; after
/// an error there is nothing more to read.
pub struct CarBlocks<R: Read + Unpin> {
    path: PathBuf,
    inner: CarReader<Unwaiting<R>>,
    failed: bool,
}

impl<R: Read + Unpin> CarBlocks<R> {
    /// Reads the header. `path` only appears in errors.
    ///
    /// # Errors
    /// [`BundleError::CarMalformed`] when this is not a CARv1 archive.
    pub fn open(reader: R, path: &Path) -> Result<Self, BundleError> {
        let inner = ready(CarReader::new(Unwaiting(reader)), path)?;
        Ok(Self { path: path.to_path_buf(), inner, failed: false })
    }

    /// The roots named in the header; never empty.
    pub fn roots(&self) -> &[Cid] {
        self.inner.header().roots()
    }

    fn next_checked(&mut self) -> Result<Option<Block>, BundleError> {
        let Some((cid, bytes)) = ready(self.inner.next_block(), &self.path)? else { return Ok(None) };
        match check_block(&cid, &bytes) {
            Ok(()) => Ok(Some(Block { cid, bytes })),
            Err(reason) => Err(BundleError::CarMalformed {
                path: self.path.clone(),
                reason: format!("block {cid}: {reason}"),
            }),
        }
    }
}

impl<R: Read + Unpin> Iterator for CarBlocks<R> {
    type Item = Result<Block, BundleError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.next_checked();
        self.failed = next.is_err();
        next.transpose()
    }
}

/// Checks that `bytes` hash to `cid` and that the identifier is of the profile's kind.
///
/// # Errors
/// A few words on what is wrong.
pub fn check_block(cid: &Cid, bytes: &[u8]) -> Result<(), &'static str> {
    if cid.hash().code() != SHA2_256 || ![RAW, DAG_PB].contains(&cid.codec()) {
        return Err("not a SHA-256 identifier of a file or folder node");
    }
    if cid.hash().digest() != Sha256::digest(bytes).as_slice() {
        return Err("the content does not hash to its identifier");
    }
    Ok(())
}

/// Runs a future that cannot wait, because what it reads or writes never does.
fn ready<T>(future: impl Future<Output = Result<T, iroh_car::Error>>, path: &Path) -> Result<T, BundleError> {
    match future.now_or_never().expect("the adapter below never returns Pending") {
        Ok(value) => Ok(value),
        Err(iroh_car::Error::Io(source)) => {
            Err(BundleError::Io { action: "read or write", path: path.to_path_buf(), source })
        }
        Err(other) => Err(BundleError::CarMalformed { path: path.to_path_buf(), reason: other.to_string() }),
    }
}

/// A blocking reader or writer in asynchronous clothes.
struct Unwaiting<T>(T);

impl<W: Write + Unpin> AsyncWrite for Unwaiting<W> {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let writer = &mut self.get_mut().0;
        Poll::Ready(retry(|| writer.write(bytes)))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.get_mut().0.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}

impl<R: Read + Unpin> AsyncRead for Unwaiting<R> {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let reader = &mut self.get_mut().0;
        let read = retry(|| reader.read(into.initialize_unfilled()));
        Poll::Ready(read.map(|count| into.advance(count)))
    }
}

/// Repeats an operation a signal interrupted, as `write_all` and `read_exact` of the standard library do.
fn retry(mut operation: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match operation() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
