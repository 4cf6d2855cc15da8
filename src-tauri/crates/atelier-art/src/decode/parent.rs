//! The parent's side: a few children kept warm, each watched by a clock.

use std::io;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::child::FILES_PER_CHILD;
use super::wire::{self, Answer, Request};
use super::{CHILD_ARGUMENT, Limits, Size};
use crate::error::Problem;
use crate::picture::{Picture, byte_length};

/// One running child. Dropping it ends the process.
#[derive(Debug)]
pub(super) struct Worker {
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: ChildStdout,
    served: u32,
}

impl Worker {
    pub(super) fn start(program: &Path, limits: &Limits) -> io::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg(CHILD_ARGUMENT)
            .arg(limits.memory_bytes.to_string())
            .arg(limits.seconds.to_string())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        // Secrets may stand in our environment; the loader's own variables are all a child needs.
        for name in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the child has no pipes"));
        };
        Ok(Self { child: Arc::new(Mutex::new(child)), input, output, served: 0 })
    }

    pub(super) fn is_spent(&self) -> bool {
        self.served >= FILES_PER_CHILD
    }

    /// Decodes one file. The outer error means that the child is no longer usable.
    pub(super) fn decode(
        &mut self,
        bytes: &[u8],
        extension: &str,
        limits: &Limits,
        expect: Option<Size>,
    ) -> Result<Result<Picture, Problem>, Problem> {
        self.served += 1;
        let (finished, clock) = mpsc::channel::<()>();
        let child = Arc::clone(&self.child);
        let patience = Duration::from_secs(limits.seconds);
        let watch = thread::spawn(move || match clock.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => {
                // An error means that it has ended by itself.
                let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
                true
            }
            Ok(()) | Err(RecvTimeoutError::Disconnected) => false,
        });
        let answer = self.converse(bytes, extension, limits, expect);
        drop(finished);
        let timed_out = watch.join().unwrap_or(false);
        match answer {
            Ok(answer) => Ok(answer),
            Err(_) if timed_out => Err(Problem::TimedOut { seconds: limits.seconds }),
            Err(error) => Err(self.autopsy(&error, limits)),
        }
    }

    fn converse(
        &mut self,
        bytes: &[u8],
        extension: &str,
        limits: &Limits,
        expect: Option<Size>,
    ) -> io::Result<Result<Picture, Problem>> {
        let request =
            Request { extension: extension.to_owned(), limits: *limits, expect, length: bytes.len() as u64 };
        wire::write(&mut self.input, &request, bytes)?;
        match wire::read_head(&mut self.output)? {
            None => Err(io::ErrorKind::UnexpectedEof.into()),
            Some(Answer::Refused(problem)) => Ok(Err(problem)),
            Some(Answer::Picture(size)) => {
                // The child has read hostile bytes: what it says is checked like any other input.
                let Size { width, height } = size;
                if width > limits.side || height > limits.side || expect.is_some_and(|wanted| wanted != size)
                {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                let rgba = wire::read_body(&mut self.output, byte_length(width, height) as u64)?;
                Picture::new(width, height, rgba).map(Ok).map_err(io::Error::other)
            }
        }
    }

    fn autopsy(&self, error: &io::Error, limits: &Limits) -> Problem {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        if error.kind() == io::ErrorKind::InvalidData {
            return Problem::DecoderDied { how: "it answered nonsense".to_owned() };
        }
        let _ = child.kill();
        match child.wait() {
            Ok(status) => explain(status, limits),
            Err(error) => Problem::DecoderDied { how: error.to_string() },
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[cfg(unix)]
fn explain(status: ExitStatus, limits: &Limits) -> Problem {
    use std::os::unix::process::ExitStatusExt;

    /// Rust aborts when an allocation fails.
    const SIGABRT: i32 = 6;
    const SIGXCPU: i32 = 24;
    match status.signal() {
        Some(SIGABRT) => Problem::OutOfMemory { limit: limits.memory_bytes },
        Some(SIGXCPU) => Problem::TimedOut { seconds: limits.seconds },
        _ => Problem::DecoderDied { how: status.to_string() },
    }
}

#[cfg(not(unix))]
fn explain(status: ExitStatus, _limits: &Limits) -> Problem {
    Problem::DecoderDied { how: status.to_string() }
}
