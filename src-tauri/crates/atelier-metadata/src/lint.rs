//! What is wrong with metadata before anybody else sees it.
//!
//! Errors are what the ERC-721 and ERC-7572 schemas or this project's rules forbid, or what marketplaces cannot show;
//! warnings are what they show, but not as one would wish. The marketplace profile is OpenSea's documentation of 2026.

use std::collections::BTreeMap;

use atelier_collection::{Drop, Plan};
use serde::{Deserialize, Serialize};

use crate::collection::CollectionMetadata;
use crate::error::MetadataError;
use crate::template::Template;
use crate::token::{Templates, TokenMetadata};

/// Characters of a name that tiles show.
const NAME_SHOWN: usize = 32;
/// Characters of a description that collection pages keep.
const DESCRIPTION_KEPT: usize = 1_000;
/// The highest royalty that OpenSea honours, in basis points.
const ROYALTY_HONOURED: u16 = 1_000;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A marketplace shows it wrong or not at all, or a rule of this project is broken. Blocks a bundle.
    Error,
    /// Worth a look.
    Warning,
}

/// One thing that is wrong, with a way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code, `META-…`.
    pub code: String,
    /// How bad.
    pub severity: Severity,
    /// The token; `None` when it is about a template or the collection.
    pub token: Option<u32>,
    /// The field: `name`, `attributes[2].value`, `template.description`, `collection.image`, ….
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub fix: String,
}

/// Checks a whole drop: templates, every token, the collection. `image` gives the URI of a token's picture, and
/// `collection_image` that of the collection. Errors come first, then by token and field.
pub fn lint(
    drop: &Drop,
    plan: &Plan,
    image: &dyn Fn(u32) -> String,
    collection_image: Option<String>,
) -> Vec<Finding> {
    let mut findings = lint_collection(&CollectionMetadata::of(drop, collection_image));
    if drop.royalty.basis_points > ROYALTY_HONOURED {
        findings.push(finding(
            ("META-ROYALTY-HIGH", Severity::Warning),
            None,
            "royalty.percent",
            "OpenSea honours at most 10 % and may hide a collection that asks for more.",
            "Ask for 10 % or less.",
        ));
    }
    findings.extend(broken_templates(drop, plan));
    if let Ok(templates) = Templates::new(drop, plan) {
        findings.extend(tokens(plan, &templates, image));
    }
    findings.sort_by(|a, b| {
        (a.severity, a.token, &a.field, &a.code).cmp(&(b.severity, b.token, &b.field, &b.code))
    });
    findings
}

fn tokens(plan: &Plan, templates: &Templates<'_>, image: &dyn Fn(u32) -> String) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    for token in &plan.tokens {
        let metadata = match templates.token(token, image(token.id)) {
            Ok(metadata) => metadata,
            Err(error) => {
                findings.push(of_error(&error, Some(token.id), "attributes"));
                continue;
            }
        };
        findings.extend(lint_token(token.id, &metadata));
        let filled = [
            ("name", Some(&templates.name)),
            ("description", Some(&templates.description)),
            ("external_url", templates.external_url.as_ref()),
        ];
        for (field, template) in filled {
            let empty = template.into_iter().flat_map(|template: &Template| template.empty_for(plan, token));
            findings.extend(empty.map(|layer| {
                finding(
                    ("META-EMPTY-VARIABLE", Severity::Warning),
                    Some(token.id),
                    field,
                    format!("{{trait:{layer}}} is empty here: the token goes without."),
                    "Take it out of the template, or make the layer obligatory.",
                )
            }));
        }
        if let Some(first) = names.get(&metadata.name) {
            findings.push(finding(
                ("META-DUPLICATE-NAME", Severity::Warning),
                Some(token.id),
                "name",
                format!("Token {first} has the same name, {:?}.", metadata.name),
                "Put {id} into the template of the name.",
            ));
        } else {
            names.insert(metadata.name, token.id);
        }
    }
    findings
}

