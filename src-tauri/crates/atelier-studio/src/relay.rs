//! The running relayer of a project: its endpoint, its lane, and its kill switch.
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use atelier_chain::fees::FeeQuotes;
use atelier_relayer::{
    Ending, Endpoint, EndpointSettings, FeePolicy, Lane, LaneId, LaneSettings, Ledger as _, NeverDone,
    NewIntent, RpcWire, Token, VoucherPolicy, VoucherUsed,
};
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;

use crate::adapters::signer::VaultSigner;
use crate::api::{Role, Topic};
use crate::error::StudioError;
use crate::project::Project;

/// The bearer token's file inside `.atelier`, readable by this user alone.
const TOKEN_FILE: &str = "relayer-token";

/// What runs, if anything does.
#[derive(Default)]
pub(crate) struct Relay {
    running: Mutex<Option<RunningRelay>>,
}

struct RunningRelay {
    endpoint: Endpoint,
    stop: Arc<AtomicBool>,
    wake: Arc<Notify>,
    lane: JoinHandle<()>,
}

impl Relay {
    /// Where the endpoint listens.
    pub(crate) async fn address(&self) -> Option<SocketAddr> {
        self.running.lock().await.as_ref().map(|running| running.endpoint.address())
    }

    /// Stops accepting, signing and sending; what is on its way stays in the ledger.
    pub(crate) async fn stop(&self) {
        let Some(running) = self.running.lock().await.take() else { return };
        running.stop.store(true, Ordering::SeqCst);
        running.wake.notify_one();
        running.endpoint.close().await;
        // The lane ends at its next look; a task that panicked has ended already.
        running.lane.await.ok();
    }

    /// Opens the endpoint and starts the lane that sends.
    pub(crate) async fn start(
        &self,
        project: &Arc<Project>,
        budget: u128,
        port: u16,
    ) -> Result<SocketAddr, StudioError> {
        let mut slot = self.running.lock().await;
        if let Some(running) = &*slot {
            return Ok(running.endpoint.address());
        }
        let plan = crate::steps::launch::deployed(project)?;
        let signer = project.keys.need(Role::Relayer)?;
        project.keys.unlock(Role::Relayer).await?;
        let endpoint = project.network.endpoint().await?;
        let quotes = FeeQuotes::ask(&endpoint).await?;
        let ceiling = u128::try_from(quotes.high).unwrap_or(u128::MAX);
        let fees = FeePolicy { ceiling, least_tip: 1 };
        let lane_id = LaneId { chain_id: plan.chain_id, signer };
        let campaign = campaign(plan.chain_id, &plan.drop.to_string());
        project.ledger.open_campaign(&campaign, budget)?;

        let wake = Arc::new(Notify::new());
        let stop = Arc::new(AtomicBool::new(false));
        let wire = Arc::new(RpcWire::new(endpoint.provider().clone()));
        let policy = VoucherPolicy {
            drop: plan.drop,
            voucher_signer: plan.config.voucherSigner,
            lane: lane_id,
            campaign,
            tokens_per_recipient: None,
            fees,
        };
        let token = token(project)?;
        let settings = EndpointSettings {
            port,
            token: Token::new(&token)?,
            origins: Vec::new(),
            policy: policy.clone(),
        };
        let ledger = Arc::clone(&project.ledger) as Arc<dyn atelier_relayer::Ledger>;
        let door = Endpoint::open(
            settings,
            Arc::clone(&ledger),
            Arc::clone(&wire) as _,
            Arc::clone(&wake),
            Arc::clone(&stop),
            Arc::new(crate::clock::unix_seconds),
        )
        .await?;
        let address = door.address();
        let hand = Arc::new(VaultSigner::new(Arc::clone(project), Role::Relayer, signer, "Carry a voucher"));
        let lane_settings = LaneSettings {
            poll: if project.network.is_local() {
                Duration::from_millis(40)
            } else {
                Duration::from_millis(1_000)
            },
            ..LaneSettings::vouchers(plan.chain_id, project.network.confirmations(), fees)
        };
        let bell = project.bell.clone();
        let lane = Lane::new(ledger, Arc::clone(&wire) as _, hand, lane_settings, Arc::clone(&stop))
            .watched(Arc::new(move |_| bell.changed(&[Topic::Vouchers])));
        let used = VoucherUsed::new(Arc::clone(&wire) as _, policy);
        let task = tokio::spawn({
            let wake = Arc::clone(&wake);
            async move {
                if let Err(error) = lane.serve(&wake, &used).await {
                    tracing::warn!(code = error.code(), "the voucher lane ended: {error}");
                }
            }
        });
        *slot = Some(RunningRelay { endpoint: door, stop, wake, lane: task });
        Ok(address)
    }
}

