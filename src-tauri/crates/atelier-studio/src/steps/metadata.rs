//! Names, descriptions, and their lint.
use atelier_bundle::manifest::Manifest;
use atelier_collection::{Account, Drop as DropSpec, Edit, Percent, Plan};
use atelier_metadata::{
    CollectionMetadata, MetadataError, Severity, Templates, lint, lint_collection, variables,
};

use crate::Studio;
use crate::api::{Empty, LintFinding, LintSeverity, Metadata, MetadataEdit, MetadataExample};
use crate::error::StudioError;

/// Findings a screen shows.
const SHOWN: usize = 500;
/// Real examples beside the template.
const EXAMPLES: u32 = 3;
/// Stands for the pictures' folder before it has an identifier. Only lint sees it, which looks at its form; a screen
/// shows [`NOT_YET`] in its place.
const UNKNOWN_IMAGES: &str = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
/// How a screen says that the pictures' folder has no identifier yet.
const NOT_YET: &str = "ipfs://…";

impl Studio {
    /// Templates, examples and lint.
    pub async fn metadata(&self, _: Empty) -> Result<Metadata, StudioError> {
        let project = self.current().await?;
        tokio::task::spawn_blocking(move || {
            let spec = project.spec()?;
            let stored = project.plan()?;
            let rendered = crate::pictures::rendered(&project)?;
            let manifest = super::storage::bundle(&project)?.map(|bundle| bundle.manifest);
            let image = |id: u32| {
                let folder = manifest.as_ref().map_or_else(
                    || UNKNOWN_IMAGES.to_owned(),
                    |manifest| format!("ipfs://{}", manifest.images_cid),
                );
                format!("{folder}/{id}.png")
            };
            let mut findings: Vec<LintFinding> = Vec::new();
            let mut examples = Vec::new();
            let mut known = Vec::new();
            if let Some(stored) = &stored {
                let plan = &stored.plan;
                known =
                    variables(plan).into_iter().map(|variable| (variable.text, variable.meaning)).collect();
                findings = lint(&spec, plan, &image, Some(image(1))).into_iter().map(api_finding).collect();
                if let Ok(templates) = Templates::new(&spec, plan) {
                    for token in plan.tokens.iter().take(EXAMPLES as usize) {
                        let json = templates.token(token, image(token.id))?;
                        examples.push(MetadataExample {
                            id: token.id,
                            json: shown(&json)?,
                            version: rendered.get(&token.id).cloned().unwrap_or_default(),
                        });
                    }
                }
            }
            let collection = CollectionMetadata::of(&spec, Some(image(1)));
            if stored.is_none() {
                findings = lint_collection(&collection).into_iter().map(api_finding).collect();
            }
            findings.sort_by_key(|finding| finding.severity != LintSeverity::Error);
            let total = findings.len();
            findings.truncate(SHOWN);
            Ok(Metadata {
                name: spec.metadata.name.clone(),
                description: spec.metadata.description.clone(),
                external_url: spec.metadata.external_url.clone().unwrap_or_default(),
                collection_name: spec.name.clone(),
                collection_description: spec.description.clone(),
                symbol: spec.symbol.clone(),
                royalty_percent: percent(spec.royalty.basis_points),
                royalty_receiver: spec.royalty.receiver.to_string(),
                variables: known,
                examples,
                lint: findings,
                lint_total: u32::try_from(total).unwrap_or(u32::MAX),
                collection_json: shown(&collection)?,
            })
        })
        .await
        .map_err(|error| StudioError::internal(&error))?
    }

