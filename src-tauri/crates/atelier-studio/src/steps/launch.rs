//! The launch: the rehearsed plan, sent exactly once, whatever crashes.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alloy::primitives::{Address, B256, U256};
use atelier_bundle::build::Bundle;
use atelier_bundle::signature::SignatureFile;
use atelier_chain::artifacts::Artifacts;
use atelier_chain::bindings::DropConfig;
use atelier_chain::create2::Deployment;
use atelier_chain::fees::FeeQuotes;
use atelier_collection::{Account, Drop as DropSpec};
use atelier_db::state::ArtifactKind;
use atelier_launch::{Group, LaunchInput, LaunchPlan, Step};
use atelier_relayer::{
    Change, Ending, FeePolicy, Intent, Lane, LaneId, LaneSettings, Ledger as _, NewIntent, Outcome, RpcWire,
    State,
};

use crate::Studio;
use crate::adapters::done::StepsDone;
use crate::adapters::signer::VaultSigner;
use crate::api::{
    BatchView, Empty, ErrorReport, JobKind, JobView, Launch, LaunchRequest, LaunchState, NetworkKind,
    RehearsalReport, Role, StepGroup, StepState, StepView, Topic,
};
use crate::clock::now;
use crate::error::StudioError;
use crate::jobs::JobSeed;
use crate::money::decimals;
use crate::project::Project;
use crate::records::StoredJob;

const LAUNCH_TOPICS: &[Topic] = &[
    Topic::Project,
    Topic::Tokens,
    Topic::Launch,
    Topic::Vouchers,
    Topic::Sales,
    Topic::Activity,
    Topic::Keys,
];
/// When each step was written down, signed, sent, in a block, final. For people; nothing is decided by it.
const HISTORY: &str = "launch/history";

type History = BTreeMap<String, Vec<(String, String)>>;

/// Where a drop goes on the chosen network: known before anything is sent.
pub(crate) struct Target {
    pub(crate) deployer: Address,
    pub(crate) drop: Address,
    pub(crate) config: DropConfig,
    pub(crate) deployment: Deployment,
}

/// The drop's address and configuration on the chosen network.
pub(crate) fn target(project: &Project, spec: &DropSpec, bundle: &Bundle) -> Result<Target, StudioError> {
    let deployer = project.keys.need(Role::Deployer)?;
    let voucher_signer =
        if spec.launch.vouchers > 0 { project.keys.need(Role::VoucherSigner)? } else { Address::ZERO };
    let deployment = Deployment::of(&Artifacts::embedded()?);
    let config = DropConfig {
        name: spec.name.clone(),
        symbol: spec.symbol.clone(),
        baseURI: bundle.manifest.base_uri.clone(),
        contractURI: bundle.manifest.contract_uri.clone(),
        owner: deployer,
        // The deployer mints the batches: named twice, it is found at the first look, which saves 2,131 gas a batch.
        minter: deployer,
        voucherSigner: voucher_signer,
        maxSupply: spec.supply,
        royaltyReceiver: account(&spec.royalty.receiver, deployer)?,
        royaltyBps: spec.royalty.basis_points,
        provenance: bundle.manifest.merkle_root,
    };
    Ok(Target { deployer, drop: deployment.drop(B256::ZERO, &config), config, deployment })
}

/// An account as `drop.toml` names it.
pub(crate) fn account(account: &Account, deployer: Address) -> Result<Address, StudioError> {
    match account {
        Account::Deployer => Ok(deployer),
        Account::Address(text) => Address::parse_checksummed(text, None)
            .or_else(|_| text.parse())
            .map_err(|_| StudioError::BadInput { what: "an address", value: text.clone() }),
    }
}

/// The plan a launch would run now.
pub(crate) fn plan(project: &Project, spec: &DropSpec, bundle: &Bundle) -> Result<LaunchPlan, StudioError> {
    let target = target(project, spec, bundle)?;
    Ok(LaunchPlan::build(&LaunchInput {
        chain_id: project.network.chain_id(),
        deployer: target.deployer,
        recipient: account(&spec.launch.recipient, target.deployer)?,
        deployment: target.deployment,
        salt: B256::ZERO,
        config: target.config,
        batched: spec.launch.batched,
        batch_size: spec.launch.batch_size,
        vouchers: spec.launch.vouchers,
        freeze: spec.launch.freeze,
    })?)
}

/// The plan that was launched (or is being launched), where there is one.
pub(crate) fn launched(project: &Project) -> Result<Option<LaunchPlan>, StudioError> {
    Ok(project.records.latest::<LaunchPlan>(ArtifactKind::Launch)?.map(|made| made.value))
}

