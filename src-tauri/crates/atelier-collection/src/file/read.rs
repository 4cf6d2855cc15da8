//! From text to meaning, everything but layers and rules.

use std::collections::BTreeMap;

use toml_edit::Document;

use super::section::{Found, Section};
use super::{layers, place};
use crate::drop::{
    Account, Art, Drop, Launch, Layer, MAX_SIDE, MAX_SUPPLY, MetadataTemplates, Percent, Preset, Royalty,
    SCHEMA, Storage, StorageTarget,
};
use crate::error::{CollectionError, Place};
use crate::rule::is_id;

const NAME_LENGTH: usize = 200;

pub(super) fn read(text: &str) -> Result<Drop, CollectionError> {
    let document = Document::parse(text).map_err(|error| CollectionError::Syntax {
        at: place(text, error.span().map_or(0, |span| span.start)),
        message: error.message().trim_end_matches('.').replace('\n', ", "),
    })?;
    let root = Section::root(text, document.as_table());

    // The schema first: a newer file should say so, not complain about its first new key.
    let schema = root.number("schema", (0, u32::MAX), "Begin the file with `schema = 1`.")?;
    if schema.value != SCHEMA {
        return Err(schema.bad(
            schema.value.to_string(),
            format!("This version of Atelier reads schema {SCHEMA}; open the project with the version that wrote it."),
        ));
    }
    root.only(&[
        "schema",
        "name",
        "symbol",
        "description",
        "supply",
        "seed",
        "art",
        "unique",
        "layer",
        "rule",
        "metadata",
        "royalty",
        "launch",
        "storage",
    ])?;

    let name = one_line(root.text("name", "Give the collection a name.")?, NAME_LENGTH)?;
    let symbol = one_line(root.text("symbol", "Give the tokens a short symbol, such as \"TIDE\".")?, 32)?;
    let description = root.maybe_text("description")?.map_or_else(String::new, |found| found.value);
    let supply = root
        .number("supply", (1, MAX_SUPPLY), "Say how many tokens there are, such as `supply = 100`.")?
        .value;
    let seed = root.text("seed", "Any text will do; the same seed gives the same plan.")?.value;
    let art = art(&root)?;
    let layers = layers::layers(&root, supply)?;
    let rules = layers::rules(&root, &layers)?;
    Ok(Drop {
        name,
        symbol,
        description,
        supply,
        seed,
        art,
        unique_layers: unique(&root, &layers)?,
        layers,
        rules,
        metadata: metadata(&root)?,
        royalty: royalty(&root)?,
        launch: launch(&root, supply)?,
        storage: storage(&root)?,
    })
}

/// Text for people on one line: not empty, not endless, no control characters, no space around it.
pub(super) fn one_line(found: Found<String>, longest: usize) -> Result<String, CollectionError> {
    let written = format!("{:?}", found.value);
    if found.value.trim().is_empty() {
        return Err(found.bad("empty", "Write at least one character."));
    }
    if found.value.trim() != found.value {
        return Err(found.bad(written, "Remove the space around it."));
    }
    if found.value.chars().any(char::is_control) {
        return Err(found.bad(written, "Remove the line breaks and control characters."));
    }
    if found.value.chars().count() > longest {
        return Err(found.bad("that long", format!("Use at most {longest} characters.")));
    }
    Ok(found.value)
}

/// An id that was not used before in its list.
pub(super) fn fresh_id(
    section: &Section<'_>,
    seen: &mut BTreeMap<String, Place>,
) -> Result<Found<String>, CollectionError> {
    let id = section.text("id", "Give it an id of small letters, digits and hyphens that never changes.")?;
    if !is_id(&id.value) {
        return Err(id.bad(format!("{:?}", id.value), "Use small letters a-z, digits and hyphens only."));
    }
    match seen.insert(id.value.clone(), id.at) {
        Some(first) => Err(CollectionError::DuplicateId { at: id.at, first, key: id.key, id: id.value }),
        None => Ok(id),
    }
}

