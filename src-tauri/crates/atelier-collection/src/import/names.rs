//! Reading and cleaning the names people give folders and files.

use std::collections::BTreeSet;

const IMAGES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];
const HIGHEST_WEIGHT: u32 = 999_999_999;

/// A layer's folder.
pub(super) struct FolderName {
    pub raw: String,
    pub name: String,
    number: Option<u64>,
    underscores: usize,
}

impl FolderName {
    pub fn parse(raw: &str) -> Self {
        let trimmed = raw.trim();
        let rest = trimmed.trim_start_matches('_');
        let underscores = trimmed.len() - rest.len();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = &rest[digits..];
        // "1-pool" and "02 body" are numbered; "3d" and "2" are names.
        let separated =
            after.starts_with(['-', '_', '.', ' ', ')']) && after.chars().any(char::is_alphanumeric);
        let (number, rest) = match rest[..digits].parse() {
            Ok(number) if separated => (Some(number), after.trim_start_matches(['-', '_', '.', ' ', ')'])),
            Ok(_) | Err(_) => (None, rest),
        };
        Self { raw: raw.to_owned(), name: clean(rest), number, underscores }
    }

    pub fn says_its_order(&self) -> bool {
        self.number.is_some() || self.underscores > 0
    }

    /// Sorts from bottom to top: numbers, then underscores (more of them further down), then a background, then names.
    pub fn order(&self) -> (u8, u64, String, String) {
        let lower = self.name.to_lowercase();
        let group = match (self.number, self.underscores) {
            (Some(number), _) => (0, number),
            (None, 0) if matches!(lower.as_str(), "background" | "backgrounds" | "bg" | "backdrop") => (2, 0),
            (None, 0) => (3, 0),
            (None, underscores) => (1, u64::MAX - underscores as u64),
        };
        (group.0, group.1, lower, self.raw.clone())
    }
}

/// An image file.
pub(super) struct FileName {
    pub raw: String,
    pub name: String,
    pub weight: u32,
    /// What stood after `#` when it was no weight.
    pub bad_weight: Option<String>,
}

impl FileName {
    /// `None` when the ending is not that of an image.
    pub fn parse(raw: &str) -> Option<Self> {
        let (stem, ending) = raw.rsplit_once('.')?;
        if stem.is_empty() || !IMAGES.contains(&ending.to_ascii_lowercase().as_str()) {
            return None;
        }
        let (name, weight, bad_weight) = match stem.rsplit_once('#') {
            None => (stem, 1, None),
            Some((name, written)) => match written.trim().parse::<u32>() {
                Ok(weight) if weight <= HIGHEST_WEIGHT && !written.starts_with('+') => (name, weight, None),
                Ok(_) | Err(_) => (name, 1, Some(written.to_owned())),
            },
        };
        Some(Self { raw: raw.to_owned(), name: clean(name), weight, bad_weight })
    }

    pub fn means_none(&self) -> bool {
        matches!(self.name.to_lowercase().as_str(), "none" | "nothing" | "blank" | "empty")
    }
}

/// Files that systems leave lying about and that nobody needs to hear of.
pub(super) fn is_litter(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "thumbs.db" | "desktop.ini" | "readme.md" | "readme.txt")
}

/// Whether a file or folder may be called this on every system, and so in `drop.toml`.
pub(super) fn is_portable(name: &str) -> bool {
    !name.is_empty()
        && name != ".."
        && name.trim() == name
        && name.chars().count() <= 255
        && !name.contains(['\\', ':'])
        && !name.chars().any(char::is_control)
}

/// A name people can read: separators become spaces, the first letter a capital.
fn clean(raw: &str) -> String {
    let spaced: String = raw.chars().map(|c| if matches!(c, '_' | '-') { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let joined = words.join(" ");
    let mut letters = joined.chars();
    let name: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Unnamed".to_owned(),
    };
    name.chars().filter(|c| !c.is_control()).take(190).collect::<String>().trim().to_owned()
}

/// Small letters, digits and single hyphens; "x" where nothing is left (a name in another script).
fn id(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '’') && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() || id == "none" { "x".to_owned() } else { id.to_owned() }
}

/// Names and ids that are taken.
#[derive(Default)]
pub(super) struct Unique {
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Unique {
    /// An id and a name that nobody else has, and whether the name had to change.
    pub fn claim(&mut self, name: &str) -> (String, String, bool) {
        let base = id(name);
        let mut free_id = base.clone();
        let mut n = 2_u32;
        while !self.ids.insert(free_id.clone()) {
            free_id = format!("{base}-{n}");
            n += 1;
        }
        let mut free_name = name.to_owned();
        let mut n = 2_u32;
        while !self.names.insert(free_name.to_lowercase()) {
            free_name = format!("{name} {n}");
            n += 1;
        }
        let changed = free_name != name;
        (free_id, free_name, changed)
    }
}
