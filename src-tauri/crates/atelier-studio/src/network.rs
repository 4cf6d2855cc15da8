//! The chosen network of a project: a practice chain of our own, or somebody's RPC.
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use atelier_chain::practice::{CHAIN_ID, Practice, PracticeSettings, find_anvil};
use atelier_chain::{ChainError, Endpoint, Timeouts};
use serde::{Deserialize, Serialize};

use crate::api::{NetworkKind, NetworkView, Topic};
use crate::error::StudioError;
use crate::events::Bell;
use crate::records::Records;
use crate::studio::StudioConfig;

const SETTING: &str = "network";

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Choice {
    /// Anvil on this machine, in this project's folder.
    Practice,
    /// A node somewhere.
    Rpc {
        /// Its address.
        url: String,
        /// The chain id it must answer with.
        chain_id: u64,
    },
}

/// The network of one project.
pub(crate) struct Network {
    records: Arc<Records>,
    bell: Bell,
    folder: PathBuf,
    resources: Option<PathBuf>,
    checkout: Option<PathBuf>,
    choice: Mutex<Choice>,
    practice: tokio::sync::Mutex<Option<Practice>>,
    /// The endpoint that answered last, so that views need not connect anew.
    connected: Mutex<Option<Endpoint>>,
}

impl Network {
    pub(crate) fn open(
        config: &StudioConfig,
        inner: &Path,
        records: &Arc<Records>,
        bell: &Bell,
    ) -> Result<Self, StudioError> {
        let choice = match records.setting(SETTING)? {
            Some(text) => serde_json::from_str(&text).unwrap_or(Choice::Practice),
            None => Choice::Practice,
        };
        Ok(Self {
            records: Arc::clone(records),
            bell: bell.clone(),
            folder: inner.join("practice"),
            resources: config.resources.clone(),
            checkout: config.checkout.clone(),
            choice: Mutex::new(choice),
            practice: tokio::sync::Mutex::new(None),
            connected: Mutex::new(None),
        })
    }

    pub(crate) fn choice(&self) -> Choice {
        self.choice.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn is_practice(&self) -> bool {
        self.choice() == Choice::Practice
    }

    /// True where every block is made on this machine.
    pub(crate) fn is_local(&self) -> bool {
        kind_of(&self.choice()) == NetworkKind::Practice
    }

    pub(crate) fn chain_id(&self) -> u64 {
        match self.choice() {
            Choice::Practice => CHAIN_ID,
            Choice::Rpc { chain_id, .. } => chain_id,
        }
    }

    /// Blocks until an inclusion is final: one on a practice chain, which never reorganises by itself.
    pub(crate) fn confirmations(&self) -> u64 {
        match kind_of(&self.choice()) {
            NetworkKind::Practice => 1,
            NetworkKind::Testnet => 6,
            NetworkKind::Mainnet => 64,
        }
    }

    /// Chooses a network and connects to it.
    pub(crate) async fn choose(&self, choice: Choice) -> Result<Endpoint, StudioError> {
        if let Choice::Rpc { url, chain_id } = &choice {
            // Nothing is remembered of an address that does not answer, or answers for another chain.
            Endpoint::connect(url, *chain_id, Timeouts::default()).await?;
        }
        let text = serde_json::to_string(&choice).map_err(|error| StudioError::internal(&error))?;
        self.records.set_setting(SETTING, &text)?;
        *self.choice.lock().unwrap_or_else(PoisonError::into_inner) = choice;
        *self.connected.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.endpoint().await
    }

    /// The chosen network's endpoint; starts the practice chain where that is the choice.
    pub(crate) async fn endpoint(&self) -> Result<Endpoint, StudioError> {
        let endpoint = match self.choice() {
            Choice::Practice => self.practice_endpoint().await?,
            Choice::Rpc { url, chain_id } => match self.connected() {
                Some(endpoint) => endpoint,
                None => Endpoint::connect(&url, chain_id, Timeouts::default()).await?,
            },
        };
        *self.connected.lock().unwrap_or_else(PoisonError::into_inner) = Some(endpoint.clone());
        Ok(endpoint)
    }

    async fn practice_endpoint(&self) -> Result<Endpoint, StudioError> {
        let mut practice = self.practice.lock().await;
        if let Some(running) = &*practice {
            if running.endpoint().block_number().await.is_ok() {
                return Ok(running.endpoint().clone());
            }
            // It was ended from outside: what it had dumped is started again.
            *practice = None;
        }
        let anvil = find_anvil(self.resources.as_deref(), self.checkout.as_deref())?;
        let started =
            Practice::start(PracticeSettings { anvil, folder: self.folder.clone(), port: None }).await?;
        let endpoint = started.endpoint().clone();
        *practice = Some(started);
        // It may have been started on the way to something else: screens that show it ask again.
        self.bell.changed(&[Topic::Networks, Topic::Project, Topic::Keys]);
        Ok(endpoint)
    }

    /// The endpoint that answered last, without starting anything.
    pub(crate) fn connected(&self) -> Option<Endpoint> {
        self.connected.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where Anvil is, or what to install.
    pub(crate) fn anvil(&self) -> Result<PathBuf, ChainError> {
        find_anvil(self.resources.as_deref(), self.checkout.as_deref())
    }

    /// Stops the practice chain; it writes its state first.
    pub(crate) async fn stop(&self) {
        *self.connected.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(practice) = self.practice.lock().await.take()
            && let Err(error) = practice.stop().await
        {
            tracing::warn!(code = error.code(), "{error}");
        }
    }

    /// The network as the pill shows it.
    pub(crate) async fn view(&self) -> NetworkView {
        let choice = self.choice();
        let (block, error) = match self.connected() {
            Some(endpoint) => match endpoint.block_number().await {
                Ok(number) => (Some(number.to_string()), None),
                Err(error) => (None, Some(StudioError::from(error).report())),
            },
            None => (None, None),
        };
        let rpc = match &choice {
            Choice::Practice => self.connected().map(|endpoint| endpoint.label().to_owned()),
            Choice::Rpc { url, .. } => Some(url.clone()),
        };
        let chain_id = self.chain_id();
        NetworkView {
            kind: kind_of(&choice),
            name: name_of(&choice),
            chain_id: u32::try_from(chain_id).unwrap_or(u32::MAX),
            rpc,
            up: block.is_some(),
            block,
            error,
        }
    }
}

/// A chain id nobody here knows is treated as real money.
fn kind_of(choice: &Choice) -> NetworkKind {
    match choice {
        Choice::Practice => NetworkKind::Practice,
        Choice::Rpc { chain_id, .. } => match chain_id {
            31_337 | 1_337 => NetworkKind::Practice,
            11_155_111 | 17_000 | 560_048 | 84_532 | 421_614 | 11_155_420 | 80_002 => NetworkKind::Testnet,
            _ => NetworkKind::Mainnet,
        },
    }
}

fn name_of(choice: &Choice) -> String {
    match choice {
        Choice::Practice => "Practice chain".to_owned(),
        Choice::Rpc { chain_id, .. } => match chain_id {
            1 => "Ethereum mainnet".to_owned(),
            8_453 => "Base".to_owned(),
            11_155_111 => "Sepolia".to_owned(),
            31_337 | 1_337 => "Practice chain".to_owned(),
            other => format!("Chain {other}"),
        },
    }
}
