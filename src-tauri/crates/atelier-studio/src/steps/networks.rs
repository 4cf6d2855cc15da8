//! Networks and the practice chain.
use std::sync::Arc;

use alloy::eips::BlockId;
use alloy::primitives::{Address, U256};

use crate::Studio;
use crate::api::{Empty, NetworkChoice, NetworkKind, Networks, Topic};
use crate::error::StudioError;
use crate::network::Choice;
use crate::project::Project;

/// Practice money each key gets: a hundred ether that exist on this machine alone.
const PRACTICE_WEI: u128 = 100_000_000_000_000_000_000;

impl Studio {
    /// The networks known here.
    pub async fn networks(&self, _: Empty) -> Result<Networks, StudioError> {
        let market_available = self.config.seaport().is_some();
        let Ok(project) = self.current().await else {
            let anvil = atelier_chain::practice::find_anvil(
                self.config.resources.as_deref(),
                self.config.checkout.as_deref(),
            );
            return Ok(Networks {
                chosen: crate::api::NetworkView {
                    kind: NetworkKind::Practice,
                    name: "Practice chain".to_owned(),
                    chain_id: u32::try_from(atelier_chain::practice::CHAIN_ID).unwrap_or(u32::MAX),
                    rpc: None,
                    up: false,
                    block: None,
                    error: None,
                },
                practice_available: anvil.is_ok(),
                practice_sentence: anvil.map_or_else(
                    |error| error.to_string(),
                    |path| format!("Anvil was found at {}.", path.display()),
                ),
                market_available,
            });
        };
        let anvil = project.network.anvil();
        Ok(Networks {
            chosen: project.network.view().await,
            practice_available: anvil.is_ok(),
            practice_sentence: anvil.map_or_else(
                |error| error.to_string(),
                |path| format!("Anvil was found at {}.", path.display()),
            ),
            market_available,
        })
    }

    /// Choose the practice chain or an RPC.
    pub async fn network_choose(self: &Arc<Self>, input: NetworkChoice) -> Result<Networks, StudioError> {
        let project = self.current().await?;
        let choice = match input.rpc {
            None => Choice::Practice,
            Some(url) => Choice::Rpc { url, chain_id: u64::from(input.chain_id) },
        };
        if choice != project.network.choice() {
            project.relay.stop().await;
        }
        project.network.choose(choice.clone()).await?;
        project.records.audit("user", "network.choose", &format!("chain {}", project.network.chain_id()))?;
        self.fund_practice(&project).await?;
        self.bell.changed(&[
            Topic::Networks,
            Topic::Project,
            Topic::Launch,
            Topic::Rehearsal,
            Topic::Storage,
            Topic::Keys,
        ]);
        self.networks(Empty {}).await
    }

    /// Start the practice chain.
    pub async fn practice_start(self: &Arc<Self>, _: Empty) -> Result<Networks, StudioError> {
        let chain_id = u32::try_from(atelier_chain::practice::CHAIN_ID).unwrap_or(u32::MAX);
        self.network_choose(NetworkChoice { rpc: None, chain_id }).await
    }

    /// Stop the practice chain.
    pub async fn practice_stop(&self, _: Empty) -> Result<Networks, StudioError> {
        let project = self.current().await?;
        project.relay.stop().await;
        project.network.stop().await;
        self.bell.changed(&[Topic::Networks, Topic::Project]);
        self.networks(Empty {}).await
    }

    /// Gives every key practice money where it has none. Only Anvil can, and only a practice chain is asked.
    pub(crate) async fn fund_practice(&self, project: &Project) -> Result<(), StudioError> {
        if project.network.view().await.kind != NetworkKind::Practice {
            return Ok(());
        }
        let endpoint = project.network.endpoint().await?;
        for address in project.keys.addresses()? {
            if endpoint.balance(address, BlockId::latest()).await?.is_zero() {
                atelier_chain::practice::fund(&endpoint, address, U256::from(PRACTICE_WEI)).await?;
            }
        }
        Ok(())
    }

    /// Accounts of the practice chain that vouchers can be issued to: derived from their number, held by nobody.
    pub(crate) async fn practice_recipients(&self, count: u32) -> Result<Vec<String>, StudioError> {
        let project = self.current().await?;
        if !project.network.is_practice() {
            return Err(StudioError::PracticeOnly);
        }
        Ok((1..=count).map(|n| practice_account(n).to_checksum(None)).collect())
    }
}

/// The n-th account that stands for a collector on the practice chain.
pub(crate) fn practice_account(n: u32) -> Address {
    Address::from_slice(&alloy::primitives::keccak256(format!("atelier/practice/collector/{n}"))[12..])
}
