//! Files written so that a reader never sees half of one, and read at an offset without moving a cursor.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::ArtError;

/// Ends the name of a file that is still being written; it also begins with a dot.
pub(crate) const PART: &str = ".part";

/// Where a file is written before it takes its name.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}{PART}"))
}

/// Whether the bytes must survive a power cut, or only a killed process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durable {
    /// Flushed to the disk before the name appears.
    Yes,
    /// Checked by hash before it is used again, so the wait is not worth it.
    No,
}

/// Writes a file under a temporary name and renames it.
pub(crate) fn write_then_rename(path: &Path, bytes: &[u8], durable: Durable) -> Result<(), ArtError> {
    let part = part_of(path);
    let write = || -> io::Result<()> {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        if durable == Durable::Yes {
            file.sync_all()?;
        }
        drop(file);
        fs::rename(&part, path)
    };
    write().map_err(|error| {
        // What is left of it is of no use; if it cannot be removed either, the next run does.
        let _ = fs::remove_file(&part);
        ArtError::io("write", path, error)
    })
}

/// Removes what interrupted writes left in a folder.
pub(crate) fn remove_parts(folder: &Path) -> Result<(), ArtError> {
    for entry in fs::read_dir(folder).map_err(|error| ArtError::io("read", folder, error))? {
        let entry = entry.map_err(|error| ArtError::io("read", folder, error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(PART) {
            let path = entry.path();
            fs::remove_file(&path).map_err(|error| ArtError::io("remove", &path, error))?;
        }
    }
    Ok(())
}

/// Reads a whole file, or `None` where there is none.
pub(crate) fn read_optional(path: &Path) -> Result<Option<Vec<u8>>, ArtError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ArtError::io("read", path, error)),
    }
}

/// Opens a file for reading, or `None` where there is none.
pub(crate) fn open_optional(path: &Path) -> Result<Option<File>, ArtError> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ArtError::io("open", path, error)),
    }
}

/// Reads exactly `length` bytes at an offset; threads may share the file.
pub(crate) fn read_at(file: &File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    #[cfg(unix)]
    std::os::unix::fs::FileExt::read_exact_at(file, &mut bytes, offset)?;
    #[cfg(windows)]
    {
        use std::os::windows::fs::FileExt;
        let mut filled = 0;
        while filled < length {
            match file.seek_read(&mut bytes[filled..], offset + filled as u64)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
        }
    }
    Ok(bytes)
}
