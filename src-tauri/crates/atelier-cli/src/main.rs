//! The `atelier` command line: every step without a window.
//!
//! It parses, calls the studio's commands, and presents. `--json` prints one document on stdout, progress goes to
//! stderr as JSON lines; exit codes are 0 done, 1 a check found something wrong, 2 usage or configuration,
//! 3 refused by policy or by the user, 4 an outside service failed, 5 interrupted and resumable, 70 our fault.
mod arguments;
#[cfg(feature = "bridge")]
mod bridge;
mod present;
mod run;
mod wait;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    // The same binary decodes untrusted pictures in a limited child process.
    if std::env::args().nth(1).as_deref() == Some("__decode") {
        return atelier_studio::decode_child();
    }
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe is no reason to fail while printing help.
            error.print().ok();
            return ExitCode::from(code);
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            present::failure(&present::internal(&error), arguments.json);
            return ExitCode::from(70);
        }
    };
    ExitCode::from(runtime.block_on(run::run(arguments)))
}