fn broken_templates(drop: &Drop, plan: &Plan) -> Vec<Finding> {
    let spec = &drop.metadata;
    let templates = [
        ("name", Some(&spec.name)),
        ("description", Some(&spec.description)),
        ("external_url", spec.external_url.as_ref()),
    ];
    templates
        .into_iter()
        .filter_map(|(field, text)| {
            let error = Template::parse(field, text?, plan).err()?;
            Some(of_error(&error, None, &format!("template.{field}")))
        })
        .collect()
}

fn of_error(error: &MetadataError, token: Option<u32>, field: &str) -> Finding {
    let fix = match error {
        MetadataError::UnknownVariable { known, .. } => format!("Use one of {known}."),
        MetadataError::UnmatchedBrace { .. } => {
            "Close it, or write {{ or }} for a brace in the text.".to_owned()
        }
        MetadataError::ForeignToken { .. } => "Plan the collection again.".to_owned(),
        MetadataError::NotCanonical { .. } => "Write the value as text.".to_owned(),
    };
    finding((error.code(), Severity::Error), token, field, error.to_string(), fix)
}

/// Checks one token's metadata, ours or anybody's.
pub fn lint_token(id: u32, metadata: &TokenMetadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |code: (&str, Severity), field: &str, message: String, fix: &str| {
        findings.push(finding(code, Some(id), field, message, fix));
    };
    let TokenMetadata { name, description, image, external_url, background_color, attributes } = metadata;
    if name.trim().is_empty() {
        add(
            ("META-EMPTY-NAME", Severity::Error),
            "name",
            "It has no name.".into(),
            "Give the template of the name some text.",
        );
    }
    let length = name.chars().count();
    if length > NAME_SHOWN {
        add(
            ("META-NAME-LONG", Severity::Warning),
            "name",
            format!("The name has {length} characters; tiles show {NAME_SHOWN}."),
            "Shorten the template of the name.",
        );
    }
    if description.trim().is_empty() {
        add(
            ("META-NO-DESCRIPTION", Severity::Warning),
            "description",
            "It has no description.".into(),
            "Write a template for the description.",
        );
    }
    if description.chars().count() > DESCRIPTION_KEPT {
        add(
            ("META-DESCRIPTION-LONG", Severity::Warning),
            "description",
            format!("The description is longer than {DESCRIPTION_KEPT} characters and may be cut."),
            "Shorten the template of the description.",
        );
    }
    if let Some(problem) = uri_problem(image) {
        add(
            ("META-URI-SCHEME", Severity::Error),
            "image",
            problem,
            "Store the picture and use its ipfs:// or ar:// address; a gateway is only a way to look at it.",
        );
    }
    if let Some(url) = external_url
        && !is_web_page(url)
    {
        add(
            ("META-LINK", Severity::Error),
            "external_url",
            format!("{url:?} is not the address of a web page."),
            "Begin it with https://.",
        );
    }
    if let Some(color) = background_color
        && (color.len() != 6 || !color.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        add(
            ("META-BACKGROUND-COLOR", Severity::Error),
            "background_color",
            format!("{color:?} is not a colour that marketplaces read."),
            "Write six hexadecimal digits without #.",
        );
    }
    let texts = [("name".to_owned(), name, false), ("description".to_owned(), description, true)]
        .into_iter()
        .chain(attributes.iter().enumerate().flat_map(|(index, attribute)| {
            [
                (format!("attributes[{index}].trait_type"), &attribute.trait_type, false),
                (format!("attributes[{index}].value"), &attribute.value, false),
            ]
        }));
    for (field, text, lines) in texts {
        if let Some(c) = text.chars().find(|c| c.is_control() && !(lines && matches!(c, '\n' | '\t'))) {
            add(
                ("META-CONTROL-CHARACTER", Severity::Error),
                &field,
                format!("It holds the control character U+{:04X}.", u32::from(c)),
                "Remove it; it cannot be seen and breaks searching.",
            );
        }
    }
    if attributes.is_empty() {
        add(
            ("META-NO-ATTRIBUTES", Severity::Warning),
            "attributes",
            "It has no attributes, so nobody can filter for it.".into(),
            "Give it at least one trait.",
        );
    }
    let mut seen = BTreeMap::new();
    for (index, attribute) in attributes.iter().enumerate() {
        for (part, text) in [("trait_type", &attribute.trait_type), ("value", &attribute.value)] {
            if text.trim().is_empty() {
                add(
                    ("META-EMPTY-ATTRIBUTE", Severity::Error),
                    &format!("attributes[{index}].{part}"),
                    "It is empty.".into(),
                    "Name it, or leave the attribute out.",
                );
            }
        }
        if let Some(first) = seen.insert(&attribute.trait_type, index) {
            add(
                ("META-DUPLICATE-TRAIT", Severity::Error),
                &format!("attributes[{index}].trait_type"),
                format!("{:?} occurs already as attributes[{first}].", attribute.trait_type),
                "Rename one of the two layers.",
            );
        }
    }
    findings
}

