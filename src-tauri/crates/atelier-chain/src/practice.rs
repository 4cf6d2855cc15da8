//! The practice chain: Anvil on this machine, started and stopped by us.
//!
//! Always on loopback, no mining by the clock, history pruned (an idle node with interval mining has filled
//! disks), no accounts with published keys. `practice.json` in the given folder says which process it is,
//! so that an application that was killed finds its node again: the port answers, and its genesis block is
//! the recorded one. When the node is gone, its last dumped state is started again on the same port.

mod find;
mod record;
mod unlocked;

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use alloy::{
    eips::{BlockId, BlockNumberOrTag},
    primitives::{Address, B256, U256},
    providers::ext::AnvilApi,
};

use crate::{ChainError, Endpoint, Timeouts};
pub use find::find_anvil;
pub use record::PracticeRecord;
pub use unlocked::{fund, mine, send_unlocked};

/// The practice chain's id, as every tool expects it.
pub const CHAIN_ID: u64 = 31_337;

const RECORD: &str = "practice.json";
const STATE: &str = "practice-state.json";
const LOG: &str = "practice.log";

/// A node on this machine answers in milliseconds, or not at all.
const TIMEOUTS: Timeouts = Timeouts { connect: Duration::from_secs(2), call: Duration::from_secs(20) };
/// Tries of 20 ms each for a node to answer after its start, and to end after it was told to.
const TRIES: u32 = 1_500;
const PAUSE: Duration = Duration::from_millis(20);

/// What the practice chain needs to start.
#[derive(Clone, Debug)]
pub struct PracticeSettings {
    /// The Anvil binary ([`find_anvil`]).
    pub anvil: PathBuf,
    /// Where its record, state and log live.
    pub folder: PathBuf,
    /// A port that must be used; `None` takes the recorded one or any free one.
    pub port: Option<u16>,
}

/// How the practice chain came to be running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A new chain.
    Fresh,
    /// The state of an earlier run, started again.
    Restored,
    /// The node of an earlier run was still there.
    Attached,
}

/// A running practice chain. Dropping it stops the node (without waiting); a killed application leaves it
/// running, to be found again.
#[derive(Debug)]
pub struct Practice {
    settings: PracticeSettings,
    record: PracticeRecord,
    endpoint: Endpoint,
    child: Option<Child>,
    origin: Origin,
    stopped: bool,
}

impl Practice {
    /// Attach to the recorded node, or start one (from its dumped state, where there is one).
    pub async fn start(settings: PracticeSettings) -> Result<Self, ChainError> {
        fs::create_dir_all(&settings.folder).map_err(|error| unusable(&settings.folder, &error))?;
        let recorded = PracticeRecord::read(&settings.folder.join(RECORD))?;
        if let Some(record) = &recorded
            && settings.port.is_none_or(|port| port == record.port)
            && let Some(endpoint) = attach(record).await
        {
            tracing::info!(port = record.port, "attached to the running practice chain");
            let (record, origin) = (record.clone(), Origin::Attached);
            return Ok(Self { settings, record, endpoint, child: None, origin, stopped: false });
        }
        let port = match settings.port {
            Some(port) => fixed_port(port)?,
            None => match recorded.as_ref().map(|record| record.port) {
                Some(port) if fixed_port(port).is_ok() => port,
                Some(_) | None => free_port()?,
            },
        };
        let origin = if settings.folder.join(STATE).exists() { Origin::Restored } else { Origin::Fresh };
        let mut child = spawn(&settings, port)?;
        let endpoint = match await_answer(&mut child, &settings, port).await {
            Ok(endpoint) => endpoint,
            Err(error) => {
                end(&mut child);
                return Err(error);
            }
        };
        let genesis_hash = genesis(&endpoint).await?;
        let record = PracticeRecord { pid: child.id(), port, chain_id: CHAIN_ID, genesis_hash };
        record.write(&settings.folder.join(RECORD))?;
        tracing::info!(port, ?origin, "practice chain started");
        Ok(Self { settings, record, endpoint, child: Some(child), origin, stopped: false })
    }

    /// The chain.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Its RPC address.
    #[must_use]
    pub fn url(&self) -> String {
        url(self.record.port)
    }

    /// What `practice.json` says.
    #[must_use]
    pub fn record(&self) -> &PracticeRecord {
        &self.record
    }

    /// How it came to be running.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Give `account` exactly `wei`.
    pub async fn fund(&self, account: Address, wei: U256) -> Result<(), ChainError> {
        fund(&self.endpoint, account, wei).await
    }

    /// Mine `blocks` empty blocks: what makes earlier ones final, and frees a stuck pool.
    pub async fn mine(&self, blocks: u64) -> Result<(), ChainError> {
        mine(&self.endpoint, blocks).await
    }