fn art(root: &Section<'_>) -> Result<Art, CollectionError> {
    let art = root.section("art", "Add an [art] table with width and height in pixels.")?;
    art.only(&["width", "height", "preset", "background"])?;
    let preset = match art.maybe_text("preset")? {
        None => Preset::default(),
        Some(found) => match found.value.as_str() {
            "fast" => Preset::Fast,
            "balanced" => Preset::Balanced,
            "small" => Preset::Small,
            other => return Err(found.bad(format!("{other:?}"), "Use \"fast\", \"balanced\" or \"small\".")),
        },
    };
    let background = match art.maybe_text("background")? {
        None => None,
        Some(found) => Some(color(&found.value).ok_or_else(|| {
            found.bad(format!("{:?}", found.value), "Write it as \"#rrggbb\" or \"#rrggbbaa\".")
        })?),
    };
    Ok(Art {
        width: art.number("width", (1, MAX_SIDE), "Say how wide the images are, in pixels.")?.value,
        height: art.number("height", (1, MAX_SIDE), "Say how high the images are, in pixels.")?.value,
        preset,
        background,
    })
}

fn color(text: &str) -> Option<[u8; 4]> {
    let digits = text.strip_prefix('#')?;
    let mut color = [0, 0, 0, 255];
    match digits.len() {
        6 => hex::decode_to_slice(digits, &mut color[..3]).ok()?,
        8 => hex::decode_to_slice(digits, &mut color).ok()?,
        _ => return None,
    }
    Some(color)
}

fn unique(root: &Section<'_>, layers: &[Layer]) -> Result<Vec<String>, CollectionError> {
    let all = || layers.iter().map(|layer| layer.id.clone()).collect();
    let Some(unique) = root.maybe_section("unique")? else { return Ok(all()) };
    unique.only(&["layers"])?;
    let Some(list) = unique.maybe_texts("layers")? else { return Ok(all()) };
    if list.value.is_empty() {
        return Err(list.bad("empty", "Name at least one layer, or leave [unique] out to use all of them."));
    }
    let mut seen = BTreeMap::new();
    let mut out = Vec::new();
    for entry in list.value {
        if !layers.iter().any(|layer| layer.id == entry.value) {
            let known: Vec<&str> = layers.iter().map(|layer| layer.id.as_str()).collect();
            return Err(CollectionError::UnknownReference {
                at: entry.at,
                key: entry.key,
                reference: entry.value,
                hint: format!("The layers are: {}.", known.join(", ")),
            });
        }
        if let Some(first) = seen.insert(entry.value.clone(), entry.at) {
            return Err(CollectionError::DuplicateId {
                at: entry.at,
                first,
                key: entry.key,
                id: entry.value,
            });
        }
        out.push(entry.value);
    }
    Ok(out)
}

fn metadata(root: &Section<'_>) -> Result<MetadataTemplates, CollectionError> {
    let metadata = root.section("metadata", "Add a [metadata] table with a name and a description.")?;
    metadata.only(&["name", "description", "external_url", "background_color"])?;
    let filled = |found: Option<Found<String>>| found.filter(|found| !found.value.is_empty());
    let background_color = match filled(metadata.maybe_text("background_color")?) {
        None => None,
        Some(found) => {
            if found.value.len() != 6 || !found.value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(
                    found.bad(format!("{:?}", found.value), "Write six hexadecimal digits without #.")
                );
            }
            Some(found.value)
        }
    };
    Ok(MetadataTemplates {
        name: metadata.text("name", "Name the tokens, for example \"Keeper #{id}\".")?.value,
        description: metadata.text("description", "Describe the tokens; it may be empty.")?.value,
        external_url: filled(metadata.maybe_text("external_url")?).map(|found| found.value),
        background_color,
    })
}

fn account(section: &Section<'_>, key: &str) -> Result<Account, CollectionError> {
    match section.maybe_text(key)? {
        None => Ok(Account::Deployer),
        Some(found) => Account::parse(&found.value).ok_or_else(|| {
            found.bad(format!("{:?}", found.value), "Write \"deployer\", or 0x and forty hexadecimal digits.")
        }),
    }
}

