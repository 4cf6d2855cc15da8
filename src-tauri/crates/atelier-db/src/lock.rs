use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::DbError;

/// Held while a project is open. The operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct ProjectLock {
    held: File,
    pid: PathBuf,
}

impl ProjectLock {
    /// Takes the lock of a project folder, making `.atelier/` when it is not there.
    ///
    /// # Errors
    /// [`DbError::ProjectOpen`] naming the process that has it; [`DbError::ReadOnly`], [`DbError::DiskFull`].
    pub fn acquire(project: &Path) -> Result<Self, DbError> {
        let folder = project.join(crate::FOLDER);
        std::fs::create_dir_all(&folder).map_err(|source| DbError::io(&folder, "made", source))?;
        let file = folder.join("lock");
        let held = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&file)
            .map_err(|source| DbError::io(&file, "opened", source))?;
        // The process id has a file of its own: where locks are mandatory, nobody else can read a locked one.
        let pid = folder.join("lock.pid");
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = std::fs::read_to_string(&pid).ok().and_then(|text| text.trim().parse().ok());
                return Err(DbError::ProjectOpen { dir: project.to_owned(), pid: holder });
            }
            Err(TryLockError::Error(source)) => return Err(DbError::io(&file, "locked", source)),
        }
        std::fs::write(&pid, std::process::id().to_string())
            .map_err(|source| DbError::io(&pid, "written", source))?;
        Ok(Self { held, pid })
    }
}

impl Drop for ProjectLock {
    /// Leaves no stale process id behind, then lets go. A failure here changes nothing: closing the file
    /// releases the lock in any case.
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.pid).and_then(|()| self.held.unlock()) {
            tracing::debug!(%error, "the project lock is released by closing it");
        }
    }
}
