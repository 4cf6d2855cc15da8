//! Files appear under their final name complete, or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use tempfile::{NamedTempFile, TempDir};

use crate::error::BundleError;

/// How everything unfinished is called.
pub(crate) const PREFIX: &str = ".atelier-";

/// Names for things being prepared. A bundle is meant to be handed on, so they get the permissions any file
/// of the user gets, not the private ones of temporary files.
pub(crate) fn hidden() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// As [`hidden`], for a folder.
pub(crate) fn hidden_folder(parent: &Path) -> Result<TempDir, BundleError> {
    let mut builder = hidden();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent).map_err(BundleError::io("create a folder in", parent))
}

/// A file being written beside its destination. Dropping it unfinished removes it.
pub(crate) struct Pending {
    file: BufWriter<NamedTempFile>,
}

impl Pending {
    /// Opens a hidden temporary file in `folder`, so that the later rename stays on one file system.
    pub(crate) fn create(folder: &Path) -> Result<Self, BundleError> {
        let file = hidden().tempfile_in(folder).map_err(BundleError::io("create a file in", folder))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 20, file) })
    }

    /// Puts the bytes on the disk and the file under its name, replacing what was there.
    pub(crate) fn publish(self, path: &Path) -> Result<(), BundleError> {
        let file = self.file.into_inner().map_err(|e| BundleError::io("write", path)(e.into_error()))?;
        file.as_file().sync_all().map_err(BundleError::io("write", path))?;
        file.persist(path).map_err(|e| BundleError::io("write", path)(e.error))?;
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes a whole small file by the same rule.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), BundleError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut pending = Pending::create(folder)?;
    pending.write_all(bytes).map_err(BundleError::io("write", path))?;
    pending.publish(path)
}

/// Opens a file for reading, refusing links and everything else that is not a plain file.
pub(crate) fn open_plain(path: &Path) -> Result<File, BundleError> {
    let meta = fs::symlink_metadata(path).map_err(BundleError::io("read", path))?;
    if !meta.is_file() {
        let source = std::io::Error::new(std::io::ErrorKind::InvalidInput, "this is not a plain file");
        return Err(BundleError::Io { action: "read", path: path.to_path_buf(), source });
    }
    File::open(path).map_err(BundleError::io("read", path))
}

/// Reads a small file, at most `limit` bytes of it.
pub(crate) fn read_small(path: &Path, limit: u64) -> Result<Vec<u8>, BundleError> {
    use std::io::Read;
    let mut bytes = Vec::new();
    open_plain(path)?.take(limit + 1).read_to_end(&mut bytes).map_err(BundleError::io("read", path))?;
    if bytes.len() as u64 > limit {
        let source =
            std::io::Error::new(std::io::ErrorKind::FileTooLarge, format!("it is larger than {limit} bytes"));
        return Err(BundleError::Io { action: "read", path: path.to_path_buf(), source });
    }
    Ok(bytes)
}
