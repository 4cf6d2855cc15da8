//! Layers, traits, rules, the plan and the pictures.
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use atelier_collection::{
    Blend, Drop as DropSpec, Edit, LayerCounts, Percent, Plan, Rule, RuleKind as SpecRuleKind, SolveOptions,
    Target as SpecTarget, TraitRef, solve, target,
};
use atelier_db::state::ArtifactKind;

use crate::Studio;
use crate::api::{
    Artwork, BlendMode, Empty, JobKind, JobView, LayerView, PlanSummary, RuleKind, RuleRef, RuleSpec,
    RuleView, SetSupply, SetTarget, Target, Topic, TraitView,
};
use crate::clock::now;
use crate::error::StudioError;
use crate::jobs::JobSeed;
use crate::project::Project;
use crate::records::StoredJob;

/// What changes when the plan or the pictures do.
const PICTURE_TOPICS: &[Topic] = &[
    Topic::Project,
    Topic::Artwork,
    Topic::Tokens,
    Topic::Metadata,
    Topic::Storage,
    Topic::Launch,
    Topic::Activity,
];

impl Studio {
    /// Layers, traits, rules and their three bars.
    pub async fn artwork(&self, _: Empty) -> Result<Artwork, StudioError> {
        let project = self.current().await?;
        tokio::task::spawn_blocking(move || view(&project))
            .await
            .map_err(|error| StudioError::internal(&error))?
    }

    /// Change one target.
    pub async fn artwork_set_target(&self, input: SetTarget) -> Result<Artwork, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let target = spec_target(&input.target)?;
        let layer_name =
            spec.layer(&input.layer).map_or_else(|| input.layer.clone(), |(_, layer)| layer.name.clone());
        let (name, edit) = match input.trait_id {
            Some(id) => {
                let found = spec
                    .layer(&input.layer)
                    .and_then(|(_, layer)| layer.traits.iter().find(|one| one.id == id));
                let trait_name = found.map_or_else(|| id.clone(), |one| one.name.clone());
                (
                    format!("{trait_name} to {}", words(&input.target)),
                    Edit::TraitTarget { layer: input.layer, id, target },
                )
            }
            None => (
                format!("No {layer_name} to {}", words(&input.target)),
                Edit::NoneTarget { layer: input.layer, target: Some(target) },
            ),
        };
        project.edit(&name, &[edit])?;
        self.artwork(Empty {}).await
    }

    /// Change the supply or the seed.
    pub async fn artwork_set_supply(&self, input: SetSupply) -> Result<Artwork, StudioError> {
        let project = self.current().await?;
        let file = project.refreshed()?;
        let mut edits = Vec::new();
        if input.supply != file.drop().supply {
            edits.extend(super::home::resupply(&file, input.supply));
        }
        if let Some(seed) = input.seed {
            edits.push(Edit::Seed { seed });
        }
        project.edit(&format!("{} tokens", input.supply), &edits)?;
        self.artwork(Empty {}).await
    }

    /// Add a rule, or replace the one with its id.
    pub async fn rule_add(&self, input: RuleSpec) -> Result<Artwork, StudioError> {
        let project = self.current().await?;
        let rule = spec_rule(&input)?;
        let known = project.spec()?.rules.iter().any(|other| other.id == rule.id);
        let edit = if known { Edit::ReplaceRule { rule } } else { Edit::AddRule { rule } };
        project.edit(&format!("rule {}", input.id), &[edit])?;
        self.artwork(Empty {}).await
    }

    /// Remove a rule.
    pub async fn rule_remove(&self, input: RuleRef) -> Result<Artwork, StudioError> {
        let project = self.current().await?;
        project.edit(&format!("removing rule {}", input.id), &[Edit::RemoveRule { id: input.id.clone() }])?;
        self.artwork(Empty {}).await
    }

    /// Find a plan that meets every target.
    pub async fn plan_tokens(&self, _: Empty) -> Result<PlanSummary, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let planned = {
            let spec = spec.clone();
            tokio::task::spawn_blocking(move || {
                let mut go_on = |_| ControlFlow::Continue(());
                solve(&spec, SolveOptions { progress: Some(&mut go_on), ..SolveOptions::default() })
            })
            .await
            .map_err(|error| StudioError::internal(&error))??
        };
        let hash = hex::encode(planned.hash);
        project.records.add(ArtifactKind::Plan, &planned.hash, &planned)?;
        project.records.audit("user", "plan.make", &format!("{} tokens, plan {hash}", planned.supply))?;
        self.bell.changed(PICTURE_TOPICS);
        Ok(summary(&planned, &spec, now()))
    }

    /// Render what is missing or changed.
    pub async fn render(self: &Arc<Self>, _: Empty) -> Result<JobView, StudioError> {
        self.render_as(None).await
    }

    pub(crate) async fn render_as(
        self: &Arc<Self>,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        let (spec, plan) = project.fresh_plan()?;
        let seed =
            JobSeed::new(JobKind::Render, format!("Render {} tokens", plan.supply), serde_json::Value::Null);
        let seed = match before {
            Some(before) => seed.again(before),
            None => seed,
        };
        let jobs = Arc::clone(&project.jobs);
        jobs.start(seed, PICTURE_TOPICS, move |control| async move {
            let total = plan.supply;
            let made = tokio::task::spawn_blocking({
                let project = Arc::clone(&project);
                move || crate::pictures::render(&project, &spec, &plan, &control)
            })
            .await
            .map_err(|error| StudioError::internal(&error))??;
            project.records.audit(
                "user",
                "art.render",
                &format!("{made} of {total} pictures made, the rest were there"),
            )?;
            Ok(format!("{total} pictures, {made} of them new"))
        })
    }
}