/// The launched drop on the chosen network.
pub(crate) fn deployed(project: &Project) -> Result<LaunchPlan, StudioError> {
    let plan = launched(project)?
        .filter(|plan| plan.chain_id == project.network.chain_id())
        .ok_or(StudioError::NotDeployed)?;
    let created = project.ledger.intent(&key(&plan, "create-drop"))?;
    match created.map(|intent| intent.state) {
        Some(State::Final | State::DoneElsewhere) => Ok(plan),
        _ => Err(StudioError::NotDeployed),
    }
}

/// The idempotency key of a step: the same step of the same drop on the same chain is one transaction, for ever.
pub(crate) fn key(plan: &LaunchPlan, step: &str) -> String {
    format!("launch:{}:{:#x}:{step}", plan.chain_id, plan.drop)
}

fn campaign(plan: &LaunchPlan) -> String {
    format!("launch:{}:{:#x}", plan.chain_id, plan.drop)
}

/// Everything that must hold before a wei is spent, in the order a person would mend it.
fn gate(project: &Project) -> Result<(DropSpec, LaunchPlan, RehearsalReport), StudioError> {
    let (spec, _) = project.fresh_plan()?;
    let bundle = super::storage::bundle(project)?.ok_or(StudioError::NoBundle)?;
    if super::storage::is_stale(project, &spec, &bundle) {
        return Err(StudioError::BundleStale);
    }
    let plan = plan(project, &spec, &bundle)?;
    let signatures = SignatureFile::read(&bundle.dir)?.unwrap_or_default();
    let signed = signatures.signatures().iter().any(|signed| {
        let statement = signed.statement();
        signed.check().is_ok()
            && signed.signer() == plan.deployer
            && statement.chain_id == plan.chain_id
            && statement.drop == plan.drop
            && statement.is_about(&bundle.manifest, bundle.manifest_sha256)
    });
    if !signed {
        return Err(StudioError::NotSigned);
    }
    let verdict = super::storage::verdict(project, &spec, Some(&bundle))?;
    if !verdict.met {
        let clip = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        return Err(StudioError::NotStored {
            proven: clip(verdict.proven.len()),
            wanted: clip(verdict.needed),
        });
    }
    let report = super::rehearsal::latest(project)?.ok_or(StudioError::NoRehearsal)?;
    if report.plan_hash != format!("0x{}", hex::encode(plan.hash())) {
        return Err(StudioError::RehearsalStale);
    }
    if !report.go {
        return Err(StudioError::NoGo { verdict: report.verdict });
    }
    Ok((spec, plan, report))
}

