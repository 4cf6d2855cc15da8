//! `drop.toml` as a file: its text, its meaning, and edits that keep comments and order.

mod edit;
mod layers;
mod read;
mod section;

pub use edit::Edit;

use crate::drop::Drop;
use crate::error::{CollectionError, Place};

/// A `drop.toml` that was read and found valid. It never holds a text that would not parse again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropFile {
    text: String,
    drop: Drop,
}

impl DropFile {
    /// Reads and checks a text.
    ///
    /// # Errors
    /// The first thing that is wrong, with line and column: see [`CollectionError`]'s `DROP-…` codes.
    pub fn parse(text: impl Into<String>) -> Result<Self, CollectionError> {
        let text = text.into();
        let drop = read::read(&text)?;
        Ok(Self { text, drop })
    }

    /// The text, comments and all.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it means.
    pub fn drop(&self) -> &Drop {
        &self.drop
    }

    /// Applies edits in order and checks the result once, so that several can lean on one another (a new supply with new
    /// launch numbers). On an error nothing has changed.
    ///
    /// # Errors
    /// [`CollectionError::NothingToEdit`], or what is wrong with the edited text; places are those of the edited text.
    pub fn edit(&self, edits: &[Edit]) -> Result<Self, CollectionError> {
        Self::parse(edit::apply(&self.text, edits)?)
    }
}

/// Line and column of a byte offset.
fn place(text: &str, offset: usize) -> Place {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
    Place { line: number(before.matches('\n').count()), column: number(before[line_start..].chars().count()) }
}
