//! The decoding child on its own, without a studio around it. The tests of the protocol run this.

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some(atelier_art::decode::CHILD_ARGUMENT) => atelier_art::decode::child_main(),
        _ => ExitCode::from(64),
    }
}
