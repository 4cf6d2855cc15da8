//! Starts the Atelier window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    // The same binary decodes untrusted pictures in a limited child process; that child never opens a window.
    if std::env::args().nth(1).as_deref() == Some("__decode") {
        return atelier_studio::decode_child();
    }
    match atelier_window::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
