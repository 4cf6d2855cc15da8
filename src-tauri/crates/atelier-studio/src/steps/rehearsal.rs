//! The launch before the launch: the same plan, on a clean chain in memory or on a pinned fork.
use std::sync::Arc;

use alloy::primitives::{Address, B256, U256};
use atelier_chain::fees::FeeQuotes;
use atelier_chain::{Endpoint, Timeouts};
use atelier_db::state::ArtifactKind;
use atelier_launch::LaunchPlan;
use atelier_simulate::{
    self as simulate, ForkCache, Options, Outcome, PinnedBlock, Source, SourceView, first_transfer_tokens,
};
use sha2::{Digest as _, Sha256};

use crate::Studio;
use crate::adapters::fork::ForkRecords;
use crate::api::{
    Check, CheckState, Empty, JobKind, JobView, Rehearsal, RehearsalReport, RehearseRequest, RehearsedStep,
    ResaleGas, Topic,
};
use crate::clock::{now, unix_seconds};
use crate::error::StudioError;
use crate::jobs::JobSeed;
use crate::money::{rounded, thousands};
use crate::project::Project;
use crate::records::StoredJob;

const TOPICS: &[Topic] = &[Topic::Project, Topic::Rehearsal, Topic::Launch, Topic::Activity];
/// What gas is assumed to cost where there is no network to ask: 10 gwei, and the report says so.
const ASSUMED_FEE: u64 = 10_000_000_000;
/// First transfers should not cost more than this, whatever the batch (issue figures: flat).
const FLAT_RESALE: u64 = 95_000;
/// Royalties above this many basis points are refused or hidden by markets.
const USUAL_ROYALTY: u16 = 1_000;

/// The newest report.
pub(crate) fn latest(project: &Project) -> Result<Option<RehearsalReport>, StudioError> {
    Ok(project.records.latest::<RehearsalReport>(ArtifactKind::Rehearsal)?.map(|made| made.value))
}

impl Studio {
    /// The newest rehearsal.
    pub async fn rehearsal(&self, _: Empty) -> Result<Rehearsal, StudioError> {
        let project = self.current().await?;
        let report = latest(&project)?;
        let plan = current(&project);
        let stale = match (&report, &plan) {
            (Some(report), Ok(plan)) => report.plan_hash != format!("0x{}", hex::encode(plan.hash())),
            (Some(_), Err(_)) => true,
            (None, _) => false,
        };
        Ok(Rehearsal { report, stale, blocked: plan.err().map(|error| error.to_string()) })
    }

    /// Run the plan on a clean chain or a fork.
    pub async fn rehearse(self: &Arc<Self>, input: RehearseRequest) -> Result<JobView, StudioError> {
        self.rehearse_as(input, None).await
    }

    pub(crate) async fn rehearse_as(
        self: &Arc<Self>,
        input: RehearseRequest,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        let plan = current(&project)?;
        let value = serde_json::to_value(&input).map_err(|error| StudioError::internal(&error))?;
        let seed = JobSeed::new(JobKind::Rehearse, format!("Rehearse {} steps", plan.steps.len()), value);
        let seed = match before {
            Some(before) => seed.again(before),
            None => seed,
        };
        let jobs = Arc::clone(&project.jobs);
        jobs.start(seed, TOPICS, move |control| async move {
            control.step("Running the plan on a copy");
            let (source, fees, words) = source(&project, &plan, input.rpc.as_deref()).await?;
            let options = Options {
                fees,
                check_balance: false,
                vouchers: Vec::new(),
                first_transfers: first_transfer_tokens(&plan),
            };
            let ran = simulate::rehearse(&plan, source, &options).await?;
            let report = report(&project, &plan, &ran, words)?;
            let hash: [u8; 32] = hex::decode(report.hash.trim_start_matches("0x"))
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .unwrap_or_default();
            project.records.add(ArtifactKind::Rehearsal, &hash, &report)?;
            project.records.audit("studio", "rehearsal.run", &report.verdict)?;
            let total = u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
            control.progress(total, total);
            Ok(report.verdict)
        })
    }
}