fn view(project: &Arc<Project>) -> Result<Artwork, StudioError> {
    let spec = project.spec()?;
    let stored = project.plan()?;
    let stale = stored.as_ref().is_some_and(|stored| !stored.fits(&spec));
    let planned = stored.as_ref().map(|stored| worn(&stored.plan)).unwrap_or_default();
    let done = crate::pictures::rendered(project)?;
    let rendered =
        stored.as_ref().map(|stored| worn_by(&stored.plan, |id| done.contains_key(&id))).unwrap_or_default();
    let mut problems: Vec<_> = Vec::new();
    let targets = match target::resolve(&spec, spec.supply) {
        Ok(targets) => targets,
        Err(error) => {
            problems.push(StudioError::from(error).report());
            Vec::new()
        }
    };
    let bad = crate::pictures::problems(project, &spec);
    problems.extend(bad.values().cloned());
    let count = |map: &BTreeMap<(String, Option<String>), u32>, layer: &str, id: Option<&str>| {
        map.get(&(layer.to_owned(), id.map(str::to_owned))).copied().unwrap_or(0)
    };
    let layers = spec.layers.iter().enumerate().map(|(at, layer)| LayerView {
        id: layer.id.clone(),
        name: layer.name.clone(),
        blend: match layer.blend {
            Blend::Normal => BlendMode::Normal,
            Blend::Multiply => BlendMode::Multiply,
        },
        none: layer.none.as_ref().map(api_target),
        none_planned: count(&planned, &layer.id, None),
        traits: layer
            .traits
            .iter()
            .enumerate()
            .map(|(index, one)| TraitView {
                id: one.id.clone(),
                name: one.name.clone(),
                target: api_target(&one.target),
                target_count: targets
                    .get(at)
                    .and_then(|counts: &LayerCounts| counts.traits.get(index))
                    .copied()
                    .unwrap_or(0),
                planned: count(&planned, &layer.id, Some(&one.id)),
                rendered: count(&rendered, &layer.id, Some(&one.id)),
                thumb: format!("trait/{}/{}", layer.id, one.id),
                problem: bad.get(&format!("{}/{}", layer.id, one.id)).cloned(),
            })
            .collect(),
    });
    Ok(Artwork {
        width: spec.art.width,
        height: spec.art.height,
        supply: spec.supply,
        seed: spec.seed.clone(),
        layers: layers.collect(),
        rules: spec
            .rules
            .iter()
            .map(|rule| RuleView { spec: api_rule(rule), sentence: rule.sentence(&spec) })
            .collect(),
        plan: stored.as_ref().map(|stored| summary(&stored.plan, &spec, stored.made_at.clone())),
        plan_stale: stale,
        rendered: u32::try_from(done.len()).unwrap_or(u32::MAX),
        example: example(&spec, stored.as_ref().map(|stored| &stored.plan)),
        problems,
    })
}

