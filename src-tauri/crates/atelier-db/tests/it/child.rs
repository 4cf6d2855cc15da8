//! Tests that need a second process start this very binary again, with one test and its part in a variable.

use std::path::Path;
use std::process::Command;

const PART: &str = "ATELIER_DB_TEST_FOLDER";

/// The folder to work on, when this process was started by another test.
pub(crate) fn folder() -> Option<std::path::PathBuf> {
    std::env::var_os(PART).map(Into::into)
}

/// This binary, about to run `test` on `folder`.
pub(crate) fn run(test: &str, folder: &Path) -> Command {
    run_copy(&std::env::current_exe().unwrap(), test, folder)
}

/// The same for a copy of this binary.
pub(crate) fn run_copy(binary: &Path, test: &str, folder: &Path) -> Command {
    let mut command = Command::new(binary);
    command.args(["--exact", test, "--nocapture"]).env(PART, folder);
    command
}