/// Checks a collection's metadata.
pub fn lint_collection(collection: &CollectionMetadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |code: (&str, Severity), field: &str, message: String, fix: &str| {
        findings.push(finding(code, None, &format!("collection.{field}"), message, fix));
    };
    if collection.name.trim().is_empty() {
        add(
            ("META-EMPTY-NAME", Severity::Error),
            "name",
            "The collection has no name.".into(),
            "Name it in drop.toml.",
        );
    }
    let description = collection.description.as_deref().unwrap_or("");
    if description.trim().is_empty() {
        add(
            ("META-NO-DESCRIPTION", Severity::Warning),
            "description",
            "The collection has no description.".into(),
            "Write one: it is the first thing people read.",
        );
    }
    if description.chars().count() > DESCRIPTION_KEPT {
        add(
            ("META-DESCRIPTION-LONG", Severity::Warning),
            "description",
            format!("The description is longer than {DESCRIPTION_KEPT} characters and may be cut."),
            "Shorten it.",
        );
    }
    let pictures = [
        ("image", &collection.image),
        ("banner_image", &collection.banner_image),
        ("featured_image", &collection.featured_image),
    ];
    for (field, uri) in pictures {
        if let Some(problem) = uri.as_deref().and_then(uri_problem) {
            add(
                ("META-URI-SCHEME", Severity::Error),
                field,
                problem,
                "Store the picture and use its ipfs:// or ar:// address.",
            );
        }
    }
    if let Some(link) = &collection.external_link
        && !is_web_page(link)
    {
        add(
            ("META-LINK", Severity::Error),
            "external_link",
            format!("{link:?} is not the address of a web page."),
            "Begin it with https://.",
        );
    }
    findings
}

/// Requirement C7: only content addresses go into metadata.
fn uri_problem(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("ipfs://").or_else(|| uri.strip_prefix("ar://"));
    match rest {
        None => Some(format!("{uri:?} is not an ipfs:// or ar:// address.")),
        Some("") => Some(format!("{uri:?} names nothing.")),
        Some(rest) if rest.chars().any(|c| c.is_control() || c.is_whitespace()) => {
            Some(format!("{uri:?} holds spaces or control characters."))
        }
        Some(_) => None,
    }
}

fn is_web_page(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.chars().any(|c| c.is_control() || c.is_whitespace()))
}

fn finding(
    (code, severity): (&str, Severity),
    token: Option<u32>,
    field: &str,
    message: impl Into<String>,
    fix: impl Into<String>,
) -> Finding {
    Finding {
        code: code.to_owned(),
        severity,
        token,
        field: field.to_owned(),
        message: message.into(),
        fix: fix.into(),
    }
}