/// The plan a rehearsal would run now.
fn current(project: &Project) -> Result<LaunchPlan, StudioError> {
    let (spec, _) = project.fresh_plan()?;
    let bundle = super::storage::bundle(project)?.ok_or(StudioError::NoBundle)?;
    if super::storage::is_stale(project, &spec, &bundle) {
        return Err(StudioError::BundleStale);
    }
    super::launch::plan(project, &spec, &bundle)
}

/// Where to run it, at which prices, and both in words.
async fn source(
    project: &Arc<Project>,
    plan: &LaunchPlan,
    rpc: Option<&str>,
) -> Result<(Source, FeeQuotes, String), StudioError> {
    let Some(url) = rpc else {
        // The chosen network's own prices, where it answers: the practice chain is on this machine, another one is
        // asked only if it is connected already. Else a stated assumption.
        let endpoint = if project.network.is_practice() {
            project.network.endpoint().await.ok()
        } else {
            project.network.connected()
        };
        let fees = match endpoint {
            Some(endpoint) => FeeQuotes::ask(&endpoint).await?,
            None => FeeQuotes::assumed(U256::from(ASSUMED_FEE)),
        };
        let source = Source::Clean { chain_id: plan.chain_id, timestamp: unix_seconds() };
        return Ok((source, fees, "a clean chain in memory".to_owned()));
    };
    let endpoint = Endpoint::connect(url, plan.chain_id, Timeouts::default()).await?;
    let block = PinnedBlock::newest(&endpoint).await?;
    let fees = FeeQuotes::ask(&endpoint).await?;
    let words = format!("a copy of {} at block {}", endpoint.label(), block.number);
    let cache: Arc<dyn ForkCache> = Arc::new(ForkRecords::new(project));
    Ok((
        Source::Fork { chain_id: plan.chain_id, block_hash: block.hash, endpoint: Some(endpoint), cache },
        fees,
        words,
    ))
}

fn report(
    project: &Project,
    plan: &LaunchPlan,
    ran: &simulate::RehearsalReport,
    source: String,
) -> Result<RehearsalReport, StudioError> {
    let steps: Vec<RehearsedStep> = plan
        .steps
        .iter()
        .zip(&ran.steps)
        .map(|(step, ran_step)| RehearsedStep {
            id: step.id.clone(),
            group: super::launch::group(step.group),
            sentence: step.sentence.clone(),
            gas: ran_step.gas_used.to_string(),
            cost: (ran.fees.typical * U256::from(ran_step.gas_used)).to_string(),
            actor: "Deployer".to_owned(),
            ok: ran_step.ok(),
            revert: match (&ran_step.failure, ran_step.outcome) {
                (Some(failure), _) => Some(failure.sentence.clone()),
                (None, Outcome::NotReached) => Some("A step before it failed.".to_owned()),
                (None, _) => None,
            },
        })
        .collect();
    let checks = checks(project, plan, ran)?;
    let go = ran.ok() && checks.iter().all(|check| check.state != CheckState::Fail);
    let failure = steps.iter().find_map(|step| Some((step, step.revert.as_ref()?)));
    let verdict = match (go, failure) {
        (true, _) => format!(
            "All {} steps go through, for about {} ETH and at most {} ETH.",
            steps.len(),
            rounded(ran.totals.cost_typical),
            rounded(ran.totals.cost_at_most)
        ),
        (false, Some((step, why))) => format!("{} would fail: {why}", step.sentence),
        (false, None) => checks
            .iter()
            .find(|check| check.state == CheckState::Fail)
            .map_or_else(String::new, |check| check.sentence.clone()),
    };
    let mut report = RehearsalReport {
        hash: String::new(),
        plan_hash: format!("0x{}", hex::encode(ran.plan_hash)),
        chain_id: u32::try_from(ran.chain_id).unwrap_or(u32::MAX),
        source: match ran.source {
            SourceView::Clean { .. } | SourceView::Fork { .. } => source,
        },
        made_at: now(),
        steps,
        gas: ran.totals.gas_used.to_string(),
        cost_low: ran.totals.cost_low.to_string(),
        cost_typical: ran.totals.cost_typical.to_string(),
        cost_at_most: ran.totals.cost_at_most.to_string(),
        fee_typical: ran.fees.typical.to_string(),
        fee_source: ran.fees.source.clone(),
        voucher_gas: ran.vouchers.first().map(|voucher| voucher.gas_used.to_string()),
        resale: ran
            .first_transfers
            .iter()
            .map(|transfer| ResaleGas {
                token: transfer.token,
                gas: u32::try_from(transfer.gas_used).unwrap_or(u32::MAX),
            })
            .collect(),
        checks,
        go,
        verdict,
    };
    let bytes = serde_json::to_vec(&report).map_err(|error| StudioError::internal(&error))?;
    report.hash = B256::from_slice(&Sha256::digest(bytes)).to_string();
    Ok(report)
}

