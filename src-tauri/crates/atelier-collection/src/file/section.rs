//! One table of the file, with everything an error needs to point at it.

use std::ops::Range;

use toml_edit::{Item, TableLike, Value};

use super::place;
use crate::error::{CollectionError, Place};

/// A table, where it is and what it is called.
#[derive(Clone)]
pub(super) struct Section<'a> {
    text: &'a str,
    path: String,
    table: &'a dyn TableLike,
    at: Place,
}

/// A value that was found, and where.
pub(super) struct Found<T> {
    pub value: T,
    pub at: Place,
    pub key: String,
}

impl<T> Found<T> {
    pub fn bad(&self, value: impl Into<String>, hint: impl Into<String>) -> CollectionError {
        CollectionError::BadValue {
            at: self.at,
            key: self.key.clone(),
            value: value.into(),
            hint: hint.into(),
        }
    }
}

impl<'a> Section<'a> {
    pub fn root(text: &'a str, table: &'a dyn TableLike) -> Self {
        Self { text, path: String::new(), table, at: Place { line: 1, column: 1 } }
    }

    /// Where the table begins.
    pub fn at(&self) -> Place {
        self.at
    }

    fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn place_of(&self, span: Option<Range<usize>>) -> Place {
        span.map_or(self.at, |span| place(self.text, span.start))
    }

    /// Refuses keys that do not exist here.
    pub fn only(&self, known: &[&str]) -> Result<(), CollectionError> {
        for (key, item) in self.table.iter() {
            if known.contains(&key) {
                continue;
            }
            let span = self.table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
            let hint = match known.iter().find(|candidate| alike(candidate, key)) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Known here: {}.", known.join(", ")),
            };
            return Err(CollectionError::UnknownKey { at: self.place_of(span), key: self.key(key), hint });
        }
        Ok(())
    }

    pub fn missing(&self, key: &str, hint: impl Into<String>) -> CollectionError {
        CollectionError::MissingKey { at: self.at, key: self.key(key), hint: hint.into() }
    }

    fn wrong(&self, key: &str, item: &Item, expected: &'static str) -> CollectionError {
        CollectionError::WrongType {
            at: self.place_of(item.span()),
            key: self.key(key),
            expected,
            found: type_name(item),
        }
    }

    fn found<T>(&self, key: &str, item: &Item, value: T) -> Found<T> {
        Found { value, at: self.place_of(item.span()), key: self.key(key) }
    }

    /// An optional value, read by `read`.
    fn maybe<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&'a Item) -> Option<T>,
    ) -> Result<Option<Found<T>>, CollectionError> {
        match self.table.get(key) {
            None => Ok(None),
            Some(item) => match read(item) {
                Some(value) => Ok(Some(self.found(key, item, value))),
                None => Err(self.wrong(key, item, expected)),
            },
        }
    }

    pub fn maybe_text(&self, key: &str) -> Result<Option<Found<String>>, CollectionError> {
        self.maybe(key, "text in quotes", |item| item.as_str().map(str::to_owned))
    }

    pub fn text(&self, key: &str, hint: &str) -> Result<Found<String>, CollectionError> {
        self.maybe_text(key)?.ok_or_else(|| self.missing(key, hint))
    }

    pub fn maybe_flag(&self, key: &str) -> Result<Option<Found<bool>>, CollectionError> {
        self.maybe(key, "true or false", Item::as_bool)
    }

    /// A decimal in quotes. Numbers without quotes are refused: TOML would read them as floating point.
    pub fn maybe_decimal(&self, key: &str) -> Result<Option<Found<String>>, CollectionError> {
        self.maybe(key, "a decimal in quotes, such as \"12.5\"", |item| item.as_str().map(str::to_owned))
    }

    /// A whole number within bounds.
    pub fn maybe_number(&self, key: &str, bounds: (u32, u32)) -> Result<Option<Found<u32>>, CollectionError> {
        let Some(found) = self.maybe(key, "a whole number", Item::as_integer)? else { return Ok(None) };
        match u32::try_from(found.value) {
            Ok(value) if (bounds.0..=bounds.1).contains(&value) => {
                Ok(Some(Found { value, at: found.at, key: found.key }))
            }
            Ok(_) | Err(_) => {
                Err(found.bad(found.value.to_string(), format!("Use {} to {}.", bounds.0, bounds.1)))
            }
        }
    }

    pub fn number(&self, key: &str, bounds: (u32, u32), hint: &str) -> Result<Found<u32>, CollectionError> {
        self.maybe_number(key, bounds)?.ok_or_else(|| self.missing(key, hint))
    }

    /// A list of texts, each with its own place.
    pub fn maybe_texts(&self, key: &str) -> Result<Option<Found<Vec<Found<String>>>>, CollectionError> {
        const EXPECTED: &str = "a list of texts in quotes";
        let Some(list) = self.maybe(key, EXPECTED, Item::as_array)? else { return Ok(None) };
        let mut out = Vec::new();
        for (index, value) in list.value.iter().enumerate() {
            let at = self.place_of(value.span());
            let key = format!("{}[{index}]", list.key);
            match value.as_str() {
                Some(text) => out.push(Found { value: text.to_owned(), at, key }),
                None => {
                    let found = value_type(value);
                    return Err(CollectionError::WrongType { at, key, expected: "text in quotes", found });
                }
            }
        }
        Ok(Some(Found { value: out, at: list.at, key: list.key }))
    }

    /// A table below this one, `[name]` or inline.
    pub fn maybe_section(&self, key: &str) -> Result<Option<Section<'a>>, CollectionError> {
        let found = self.maybe(key, "a table", Item::as_table_like)?;
        Ok(found.map(|found| Section { text: self.text, path: found.key, table: found.value, at: found.at }))
    }

    pub fn section(&self, key: &str, hint: &str) -> Result<Section<'a>, CollectionError> {
        self.maybe_section(key)?.ok_or_else(|| self.missing(key, hint))
    }

    /// The `[[name]]` tables below this one; none when there is no such key.
    pub fn sections(&self, key: &str) -> Result<Vec<Section<'a>>, CollectionError> {
        let Some(found) = self.maybe(key, "a list of tables, each under [[…]]", Item::as_array_of_tables)?
        else {
            return Ok(Vec::new());
        };
        Ok(found
            .value
            .iter()
            .enumerate()
            .map(|(index, table)| Section {
                text: self.text,
                path: format!("{}[{index}]", found.key),
                table,
                at: self.place_of(table.span()),
            })
            .collect())
    }
}

fn type_name(item: &Item) -> &'static str {
    match item {
        Item::None => "nothing",
        Item::Value(value) => value_type(value),
        Item::Table(_) => "a table",
        Item::ArrayOfTables(_) => "a list of tables",
    }
}

fn value_type(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "text",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a decimal number without quotes",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::InlineTable(_) => "a table",
    }
}

/// Whether a key looks like a slip of the pen: at most two letters added, left out or changed.
fn alike(known: &str, written: &str) -> bool {
    let (known, written) = (known.as_bytes(), written.as_bytes());
    if known.len().abs_diff(written.len()) > 2 || known.len() < 3 {
        return false;
    }
    let mut row: Vec<usize> = (0..=written.len()).collect();
    for (i, a) in known.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in written.iter().enumerate() {
            let cost = corner + usize::from(!a.eq_ignore_ascii_case(b));
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[written.len()] <= 2
}
