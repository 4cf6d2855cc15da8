//! Writing files so that a crash leaves the old one or the new one, never half of one.
use std::io::Write as _;
use std::path::Path;

use crate::error::StudioError;

/// Writes a whole file: to a temporary beside it, to the disk, then in its place.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), StudioError> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let lift = |error| StudioError::file(path, "written")(error);
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(lift)?;
    file.write_all(bytes).map_err(lift)?;
    file.as_file().sync_all().map_err(lift)?;
    file.persist(path).map_err(|error| lift(error.error))?;
    Ok(())
}

/// Reads a whole text file.
pub(crate) fn read_text(path: &Path) -> Result<String, StudioError> {
    std::fs::read_to_string(path).map_err(StudioError::file(path, "read"))
}

/// Copies a folder. Links are not followed: an imported tree must not reach beyond itself.
pub(crate) fn copy_tree(from: &Path, to: &Path) -> Result<(), StudioError> {
    std::fs::create_dir_all(to).map_err(StudioError::file(to, "made"))?;
    for entry in std::fs::read_dir(from).map_err(StudioError::file(from, "read"))? {
        let entry = entry.map_err(StudioError::file(from, "read"))?;
        let kind = entry.file_type().map_err(StudioError::file(from, "read"))?;
        let target = to.join(entry.file_name());
        if kind.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), &target).map_err(StudioError::file(&target, "written"))?;
        }
    }
    Ok(())
}

/// Every file below a folder, as `/`-joined relative paths in byte order.
pub(crate) fn listing(root: &Path) -> Result<Vec<String>, StudioError> {
    fn walk(dir: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), StudioError> {
        for entry in std::fs::read_dir(dir).map_err(StudioError::file(dir, "read"))? {
            let entry = entry.map_err(StudioError::file(dir, "read"))?;
            let kind = entry.file_type().map_err(StudioError::file(dir, "read"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if kind.is_dir() {
                walk(&entry.path(), &path, found)?;
            } else if kind.is_file() {
                found.push(path);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(root, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// True where a folder is missing or empty.
pub(crate) fn is_free(dir: &Path) -> bool {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}
