//! Running our programs and reading what they say.
use std::process::{Child, Command, Output, Stdio};

use anyhow::{Context as _, Result};
use serde_json::Value;

/// A program that ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it printed, as JSON; `Null` where it printed nothing.
    pub json: Value,
    /// Its error output.
    pub stderr: String,
}

impl Ended {
    /// The result of a command that must have succeeded.
    ///
    /// # Panics
    /// When it did not.
    pub fn ok(self) -> Value {
        assert_eq!(self.code, Some(0), "the command failed: {}\n{}", self.json, self.stderr);
        self.json
    }

    /// The code of the error a command ended with.
    pub fn error_code(&self) -> Option<String> {
        let line = self.stderr.lines().rev().find(|line| line.contains("\"error\""))?;
        let document: Value = serde_json::from_str(line).ok()?;
        Some(document["error"]["code"].as_str()?.to_owned())
    }
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command) -> Result<Ended> {
    let Output { status, stdout, stderr } =
        command.stdin(Stdio::null()).output().with_context(|| format!("{command:?} could not start"))?;
    let text = String::from_utf8_lossy(&stdout);
    let json = if text.trim().is_empty() {
        Value::Null
    } else {
        serde_json::from_str(text.trim()).unwrap_or(Value::String(text.into_owned()))
    };
    Ok(Ended { code: status.code(), json, stderr: String::from_utf8_lossy(&stderr).into_owned() })
}

/// A program that runs until it is dropped.
#[derive(Debug)]
pub struct Running(Child);

impl Running {
    /// Starts it.
    ///
    /// # Errors
    /// When it cannot start.
    pub fn start(command: &mut Command) -> Result<Self> {
        Ok(Self(
            command.stdin(Stdio::null()).spawn().with_context(|| format!("{command:?} could not start"))?,
        ))
    }

    /// The child itself.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl From<Child> for Running {
    fn from(child: Child) -> Self {
        Self(child)
    }
}