impl Studio {
    /// The launch as it stands.
    pub async fn launch(&self, _: Empty) -> Result<Launch, StudioError> {
        let project = self.current().await?;
        let network = project.network.view().await;
        let job = project.jobs.active(JobKind::Launch);
        let gate = gate(&project);
        // What was launched is shown as launched, whatever changed upstream since.
        let begun = launched(&project)?.filter(|plan| plan.chain_id == project.network.chain_id());
        let planned = match (&begun, &gate) {
            (Some(plan), _) => Some(plan.clone()),
            (None, Ok((_, plan, _))) => Some(plan.clone()),
            (None, Err(_)) => current_plan(&project)?,
        };
        let spec = project.spec()?;
        let report = super::rehearsal::latest(&project)?;
        let Some(plan) = planned else {
            return Ok(Launch {
                state: LaunchState::Blocked,
                headline: "Nothing to launch yet".to_owned(),
                sentence: "The launch is planned from the signed bundle.".to_owned(),
                blockers: gate.err().map(|error| blocker(&error)).into_iter().collect(),
                network,
                drop: None,
                deployer: project.keys.address(Role::Deployer)?.map(|address| address.to_checksum(None)),
                plan_hash: None,
                rehearsal_hash: report.map(|report| report.hash),
                steps: Vec::new(),
                batches: Vec::new(),
                planned: spec.launch.batched,
                minted: 0,
                spent: "0".to_owned(),
                budget: None,
                expected: None,
                confirm_word: None,
                job,
            });
        };
        let steps = steps(&project, &plan)?;
        let batches = batches(&plan, &steps);
        let done = batches.iter().filter(|batch| batch.state == StepState::Final).count();
        let minted = batches
            .iter()
            .filter(|batch| batch.state == StepState::Final)
            .map(|batch| batch.last_token - batch.first_token + 1)
            .sum();
        let spent = steps
            .iter()
            .filter_map(|step| crate::money::wei(step.paid.as_ref()?))
            .fold(U256::ZERO, |sum, wei| sum + wei);
        let finished = steps.iter().all(|step| step.state == StepState::Final);
        let failed = steps.iter().any(|step| step.state == StepState::Failed);
        let budget = project.ledger.campaign(&campaign(&plan))?.map(|campaign| campaign.limit.to_string());
        let state = match (&job, finished, failed, begun.is_some(), &gate) {
            (Some(_), ..) => LaunchState::Running,
            (None, true, ..) => LaunchState::Done,
            (None, _, true, ..) => LaunchState::Failed,
            (None, _, _, true, _) => LaunchState::Paused,
            (None, .., Ok(_)) => LaunchState::Ready,
            (None, .., Err(_)) => LaunchState::Blocked,
        };
        let word = (network.kind == NetworkKind::Mainnet).then_some(spec.name);
        Ok(Launch {
            headline: headline(state, done, batches.len()),
            sentence: sentence(state, minted, plan.batched, &steps),
            blockers: if begun.is_some() {
                Vec::new()
            } else {
                gate.as_ref().err().map(blocker).into_iter().collect()
            },
            state,
            network,
            drop: Some(plan.drop.to_checksum(None)),
            deployer: Some(plan.deployer.to_checksum(None)),
            plan_hash: Some(format!("0x{}", hex::encode(plan.hash()))),
            rehearsal_hash: report.as_ref().map(|report| report.hash.clone()),
            planned: plan.batched,
            minted,
            spent: spent.to_string(),
            budget: budget.or_else(|| report.as_ref().map(|report| report.cost_at_most.clone())),
            expected: report.map(|report| report.cost_typical),
            confirm_word: word,
            steps,
            batches,
            job,
        })
    }

    /// Start or continue the launch.
    pub async fn launch_start(self: &Arc<Self>, input: LaunchRequest) -> Result<JobView, StudioError> {
        self.launch_as(input, None).await
    }

    pub(crate) async fn launch_as(
        self: &Arc<Self>,
        input: LaunchRequest,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        // A launch that has begun is finished as it was begun: its plan is on disk.
        let begun = launched(&project)?;
        if let Some(other) = begun.as_ref().filter(|plan| plan.chain_id != project.network.chain_id()) {
            return Err(StudioError::LaunchedElsewhere { chain_id: other.chain_id });
        }
        let plan = match begun {
            Some(plan) => plan,
            None => gate(&project)?.1,
        };
        let endpoint = project.network.endpoint().await?;
        self.fund_practice(&project).await?;
        if project.network.view().await.kind == NetworkKind::Mainnet
            && input.confirm.as_deref() != Some(project.spec()?.name.as_str())
        {
            return Err(StudioError::NotConfirmed);
        }
        project.keys.unlock(Role::Deployer).await?;
        let quotes = FeeQuotes::ask(&endpoint).await?;
        let ceiling = clip(quotes.high);
        let limit = clip(plan.worst_case(quotes.high));
        project.ledger.open_campaign(&campaign(&plan), limit)?;
        if launched(&project)?.is_none() {
            project.records.add(ArtifactKind::Launch, &plan.hash(), &plan)?;
        }
        project.records.audit(
            "user",
            "launch.start",
            &format!(
                "drop {} on chain {}, at most {} ETH",
                plan.drop,
                plan.chain_id,
                decimals(plan.worst_case(quotes.high))
            ),
        )?;

        let seed = JobSeed::new(
            JobKind::Launch,
            format!("Launch {} tokens in {} steps", plan.batched, plan.steps.len()),
            serde_json::Value::Null,
        );
        let seed = match before {
            Some(before) => seed.again(before),
            None => match resumable(&project)? {
                Some(paused) => seed.again(paused),
                None => seed,
            },
        };
        let jobs = Arc::clone(&project.jobs);
        let bell = self.bell.clone();
        jobs.start(seed, LAUNCH_TOPICS, move |control| async move {
            let signer = Arc::new(VaultSigner::new(
                Arc::clone(&project),
                Role::Deployer,
                plan.deployer,
                "Send a launch step",
            ));
            let fees = FeePolicy { ceiling, least_tip: 1 };
            let settings = LaneSettings {
                poll: if project.network.is_local() {
                    Duration::from_millis(40)
                } else {
                    Duration::from_millis(1_000)
                },
                ..LaneSettings::launch(plan.chain_id, project.network.confirmations(), fees)
            };
            let wire = Arc::new(RpcWire::new(endpoint.provider().clone()));
            let total = u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
            control.progress(final_steps(&project, &plan)?, total);
            let watcher = {
                let (project, plan, control) = (Arc::clone(&project), plan.clone(), Arc::clone(&control));
                let history = Mutex::new(project.records.note::<History>(HISTORY)?.unwrap_or_default());
                move |change: &Change| {
                    let step = change.key.rsplit(':').next().unwrap_or_default();
                    if let Some(step) = plan.step(step) {
                        control.step(&step.sentence);
                    }
                    let mut history = history.lock().unwrap_or_else(PoisonError::into_inner);
                    history
                        .entry(change.key.clone())
                        .or_default()
                        .push((change.state.name().to_owned(), now()));
                    // Both are for people; the ledger has what counts.
                    if let Err(error) = project.records.set_note(HISTORY, &*history) {
                        tracing::warn!(code = error.code(), "{error}");
                    }
                    if let Ok(done) = final_steps(&project, &plan) {
                        control.progress(done, total);
                    }
                    bell.changed(&[Topic::Launch]);
                }
            };
            let lane = Lane::new(Arc::clone(&project.ledger) as _, wire, signer, settings, control.stop())
                .watched(Arc::new(watcher));
            let intents = intents(&plan, lane.id());
            let already = StepsDone::new(endpoint, plan.clone());
            let outcomes = lane.drive(&intents, &already).await?;
            for outcome in &outcomes {
                judge(&plan, outcome)?;
            }
            project.records.audit(
                "studio",
                "launch.done",
                &format!("{} steps of drop {} are final", outcomes.len(), plan.drop),
            )?;
            Ok(format!("{} tokens minted at {}", plan.batched, plan.drop))
        })
    }
}

