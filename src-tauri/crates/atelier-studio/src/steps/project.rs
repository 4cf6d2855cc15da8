//! The open project as the frame shows it: the rail, the status bar, the pills.
use std::sync::Arc;

use crate::Studio;
use crate::api::{
    CheckState, Empty, JobKind, JobView, Launch, LaunchState, LintSeverity, ProjectView, StageName,
    StageState, StageView, StatusItem, TargetState,
};
use crate::error::StudioError;
use crate::money::{rounded, thousands, wei};

impl Studio {
    /// The open project as the frame shows it.
    pub async fn project(self: &Arc<Self>, _: Empty) -> Result<ProjectView, StudioError> {
        let project = self.current().await?;
        let e = Empty {};
        let spec = project.spec()?;
        let artwork = self.artwork(e.clone()).await?;
        let metadata = self.metadata(e.clone()).await?;
        let storage = self.storage(e.clone()).await?;
        let rehearsal = self.rehearsal(e.clone()).await?;
        let launch = self.launch(e.clone()).await?;
        let sales = self.sales(e).await?;
        let errors = metadata.lint.iter().filter(|finding| finding.severity == LintSeverity::Error).count();
        let warnings = metadata.lint.len() - errors;

        let running = |kind: JobKind| project.jobs.active(kind);
        let stages = vec![
            artwork_stage(&artwork),
            tokens_stage(&artwork, running(JobKind::Render).as_ref()),
            if errors > 0 {
                stage(
                    StageName::Metadata,
                    StageState::Attention,
                    format!("{errors} errors, {warnings} warnings"),
                )
            } else if artwork.plan.is_none() {
                stage(
                    StageName::Metadata,
                    StageState::Empty,
                    "Nothing to describe before there is a plan".to_owned(),
                )
            } else {
                stage(
                    StageName::Metadata,
                    StageState::Ready,
                    if warnings == 0 { "No finding".to_owned() } else { format!("{warnings} warnings") },
                )
            },
            storage_stage(
                &storage,
                running(JobKind::Store)
                    .or_else(|| running(JobKind::Bundle))
                    .or_else(|| running(JobKind::Prove))
                    .as_ref(),
            ),
            rehearsal_stage(&rehearsal, running(JobKind::Rehearse).as_ref()),
            launch_stage(&launch),
            if sales.totals.minted == 0 {
                stage(StageName::Sales, StageState::Empty, "Nothing minted yet".to_owned())
            } else {
                let totals = &sales.totals;
                stage(
                    StageName::Sales,
                    StageState::Ready,
                    format!(
                        "{} minted, {} sold, royalty {} of {} ETH",
                        totals.minted,
                        totals.sales,
                        amount(&totals.royalty_received),
                        amount(&totals.royalty_owed)
                    ),
                )
            },
        ];
        let mut status =
            vec![StatusItem { text: format!("{} tokens", thousands(u64::from(spec.supply))), warn: false }];
        if errors + warnings > 0 {
            status.push(StatusItem { text: format!("{} warnings", errors + warnings), warn: true });
        }
        if let Some(plan) = &artwork.plan {
            status.push(StatusItem {
                text: format!("Plan {}…{}", &plan.hash[..4], &plan.hash[plan.hash.len() - 2..]),
                warn: artwork.plan_stale,
            });
        }
        if let Some(budget) = launch.budget.as_ref().filter(|_| {
            matches!(launch.state, LaunchState::Running | LaunchState::Paused | LaunchState::Done)
        }) {
            status.push(StatusItem {
                text: format!("Spent {} of {} ETH", amount(&launch.spent), amount(budget)),
                warn: false,
            });
        }
        if let Some(block) = &sales.block {
            status.push(StatusItem { text: format!("Read to block {block}"), warn: false });
        }
        Ok(ProjectView {
            dir: project.dir.to_string_lossy().into_owned(),
            name: spec.name.clone(),
            symbol: spec.symbol.clone(),
            supply: spec.supply,
            seed: spec.seed.clone(),
            cover: (artwork.rendered > 0).then(|| "thumb/1?s=128".to_owned()),
            stages,
            status,
            saved_at: project.saved_at(),
            undo: project.records.next_undo()?.map(|edit| edit.name),
            redo: project.records.next_redo()?.map(|edit| edit.name),
            network: project.network.view().await,
            active_jobs: project.jobs.count(),
            recovered: project.recovered.clone(),
        })
    }
}