/// Sends one transaction of the deployer's through the outbox and waits until it is final. The same name is the same
/// transaction: asking again does not send again.
pub(crate) async fn send_once(
    project: &Arc<Project>,
    plan: &atelier_launch::LaunchPlan,
    name: &str,
    to: alloy::primitives::Address,
    calldata: alloy::primitives::Bytes,
) -> Result<(), StudioError> {
    let endpoint = project.network.endpoint().await?;
    let quotes = FeeQuotes::ask(&endpoint).await?;
    let fees = FeePolicy { ceiling: u128::try_from(quotes.high).unwrap_or(u128::MAX), least_tip: 1 };
    let campaign = format!("owner:{}:{:#x}", plan.chain_id, plan.drop);
    project.ledger.open_campaign(&campaign, u128::MAX)?;
    let settings = LaneSettings {
        poll: Duration::from_millis(40),
        ..LaneSettings::launch(plan.chain_id, project.network.confirmations(), fees)
    };
    let hand =
        Arc::new(VaultSigner::new(Arc::clone(project), Role::Deployer, plan.deployer, "Send as owner"));
    let wire = Arc::new(RpcWire::new(endpoint.provider().clone()));
    let lane =
        Lane::new(Arc::clone(&project.ledger) as _, wire, hand, settings, Arc::new(AtomicBool::new(false)));
    let intent = NewIntent {
        key: format!("owner:{}:{:#x}:{name}", plan.chain_id, plan.drop),
        lane: lane.id(),
        to: Some(to),
        calldata,
        value: 0,
        gas_limit: None,
        campaign,
        subject: None,
        units: 0,
        hold: 0,
    };
    match lane.drive(&[intent], &NeverDone).await?.into_iter().next().map(|outcome| outcome.ending) {
        Some(Ending::Final { .. } | Ending::DoneElsewhere) => Ok(()),
        other => Err(StudioError::StepFailed { step: name.to_owned(), why: format!("{other:?}") }),
    }
}

/// The budget that pays for carrying vouchers of a drop.
pub(crate) fn campaign(chain_id: u64, drop: &str) -> String {
    format!("vouchers:{chain_id}:{}", drop.to_lowercase())
}

/// Where the bearer token lies.
pub(crate) fn token_file(project: &Project) -> PathBuf {
    project.inner().join(TOKEN_FILE)
}

/// The bearer token: made once, kept in a file that only this user may read.
pub(crate) fn token(project: &Project) -> Result<String, StudioError> {
    let path = token_file(project);
    match std::fs::read_to_string(&path) {
        Ok(text) if text.trim().len() >= 24 => Ok(text.trim().to_owned()),
        Ok(_) | Err(_) => {
            let text = random_token();
            // Written through a temporary file, which is made readable by its owner alone.
            crate::files::write(&path, text.as_bytes())?;
            Ok(text)
        }
    }
}

/// 256 bits from the operating system, in hex.
#[must_use]
pub fn random_token() -> String {
    hex::encode(random())
}

/// 32 random bytes from the operating system.
pub(crate) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    // Without the system's randomness no key, no token and no TLS would be safe either.
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