/// A paused launch job, to be taken up rather than beside.
fn resumable(project: &Project) -> Result<Option<StoredJob>, StudioError> {
    let jobs = project.records.jobs()?;
    let open = |job: &StoredJob| {
        matches!(job.view.state, crate::api::JobState::Paused | crate::api::JobState::Failed)
    };
    Ok(jobs.into_iter().find(|job| job.view.kind == JobKind::Launch && open(job)))
}

fn current_plan(project: &Project) -> Result<Option<LaunchPlan>, StudioError> {
    let Some(bundle) = super::storage::bundle(project)? else { return Ok(None) };
    let spec = project.spec()?;
    Ok(plan(project, &spec, &bundle).ok())
}

fn intents(plan: &LaunchPlan, lane: LaneId) -> Vec<NewIntent> {
    let intent = |step: &Step| NewIntent {
        key: key(plan, &step.id),
        lane,
        to: Some(step.to),
        calldata: step.calldata.clone(),
        value: clip(step.value),
        gas_limit: Some(step.gas_limit),
        campaign: campaign(plan),
        subject: None,
        units: 0,
        hold: 0,
    };
    plan.steps.iter().map(intent).collect()
}

/// The first step that did not succeed, as an error with its words.
fn judge(plan: &LaunchPlan, outcome: &Outcome) -> Result<(), StudioError> {
    let id = outcome.key.rsplit(':').next().unwrap_or_default();
    let step = plan.step(id).map_or_else(|| id.to_owned(), |step| step.sentence.clone());
    match &outcome.ending {
        Ending::Final { .. } | Ending::DoneElsewhere => Ok(()),
        Ending::Reverted { hash, .. } => {
            Err(StudioError::StepFailed { step, why: format!("transaction {hash} reverted") })
        }
        Ending::Refused(note) | Ending::Attention(note) => {
            Err(StudioError::StepFailed { step, why: note.reason.clone() })
        }
        Ending::NotStarted => {
            Err(StudioError::StepFailed { step, why: "an earlier step did not go through".to_owned() })
        }
    }
}

fn final_steps(project: &Project, plan: &LaunchPlan) -> Result<u32, StudioError> {
    let mut done = 0;
    for step in &plan.steps {
        let intent = project.ledger.intent(&key(plan, &step.id))?;
        done += u32::from(
            intent.is_some_and(|intent| matches!(intent.state, State::Final | State::DoneElsewhere)),
        );
    }
    Ok(done)
}

fn steps(project: &Project, plan: &LaunchPlan) -> Result<Vec<StepView>, StudioError> {
    let history: History = project.records.note(HISTORY)?.unwrap_or_default();
    plan.steps.iter().map(|step| step_view(project, plan, step, &history)).collect()
}