/// The go/no-go list.
fn checks(
    project: &Project,
    plan: &LaunchPlan,
    ran: &simulate::RehearsalReport,
) -> Result<Vec<Check>, StudioError> {
    let spec = project.spec()?;
    let check = |id: &str, state: CheckState, sentence: String| Check { id: id.to_owned(), state, sentence };
    let stop = |holds: bool| if holds { CheckState::Pass } else { CheckState::Fail };
    let look = |holds: bool| if holds { CheckState::Pass } else { CheckState::Warn };
    let failed = ran.steps.iter().filter(|step| !step.ok()).count();
    let mut list = vec![check(
        "steps",
        stop(failed == 0),
        if failed == 0 {
            format!("All {} steps go through", ran.steps.len())
        } else {
            format!("{failed} of {} steps fail", ran.steps.len())
        },
    )];
    list.push(check(
        "tokens",
        stop(ran.totals.tokens == plan.batched),
        format!("{} of {} tokens are minted in batches, each once", ran.totals.tokens, plan.batched),
    ));
    let given = spec.launch.batched + spec.launch.vouchers;
    list.push(check(
        "supply",
        look(given == spec.supply),
        if given == spec.supply {
            format!("Batches and vouchers add up to the supply of {}", spec.supply)
        } else {
            format!(
                "{} of {} tokens are in batches or vouchers; the rest can never be minted by this launch",
                given, spec.supply
            )
        },
    ));
    list.push(check(
        "royalty",
        look(plan.config.royaltyBps <= USUAL_ROYALTY),
        format!(
            "Royalty {}.{:02} % to {}",
            plan.config.royaltyBps / 100,
            plan.config.royaltyBps % 100,
            short(plan.config.royaltyReceiver)
        ),
    ));
    let dearest = ran.first_transfers.iter().map(|transfer| transfer.gas_used).max();
    if let Some(dearest) = dearest {
        let all = ran.first_transfers.iter().all(|transfer| transfer.gas_used > 0);
        list.push(check(
            "resale",
            if all { look(dearest <= FLAT_RESALE) } else { CheckState::Fail },
            format!("A first resale moves for at most {} gas, whatever the token", thousands(dearest)),
        ));
    }
    list.push(check(
        "freeze",
        look(spec.launch.freeze),
        if spec.launch.freeze {
            "Metadata is frozen at the end; nobody can change it after".to_owned()
        } else {
            "Metadata stays open: the owner can change it after the launch".to_owned()
        },
    ));
    Ok(list)
}

/// An address for a sentence; the whole of it stands in the inspector.
fn short(address: Address) -> String {
    let text = address.to_checksum(None);
    format!("{}…{}", &text[..6], &text[text.len() - 4..])
}