fn stage(name: StageName, state: StageState, sentence: String) -> StageView {
    StageView { name, state, sentence, percent: None }
}

fn busy(name: StageName, job: &JobView) -> StageView {
    let percent = (job.total > 0)
        .then(|| u8::try_from(u64::from(job.done) * 100 / u64::from(job.total)).unwrap_or(100));
    StageView {
        name,
        state: StageState::Running,
        sentence: format!("{}: {} of {}", job.title, job.done, job.total),
        percent,
    }
}

fn artwork_stage(artwork: &crate::api::Artwork) -> StageView {
    let name = StageName::Artwork;
    let traits: usize = artwork.layers.iter().map(|layer| layer.traits.len()).sum();
    if artwork.layers.is_empty() {
        return stage(name, StageState::Empty, "No layers yet".to_owned());
    }
    if let Some(problem) = artwork.problems.first() {
        return stage(name, StageState::Attention, problem.message.clone());
    }
    if artwork.plan_stale {
        return stage(name, StageState::Stale, "drop.toml changed after the plan was made".to_owned());
    }
    match &artwork.plan {
        None => stage(
            name,
            StageState::Ready,
            format!("{} layers, {traits} traits, no plan yet", artwork.layers.len()),
        ),
        Some(plan) => {
            stage(name, StageState::Done, format!("{} tokens planned, every target met", plan.supply))
        }
    }
}

fn tokens_stage(artwork: &crate::api::Artwork, job: Option<&JobView>) -> StageView {
    let name = StageName::Tokens;
    if let Some(job) = job {
        return busy(name, job);
    }
    let Some(plan) = &artwork.plan else { return stage(name, StageState::Empty, "No plan yet".to_owned()) };
    if artwork.plan_stale {
        return stage(name, StageState::Stale, "The plan is older than drop.toml".to_owned());
    }
    if artwork.rendered == plan.supply {
        return stage(name, StageState::Done, format!("All {} rendered", plan.supply));
    }
    stage(name, StageState::Attention, format!("{} of {} rendered", artwork.rendered, plan.supply))
}

fn storage_stage(storage: &crate::api::Storage, job: Option<&JobView>) -> StageView {
    let name = StageName::Storage;
    if let Some(job) = job {
        return busy(name, job);
    }
    let Some(bundle) = &storage.bundle else {
        return stage(name, StageState::Empty, "No bundle yet".to_owned());
    };
    if storage.bundle_stale {
        return stage(name, StageState::Stale, "Something changed after the bundle was built".to_owned());
    }
    if !bundle.signatures.iter().any(|signature| signature.valid) {
        return stage(name, StageState::Attention, "Built, not signed".to_owned());
    }
    if storage.targets.iter().any(|target| target.state == TargetState::Failed) {
        return stage(name, StageState::Failed, storage.sentence.clone());
    }
    let state =
        if storage.copies_proven >= storage.copies_wanted { StageState::Done } else { StageState::Attention };
    stage(name, state, storage.sentence.clone())
}

fn rehearsal_stage(rehearsal: &crate::api::Rehearsal, job: Option<&JobView>) -> StageView {
    let name = StageName::Rehearsal;
    if let Some(job) = job {
        return busy(name, job);
    }
    match &rehearsal.report {
        None => stage(name, StageState::Empty, "Not rehearsed yet".to_owned()),
        Some(_) if rehearsal.stale => {
            stage(name, StageState::Stale, "What was rehearsed is not what would be launched now".to_owned())
        }
        Some(report) if report.go => {
            let looks = report.checks.iter().any(|check| check.state == CheckState::Warn);
            stage(name, if looks { StageState::Ready } else { StageState::Done }, report.verdict.clone())
        }
        Some(report) => stage(name, StageState::Failed, report.verdict.clone()),
    }
}

fn launch_stage(launch: &Launch) -> StageView {
    let name = StageName::Launch;
    if let Some(job) = &launch.job {
        return busy(name, job);
    }
    let state = match launch.state {
        LaunchState::Blocked => StageState::Empty,
        LaunchState::Ready => StageState::Ready,
        LaunchState::Running => StageState::Running,
        LaunchState::Paused => StageState::Attention,
        LaunchState::Done => StageState::Done,
        LaunchState::Failed => StageState::Failed,
    };
    stage(name, state, launch.headline.clone())
}

fn amount(text: &str) -> String {
    rounded(wei(text).unwrap_or_default())
}