fn step_view(
    project: &Project,
    plan: &LaunchPlan,
    step: &Step,
    history: &History,
) -> Result<StepView, StudioError> {
    let key = key(plan, &step.id);
    let intent = project.ledger.intent(&key)?;
    let mut view = StepView {
        id: step.id.clone(),
        group: group(step.group),
        sentence: step.sentence.clone(),
        state: intent.as_ref().map_or(StepState::Planned, step_state),
        nonce: None,
        transaction: None,
        block: None,
        paid: None,
        gas: None,
        at_most: None,
        first_token: step.tokens.map(|range| range.first),
        last_token: step.tokens.map(|range| range.last),
        history: history.get(&key).cloned().unwrap_or_default(),
        error: None,
    };
    let Some(intent) = intent else { return Ok(view) };
    view.nonce = project.ledger.slot(intent.id)?.map(|slot| slot.nonce.to_string());
    if let Some(last) = project.ledger.attempts(intent.id)?.last() {
        view.transaction = Some(last.hash.to_string());
        let most =
            U256::from(last.max_fee) * U256::from(intent.gas_limit.unwrap_or(step.gas_limit)) + step.value;
        view.at_most = Some(most.to_string());
    }
    if let Some(inclusion) = project.ledger.inclusion(intent.id)? {
        view.transaction = Some(inclusion.hash.to_string());
        view.block = Some(inclusion.block_number.to_string());
        view.gas = Some(inclusion.gas_used.to_string());
        view.paid = Some(inclusion.cost.to_string());
    }
    view.error = intent.attention.map(|note| ErrorReport {
        code: note.code,
        message: note.reason,
        hint: None,
        details: None,
        exit: 1,
    });
    Ok(view)
}

fn step_state(intent: &Intent) -> StepState {
    match intent.state {
        State::Queued => StepState::Planned,
        State::Reserved | State::Signed => StepState::Signed,
        State::Sent => StepState::Sent,
        State::Included => StepState::Confirmed,
        State::Final | State::DoneElsewhere => StepState::Final,
        State::Reverted | State::Refused => StepState::Failed,
    }
}

fn batches(plan: &LaunchPlan, steps: &[StepView]) -> Vec<BatchView> {
    let minting = plan.steps.iter().zip(steps).filter(|(step, _)| step.tokens.is_some());
    let batch = |(number, (_, view)): (u32, (&Step, &StepView))| {
        Some(BatchView {
            number,
            state: view.state,
            first_token: view.first_token?,
            last_token: view.last_token?,
        })
    };
    (1..).zip(minting).filter_map(batch).collect()
}

pub(crate) fn group(group: Group) -> StepGroup {
    match group {
        Group::Prepare => StepGroup::Prepare,
        Group::Airdrop => StepGroup::Airdrop,
        Group::After => StepGroup::After,
    }
}

fn headline(state: LaunchState, done: usize, of: usize) -> String {
    match state {
        LaunchState::Blocked => "Not ready to launch".to_owned(),
        LaunchState::Ready => "Ready to launch".to_owned(),
        LaunchState::Running | LaunchState::Paused | LaunchState::Failed | LaunchState::Done => {
            format!("{done} of {of} batches are final")
        }
    }
}

fn sentence(state: LaunchState, minted: u32, planned: u32, steps: &[StepView]) -> String {
    match state {
        LaunchState::Blocked => "Mend what is listed; nothing is sent before.".to_owned(),
        LaunchState::Ready => {
            format!("{} steps mint {planned} tokens. Nothing is sent before you start.", steps.len())
        }
        LaunchState::Running => format!("{minted} of {planned} tokens. Closing the window only pauses it."),
        LaunchState::Paused => {
            format!("{minted} of {planned} tokens. Nothing is lost; it continues where it stands.")
        }
        LaunchState::Failed => {
            let why = steps
                .iter()
                .find_map(|step| step.error.as_ref())
                .map_or_else(String::new, |error| format!(" {}", error.message));
            format!("{minted} of {planned} tokens are final and stay.{why}")
        }
        LaunchState::Done => format!("All {planned} tokens of the batches are minted."),
    }
}

fn blocker(error: &StudioError) -> String {
    let report = error.report();
    report.hint.map_or_else(|| report.message.clone(), |hint| format!("{} {hint}", report.message))
}

/// Wei as the ledger keeps it. More than 2^128 wei do not exist.
fn clip(wei: U256) -> u128 {
    u128::try_from(wei).unwrap_or(u128::MAX)
}
