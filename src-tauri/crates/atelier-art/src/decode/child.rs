//! The child's side: confine this process, then answer until the parent is gone.

use std::io::{self, Write};
use std::process::ExitCode;

use super::still::decode_limited;
use super::wire::{self, Answer, Request};
use super::{Limits, Size};
use crate::error::Problem;

/// How many files one child decodes before it is replaced.
pub(super) const FILES_PER_CHILD: u32 = 64;

/// The whole life of a decoding child. A binary calls this, and nothing before it, when its first argument is
/// [`super::CHILD_ARGUMENT`]; the two arguments after it are the memory limit in bytes and the time limit per file in
/// seconds.
///
/// The process first gives up what decoding does not need: memory beyond the limit, processor time beyond the limit,
/// core dumps, and (on Linux) opening or writing any file.
pub fn child_main() -> ExitCode {
    let mut numbers = std::env::args().skip(2).map(|text| text.parse::<u64>());
    let (Some(Ok(memory_bytes)), Some(Ok(seconds))) = (numbers.next(), numbers.next()) else {
        return ExitCode::from(64);
    };
    if confine(memory_bytes, seconds).is_err() {
        return ExitCode::from(71);
    }
    match serve(memory_bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(74),
    }
}

fn serve(memory_bytes: u64) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    while let Some(request) = wire::read_head::<Request>(&mut input)? {
        let Request { extension, limits, expect, length } = request;
        if length > limits.file_bytes {
            let refusal = Problem::FileTooLarge { bytes: length, limit: limits.file_bytes };
            wire::write(&mut output, &Answer::Refused(refusal), &[])?;
            return output.flush();
        }
        let limits = Limits { memory_bytes: limits.memory_bytes.min(memory_bytes), ..limits };
        let bytes = wire::read_body(&mut input, length)?;
        match decode_limited(&bytes, &extension, &limits, expect) {
            Ok(picture) => {
                let size = Size { width: picture.width(), height: picture.height() };
                wire::write(&mut output, &Answer::Picture(size), picture.rgba())?;
            }
            Err(problem) => wire::write(&mut output, &Answer::Refused(problem), &[])?,
        }
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn confine(memory_bytes: u64, seconds: u64) -> io::Result<()> {
    use rlimit::Resource;

    // The limit counts what the loader has mapped already, which for a binary with a webview is a lot.
    let status = std::fs::read_to_string("/proc/self/status")?;
    let mapped = status
        .lines()
        .find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok())
        .ok_or_else(|| io::Error::other("no VmSize in /proc/self/status"))?;
    let space = mapped.saturating_mul(1024).saturating_add(memory_bytes);
    Resource::AS.set(space, space)?;
    let time = cpu_seconds(seconds);
    Resource::CPU.set(time, time)?;
    Resource::CORE.set(0, 0)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::NOFILE.set(3, 3)
}

/// Elsewhere the kernel does not bound address space; the decoder's own limits, the parent's clock and these remain.
#[cfg(all(unix, not(target_os = "linux")))]
fn confine(_memory_bytes: u64, seconds: u64) -> io::Result<()> {
    use rlimit::Resource;

    let time = cpu_seconds(seconds);
    Resource::CPU.set(time, time)?;
    Resource::CORE.set(0, 0)
}

#[cfg(not(unix))]
fn confine(_memory_bytes: u64, _seconds: u64) -> io::Result<()> {
    Ok(())
}

/// The parent's clock stops one slow file; this ends a child whose parent died.
#[cfg(unix)]
fn cpu_seconds(seconds: u64) -> u64 {
    seconds.saturating_mul(u64::from(FILES_PER_CHILD)).max(1)
}