fn royalty(root: &Section<'_>) -> Result<Royalty, CollectionError> {
    let royalty = root.section("royalty", "Add a [royalty] table, such as `percent = \"5\"`.")?;
    royalty.only(&["percent", "receiver"])?;
    let percent = royalty
        .maybe_decimal("percent")?
        .ok_or_else(|| royalty.missing("percent", "Say what a resale owes you, such as \"5\" or \"0\"."))?;
    let basis_points = Percent::parse(&percent.value).and_then(Percent::basis_points).ok_or_else(|| {
        percent
            .bad(format!("{:?}", percent.value), "Write 0 to 100 with at most two decimals, such as \"7.5\".")
    })?;
    Ok(Royalty { basis_points, receiver: account(&royalty, "receiver")? })
}

fn launch(root: &Section<'_>, supply: u32) -> Result<Launch, CollectionError> {
    let launch = root.section("launch", "Add a [launch] table with batch_size, batched and vouchers.")?;
    launch.only(&["batch_size", "batched", "vouchers", "recipient", "freeze"])?;
    let batch_size =
        launch.number("batch_size", (1, MAX_SUPPLY), "Say how many tokens a batch mints.")?.value;
    let batched = launch.number("batched", (0, MAX_SUPPLY), "Say how many tokens you mint yourself.")?;
    let vouchers =
        launch.number("vouchers", (0, MAX_SUPPLY), "Say how many tokens you issue as vouchers.")?;
    if batched.value + vouchers.value > supply {
        return Err(vouchers.bad(
            vouchers.value.to_string(),
            format!(
                "With {} in batches that is more than the supply of {supply}; at most {} can be vouchers.",
                batched.value,
                supply.saturating_sub(batched.value)
            ),
        ));
    }
    Ok(Launch {
        batch_size,
        batched: batched.value,
        vouchers: vouchers.value,
        recipient: account(&launch, "recipient")?,
        freeze: launch.maybe_flag("freeze")?.is_some_and(|found| found.value),
    })
}

fn storage(root: &Section<'_>) -> Result<Storage, CollectionError> {
    let embedded = || vec!["embedded".to_owned()];
    let Some(storage) = root.maybe_section("storage")? else {
        return Ok(Storage { copies: 1, targets: embedded(), described: Vec::new() });
    };
    storage.only(&["copies", "targets", "target"])?;
    let mut seen = BTreeMap::new();
    let mut described = Vec::new();
    for target in storage.sections("target")? {
        target.only(&["id", "kind", "url", "gateway"])?;
        let link = |key: &str| -> Result<Option<String>, CollectionError> {
            match target.maybe_text(key)? {
                None => Ok(None),
                Some(found) if found.value.contains('@') => Err(found.bad(
                    "an address with a user name or password",
                    "Keep secrets in the keychain, under the target's id.",
                )),
                Some(found) => Ok(Some(one_line(found, 2_000)?)),
            }
        };
        described.push(StorageTarget {
            id: fresh_id(&target, &mut seen)?.value,
            kind: one_line(target.text("kind", "Say what it is, such as \"kubo\".")?, 64)?,
            url: link("url")?,
            gateway: link("gateway")?,
        });
    }
    let targets = match storage.maybe_texts("targets")? {
        None => embedded(),
        Some(list) => {
            let mut out = Vec::new();
            for entry in list.value {
                if entry.value != "embedded" && !described.iter().any(|target| target.id == entry.value) {
                    return Err(CollectionError::UnknownReference {
                        at: entry.at,
                        key: entry.key,
                        hint: format!("Describe it in a [[storage.target]] with id = \"{}\".", entry.value),
                        reference: entry.value,
                    });
                }
                out.push(entry.value);
            }
            out
        }
    };
    let most = u32::try_from(targets.len()).unwrap_or(u32::MAX).max(1);
    let copies = storage.maybe_number("copies", (1, most))?.map_or(1, |found| found.value);
    Ok(Storage { copies, targets, described })
}