/// A first combination: the first token of the plan, else the first trait of every layer that cannot be left out.
fn example(spec: &DropSpec, plan: Option<&Plan>) -> Vec<String> {
    if let Some(token) = plan.and_then(|plan| plan.token(1)) {
        let pairs = plan.iter().flat_map(|plan| plan.layers.iter().zip(&token.picks));
        return pairs
            .filter_map(|(layer, pick)| {
                Some(format!("{}/{}", layer.id, layer.traits.get(usize::from((*pick)?))?.id))
            })
            .collect();
    }
    let first =
        |layer: &atelier_collection::Layer| Some(format!("{}/{}", layer.id, layer.traits.first()?.id));
    spec.layers.iter().filter(|layer| layer.none.is_none()).filter_map(first).collect()
}

fn summary(plan: &Plan, spec: &DropSpec, made_at: String) -> PlanSummary {
    let targets = target::resolve(spec, spec.supply).unwrap_or_default();
    let off = |(want, have): (&LayerCounts, &LayerCounts)| {
        want.none.abs_diff(have.none)
            + want.traits.iter().zip(&have.traits).map(|(want, have)| want.abs_diff(*have)).sum::<u32>()
    };
    PlanSummary {
        hash: hex::encode(plan.hash),
        supply: plan.supply,
        deviation: targets.iter().zip(&plan.targets).map(off).sum(),
        rules: u32::try_from(spec.rules.len()).unwrap_or(u32::MAX),
        made_at,
    }
}

/// How many tokens wear each trait, by layer and trait id; the key without a trait counts those that go without.
fn worn(plan: &Plan) -> BTreeMap<(String, Option<String>), u32> {
    worn_by(plan, |_| true)
}

fn worn_by(plan: &Plan, counts: impl Fn(u32) -> bool) -> BTreeMap<(String, Option<String>), u32> {
    let mut worn = BTreeMap::new();
    for token in plan.tokens.iter().filter(|token| counts(token.id)) {
        for (layer, pick) in plan.layers.iter().zip(&token.picks) {
            let id = pick.and_then(|pick| layer.traits.get(usize::from(pick))).map(|one| one.id.clone());
            *worn.entry((layer.id.clone(), id)).or_insert(0) += 1;
        }
    }
    worn
}

fn api_target(target: &SpecTarget) -> Target {
    match target {
        SpecTarget::Count(count) => Target::Count(*count),
        SpecTarget::Percent(percent) => Target::Percent(percent.to_string()),
        SpecTarget::Weight(weight) => Target::Weight(*weight),
    }
}

fn spec_target(target: &Target) -> Result<SpecTarget, StudioError> {
    Ok(match target {
        Target::Count(count) => SpecTarget::Count(*count),
        Target::Percent(text) => {
            let percent = Percent::parse(text)
                .ok_or_else(|| StudioError::BadInput { what: "a percentage", value: text.clone() })?;
            SpecTarget::Percent(percent)
        }
        Target::Weight(weight) => SpecTarget::Weight(*weight),
    })
}

fn words(target: &Target) -> String {
    match target {
        Target::Count(count) => count.to_string(),
        Target::Percent(text) => format!("{text} %"),
        Target::Weight(weight) => format!("weight {weight}"),
    }
}

fn api_rule(rule: &Rule) -> RuleSpec {
    let (kind, count) = match rule.kind {
        SpecRuleKind::Forbid => (RuleKind::Forbid, None),
        SpecRuleKind::OnlyWith => (RuleKind::OnlyWith, None),
        SpecRuleKind::AtMost(count) => (RuleKind::AtMost, Some(count)),
    };
    let texts = |refs: &[TraitRef]| refs.iter().map(ToString::to_string).collect();
    RuleSpec { id: rule.id.clone(), kind, traits: texts(&rule.traits), with: texts(&rule.with), count }
}

fn spec_rule(rule: &RuleSpec) -> Result<Rule, StudioError> {
    let kind = match rule.kind {
        RuleKind::Forbid => SpecRuleKind::Forbid,
        RuleKind::OnlyWith => SpecRuleKind::OnlyWith,
        RuleKind::AtMost => {
            let count = rule.count.ok_or_else(|| StudioError::BadInput {
                what: "a rule",
                value: "at most how many?".to_owned(),
            })?;
            SpecRuleKind::AtMost(count)
        }
    };
    let refs = |texts: &[String]| {
        let parse = |text: &String| {
            TraitRef::parse(text)
                .ok_or_else(|| StudioError::BadInput { what: "a trait", value: text.clone() })
        };
        texts.iter().map(parse).collect::<Result<Vec<_>, _>>()
    };
    Ok(Rule { id: rule.id.clone(), kind, traits: refs(&rule.traits)?, with: refs(&rule.with)? })
}