    /// Stop the node; it writes its state first.
    pub async fn stop(mut self) -> Result<(), ChainError> {
        self.stopped = true;
        terminate(self.record.pid);
        for _ in 0..TRIES {
            let gone = match &mut self.child {
                Some(child) => child.try_wait().ok().flatten().is_some(),
                None => fixed_port(self.record.port).is_ok(),
            };
            if gone {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(ChainError::PracticeDied {
            reason: format!("process {} does not end; its log is {}", self.record.pid, self.log().display()),
        })
    }

    /// Stop the node and forget the chain it kept.
    pub async fn erase(self) -> Result<(), ChainError> {
        let folder = self.settings.folder.clone();
        self.stop().await?;
        for name in [RECORD, STATE, LOG] {
            let path = folder.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(unusable(&path, &error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    fn log(&self) -> PathBuf {
        self.settings.folder.join(LOG)
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        if !self.stopped {
            terminate(self.record.pid);
            if let Some(child) = &mut self.child {
                // Writing the state takes milliseconds; without the wait a zombie would remain.
                let _status = child.wait();
            }
        }
    }
}

/// The recorded node, when it answers and is the recorded chain.
async fn attach(record: &PracticeRecord) -> Option<Endpoint> {
    let endpoint = Endpoint::connect(&url(record.port), record.chain_id, TIMEOUTS).await.ok()?;
    let same_chain = genesis(&endpoint).await.ok()? == record.genesis_hash;
    // Only Anvil answers this: a stranger with the same chain id must not be asked to mint money.
    let anvil = endpoint.provider().anvil_node_info().await.is_ok();
    (same_chain && anvil).then_some(endpoint)
}

async fn genesis(endpoint: &Endpoint) -> Result<B256, ChainError> {
    let block = endpoint.block(BlockId::Number(BlockNumberOrTag::Number(0))).await?;
    block.map(|block| block.header.hash).ok_or_else(|| ChainError::Rubbish {
        endpoint: endpoint.label().to_owned(),
        method: "eth_getBlock",
        reason: "there is no first block".to_owned(),
    })
}

fn spawn(settings: &PracticeSettings, port: u16) -> Result<Child, ChainError> {
    let log = settings.folder.join(LOG);
    let out = File::create(&log).map_err(|error| unusable(&log, &error))?;
    let err = out.try_clone().map_err(|error| unusable(&log, &error))?;
    let mut command = Command::new(&settings.anvil);
    command
        .args(["--host", "127.0.0.1", "--quiet", "--accounts", "0", "--prune-history"])
        // Blocks become final two blocks later instead of sixty-four: the app's finality rules run for real.
        .args(["--slots-in-an-epoch", "1", "--enable-tx-gas-limit", "--state-interval", "5"])
        .arg("--port")
        .arg(port.to_string())
        .arg("--chain-id")
        .arg(CHAIN_ID.to_string())
        .arg("--state")
        .arg(settings.folder.join(STATE))
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err);
    // An own group, so that Ctrl-C in a terminal reaches the application alone, which then stops the node.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            ChainError::AnvilMissing { looked: vec![settings.anvil.clone()] }
        } else {
            unusable(&settings.anvil, &error)
        }
    })
}

async fn await_answer(
    child: &mut Child,
    settings: &PracticeSettings,
    port: u16,
) -> Result<Endpoint, ChainError> {
    for _ in 0..TRIES {
        if let Ok(Some(status)) = child.try_wait() {
            let log = fs::read_to_string(settings.folder.join(LOG)).unwrap_or_default();
            if log.contains("in use") {
                return Err(ChainError::PortInUse { port });
            }
            let tail: Vec<&str> = log.lines().rev().filter(|line| !line.trim().is_empty()).take(3).collect();
            let words = tail.into_iter().rev().collect::<Vec<_>>().join(" ");
            return Err(ChainError::PracticeDied { reason: format!("{status}. {words}") });
        }
        match Endpoint::connect(&url(port), CHAIN_ID, TIMEOUTS).await {
            Ok(endpoint) => return Ok(endpoint),
            Err(wrong @ ChainError::WrongId { .. }) => return Err(wrong),
            Err(_not_yet) => tokio::time::sleep(PAUSE).await,
        }
    }
    Err(ChainError::PracticeDied { reason: "it does not answer".to_owned() })
}

fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn fixed_port(port: u16) -> Result<u16, ChainError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|_| ChainError::PortInUse { port })?;
    Ok(port)
}

fn free_port() -> Result<u16, ChainError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|_| ChainError::PortInUse { port: 0 })
}

fn end(child: &mut Child) {
    terminate(child.id());
    let _status = child.wait();
}

/// Ask a process to end (it writes its state first).
#[cfg(unix)]
fn terminate(pid: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _gone_already = kill_process(pid, Signal::TERM);
    }
}

/// Ask a process to end.
#[cfg(not(unix))]
fn terminate(pid: u32) {
    let _status = Command::new("taskkill").args(["/F", "/PID"]).arg(pid.to_string()).status();
}

fn unusable(path: &Path, error: &std::io::Error) -> ChainError {
    ChainError::PracticeFile { path: path.to_owned(), reason: error.to_string() }
}