    /// Change templates.
    pub async fn metadata_set(&self, input: MetadataEdit) -> Result<Metadata, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let mut edits = Vec::new();
        edits.extend(input.name.map(|template| Edit::TokenName { template }));
        edits.extend(input.description.map(|template| Edit::TokenDescription { template }));
        edits.extend(
            input
                .external_url
                .map(|url| Edit::ExternalUrl { template: Some(url).filter(|url| !url.is_empty()) }),
        );
        edits.extend(input.collection_name.map(|name| Edit::Name { name }));
        edits.extend(input.collection_description.map(|description| Edit::Description { description }));
        edits.extend(input.symbol.map(|symbol| Edit::Symbol { symbol }));
        if input.royalty_percent.is_some() || input.royalty_receiver.is_some() {
            let text = input.royalty_percent.unwrap_or_else(|| percent(spec.royalty.basis_points));
            let bad =
                |what: &'static str, value: &str| StudioError::BadInput { what, value: value.to_owned() };
            let share = Percent::parse(&text).ok_or_else(|| bad("a royalty in percent", &text))?;
            let receiver = match input.royalty_receiver {
                Some(account) => Account::parse(&account).ok_or_else(|| bad("an account", &account))?,
                None => spec.royalty.receiver.clone(),
            };
            edits.push(Edit::Royalty { percent: share, receiver });
        }
        project.edit("metadata", &edits)?;
        self.metadata(Empty {}).await
    }
}

/// A document for reading, with no identifier that is not known yet.
fn shown(document: &impl serde::Serialize) -> Result<String, StudioError> {
    let text = serde_json::to_string_pretty(document).map_err(|error| StudioError::internal(&error))?;
    Ok(text.replace(UNKNOWN_IMAGES, NOT_YET))
}

fn api_finding(finding: atelier_metadata::Finding) -> LintFinding {
    LintFinding {
        code: finding.code,
        severity: match finding.severity {
            Severity::Error => LintSeverity::Error,
            Severity::Warning => LintSeverity::Warning,
        },
        token: finding.token,
        field: finding.field,
        message: finding.message,
        fix: finding.fix,
    }
}

/// Basis points as a decimal string of percent: 525 is "5.25".
fn percent(basis_points: u16) -> String {
    let (whole, part) = (basis_points / 100, basis_points % 100);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:02}").trim_end_matches('0').to_owned() }
}

/// A token's name from the template; the number alone where the template has a mistake.
pub(crate) fn token_name(spec: &DropSpec, plan: &Plan, id: u32) -> String {
    let filled = Templates::new(spec, plan)
        .ok()
        .and_then(|templates| templates.token(plan.token(id)?, "ipfs://").ok());
    filled.map_or_else(|| format!("#{id}"), |metadata| metadata.name)
}

/// Every token's canonical JSON, in token order.
pub(crate) fn all(
    spec: &DropSpec,
    plan: &Plan,
    image: impl Fn(u32) -> Option<String>,
) -> Result<Vec<(u32, Vec<u8>)>, StudioError> {
    let templates = Templates::new(spec, plan)?;
    let one = |token: &atelier_collection::Token| {
        let uri = image(token.id).ok_or(StudioError::NoSuchToken { id: token.id })?;
        Ok((token.id, templates.token(token, uri)?.to_canonical()?))
    };
    plan.tokens.iter().map(one).collect()
}

/// The collection's canonical JSON.
pub(crate) fn collection_json(spec: &DropSpec, image: Option<String>) -> Result<Vec<u8>, MetadataError> {
    CollectionMetadata::of(spec, image).to_canonical()
}

/// True when a manifest lists exactly the metadata the drop would write now.
pub(crate) fn matches(spec: &DropSpec, plan: &Plan, manifest: &Manifest) -> bool {
    use sha2::{Digest as _, Sha256};
    let image = |id: u32| Some(format!("ipfs://{}/{id}.png", manifest.images_cid));
    let Ok(tokens) = all(spec, plan, image) else { return false };
    let Ok(collection) = collection_json(spec, image(1)) else { return false };
    let same = |bytes: &[u8], file: Option<&atelier_bundle::manifest::FileEntry>| {
        file.is_some_and(|file| file.sha256[..] == Sha256::digest(bytes)[..])
    };
    let contract = manifest.files.iter().find(|file| file.path == atelier_bundle::names::CONTRACT);
    tokens.iter().all(|(id, bytes)| same(bytes, manifest.metadata(*id))) && same(&collection, contract)
}
