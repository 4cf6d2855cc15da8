//! Templates: text with variables in braces.
//!
//! `{id}` the token's number · `{name}` the collection's name · `{supply}` the number of tokens · `{trait:<layer-id>}`
//! the name of the trait worn in a layer, nothing where the token goes without. `{{` and `}}` are braces in the text.
//! Values are put in as they are and never read again: a trait called "{id}" stays "{id}".

use atelier_collection::{Plan, Token};
use serde::{Deserialize, Serialize};

use crate::error::MetadataError;

/// A template that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Id,
    Name,
    Supply,
    /// Position of the layer, and its id for messages.
    Trait(usize, String),
}

/// Something a template may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// With its braces, as it is typed.
    pub text: String,
    /// What it gives.
    pub meaning: String,
}

/// All variables a plan's templates may use.
pub fn variables(plan: &Plan) -> Vec<Variable> {
    let variable = |text: &str, meaning: String| Variable { text: text.to_owned(), meaning };
    let mut out = vec![
        variable("{id}", "The token's number".to_owned()),
        variable("{name}", "The collection's name".to_owned()),
        variable("{supply}", format!("The number of tokens: {}", plan.supply)),
    ];
    out.extend(plan.layers.iter().map(|layer| {
        variable(&format!("{{trait:{}}}", layer.id), format!("What it wears as {}", layer.name))
    }));
    out
}

impl Template {
    /// Reads a template for one field of a plan's tokens.
    ///
    /// # Errors
    /// [`MetadataError::UnknownVariable`], [`MetadataError::UnmatchedBrace`].
    pub fn parse(field: &'static str, text: &str, plan: &Plan) -> Result<Self, MetadataError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text.char_indices().enumerate().peekable();
        while let Some((column, (at, c))) = rest.next() {
            let column = column + 1;
            let doubled = rest.peek().is_some_and(|(_, (_, next))| *next == c);
            match c {
                '{' | '}' if doubled => {
                    plain.push(c);
                    rest.next();
                }
                '{' => {
                    let tail = &text[at + 1..];
                    let end = tail
                        .find(['{', '}'])
                        .filter(|&end| tail[end..].starts_with('}'))
                        .ok_or(MetadataError::UnmatchedBrace { field, column })?;
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(Part::parse(field, &tail[..end], column, plan)?);
                    while rest.next_if(|(_, (place, _))| *place <= at + 1 + end).is_some() {}
                }
                '}' => return Err(MetadataError::UnmatchedBrace { field, column }),
                other => plain.push(other),
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// The text for one token.
    pub fn fill(&self, collection: &str, plan: &Plan, token: &Token) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Id => out.push_str(&token.id.to_string()),
                Part::Name => out.push_str(collection),
                Part::Supply => out.push_str(&plan.supply.to_string()),
                Part::Trait(layer, _) => out.push_str(worn(plan, token, *layer).unwrap_or("")),
            }
        }
        out
    }

    /// Layer ids of the variables that are empty for this token.
    pub(crate) fn empty_for<'a>(&'a self, plan: &'a Plan, token: &'a Token) -> impl Iterator<Item = &'a str> {
        self.parts.iter().filter_map(move |part| match part {
            Part::Trait(layer, id) if worn(plan, token, *layer).is_none() => Some(id.as_str()),
            Part::Trait(..) | Part::Text(_) | Part::Id | Part::Name | Part::Supply => None,
        })
    }
}

impl Part {
    fn parse(field: &'static str, variable: &str, column: usize, plan: &Plan) -> Result<Self, MetadataError> {
        let unknown = || {
            let known: Vec<String> = variables(plan).into_iter().map(|variable| variable.text).collect();
            MetadataError::UnknownVariable {
                field,
                variable: variable.to_owned(),
                column,
                known: known.join(", "),
            }
        };
        match variable {
            "id" => Ok(Self::Id),
            "name" => Ok(Self::Name),
            "supply" => Ok(Self::Supply),
            other => {
                let id = other.strip_prefix("trait:").ok_or_else(unknown)?;
                let layer = plan.layers.iter().position(|layer| layer.id == id).ok_or_else(unknown)?;
                Ok(Self::Trait(layer, id.to_owned()))
            }
        }
    }
}

fn worn<'a>(plan: &'a Plan, token: &Token, layer: usize) -> Option<&'a str> {
    let pick = token.picks.get(layer).copied().flatten()?;
    plan.layers.get(layer)?.traits.get(usize::from(pick)).map(|item| item.name.as_str())
}
