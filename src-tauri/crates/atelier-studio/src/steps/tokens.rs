//! The grid's table and one token at a time.
use atelier_collection::{Plan, Rarity};

use crate::Studio;
use crate::api::{Empty, TokenDetail, TokenRef, TokenTrait, TokensLayer, TokensTable};
use crate::error::StudioError;
use crate::project::Project;

/// How rarity is measured, as the screen says it.
const RARITY: &str = "Information content: the sum over layers of log2(supply / tokens with that trait)";

impl Studio {
    /// The grid's table.
    pub async fn tokens(&self, _: Empty) -> Result<TokensTable, StudioError> {
        let project = self.current().await?;
        tokio::task::spawn_blocking(move || table(&project))
            .await
            .map_err(|error| StudioError::internal(&error))?
    }

    /// One token.
    pub async fn token(&self, input: TokenRef) -> Result<TokenDetail, StudioError> {
        let project = self.current().await?;
        let stored = project.plan()?.ok_or(StudioError::NoPlan)?;
        let plan = &stored.plan;
        let token = plan.token(input.id).ok_or(StudioError::NoSuchToken { id: input.id })?;
        let rank = Rarity::of(plan).tokens.iter().find(|one| one.id == input.id).map_or(0, |one| one.rank);
        let traits =
            plan.layers.iter().zip(&token.picks).zip(&plan.targets).map(|((layer, pick), counts)| {
                let (name, count) = match pick {
                    Some(pick) => {
                        let at = usize::from(*pick);
                        (
                            layer.traits.get(at).map(|one| one.name.clone()),
                            counts.traits.get(at).copied().unwrap_or(0),
                        )
                    }
                    None => (None, counts.none),
                };
                TokenTrait {
                    layer: layer.name.clone(),
                    layer_id: layer.id.clone(),
                    name,
                    share: share(count, plan.supply),
                }
            });
        let spec = project.spec()?;
        let bundle = super::storage::bundle(&project)?;
        let manifest = bundle.as_ref().map(|bundle| &bundle.manifest);
        let metadata = manifest.and_then(|manifest| manifest.metadata(input.id)).and_then(|file| {
            // A file that vanished since is found by `verify`; here the field is simply empty.
            std::fs::read_to_string(project.build().join(&file.path)).ok()
        });
        let owner = project.index.owner(super::launch::deployed(&project).ok().as_ref(), input.id)?;
        Ok(TokenDetail {
            id: input.id,
            name: super::metadata::token_name(&spec, plan, input.id),
            rank,
            of: plan.supply,
            traits: traits.collect(),
            image_sha256: crate::pictures::hashes(&project)?.get(&input.id).cloned(),
            image_cid: manifest
                .and_then(|manifest| manifest.image(input.id))
                .map(|file| file.cid.to_string()),
            token_uri: manifest.map(|manifest| format!("{}{}.json", manifest.base_uri, input.id)),
            metadata,
            mint_transaction: owner.as_ref().map(|owner| owner.mint_transaction.clone()),
            owner: owner.map(|owner| owner.address),
        })
    }
}

fn table(project: &Project) -> Result<TokensTable, StudioError> {
    let Some(stored) = project.plan()? else {
        return Ok(TokensTable {
            plan: String::new(),
            count: 0,
            rendered: 0,
            layers: Vec::new(),
            rank: Vec::new(),
            bits: Vec::new(),
            version: Vec::new(),
            micro_pages: 0,
            micro_version: String::new(),
            rarity: RARITY.to_owned(),
        });
    };
    let plan = &stored.plan;
    let rendered = crate::pictures::rendered(project)?;
    let rarity = Rarity::of(plan);
    let version = |id: u32| rendered.get(&id).cloned().unwrap_or_default();
    let (micro_pages, micro_version) = crate::pictures::micro(project)?;
    Ok(TokensTable {
        plan: hex::encode(plan.hash),
        count: plan.supply,
        rendered: u32::try_from(rendered.len()).unwrap_or(u32::MAX),
        layers: layers(plan),
        rank: by_id(plan.supply, rarity.tokens.iter().map(|one| (one.id, one.rank))),
        bits: by_id(
            plan.supply,
            rarity.tokens.iter().map(|one| (one.id, u32::try_from(one.millibits()).unwrap_or(u32::MAX))),
        ),
        version: (1..=plan.supply).map(version).collect(),
        micro_pages,
        micro_version,
        rarity: RARITY.to_owned(),
    })
}

fn by_id(count: u32, values: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut column = vec![0; count as usize];
    for (id, value) in values {
        if let Some(cell) = (id as usize).checked_sub(1).and_then(|at| column.get_mut(at)) {
            *cell = value;
        }
    }
    column
}

fn layers(plan: &Plan) -> Vec<TokensLayer> {
    let layer = |(at, layer): (usize, &atelier_collection::LayerKey)| {
        let none = u16::try_from(layer.traits.len()).unwrap_or(u16::MAX);
        let counts = plan.targets.get(at);
        TokensLayer {
            id: layer.id.clone(),
            name: layer.name.clone(),
            traits: layer.traits.iter().map(|one| one.name.clone()).collect(),
            trait_ids: layer.traits.iter().map(|one| one.id.clone()).collect(),
            counts: counts
                .map(|counts| counts.traits.iter().copied().chain([counts.none]).collect())
                .unwrap_or_default(),
            column: plan
                .tokens
                .iter()
                .map(|token| token.picks.get(at).copied().flatten().unwrap_or(none))
                .collect(),
        }
    };
    plan.layers.iter().enumerate().map(layer).collect()
}

/// A share of the supply in ten-thousandths, rounded to the nearest.
fn share(count: u32, supply: u32) -> u32 {
    let supply = u64::from(supply.max(1));
    u32::try_from((u64::from(count) * 10_000 + supply / 2) / supply).unwrap_or(u32::MAX)
}
