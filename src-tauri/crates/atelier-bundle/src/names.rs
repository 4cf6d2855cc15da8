//! Which names a bundle may use.
//!
//! A bundle travels: it is unpacked on other systems, served by gateways and read from manifests somebody
//! else wrote. Names are therefore allowed by a short list rather than forbidden by a long one.

use std::collections::BTreeSet;

use crate::error::BundleError;

/// Folder of the pictures, as the manifest names it.
pub const IMAGES: &str = "images";
/// Folder of the token metadata.
pub const METADATA: &str = "metadata";
/// The collection's own metadata (ERC-7572).
pub const CONTRACT: &str = "contract.json";
/// The list of everything.
pub const MANIFEST: &str = "manifest.json";
/// Detached signatures over the list.
pub const SIGNATURES: &str = "manifest.sig.json";
/// Archive of the pictures.
pub const IMAGES_CAR: &str = "images.car";
/// Archive of the token metadata.
pub const METADATA_CAR: &str = "metadata.car";
/// Archive of the collection's metadata.
pub const CONTRACT_CAR: &str = "contract.car";

const MAX_NAME: usize = 120;

/// Checks a single file name: ASCII letters, digits, `.`, `_` and `-`, not starting with a dot, and
/// nothing Windows treats as a device.
///
/// # Errors
/// [`BundleError::BadName`].
pub fn check_name(name: &str) -> Result<(), BundleError> {
    let bad = |reason| Err(BundleError::BadName { name: name.to_owned(), reason });
    if name.is_empty() || name.len() > MAX_NAME {
        return bad("names have 1 to 120 characters");
    }
    if name.starts_with('.') || name.ends_with('.') {
        return bad("names neither start nor end with a dot");
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')) {
        return bad("only letters a to z, digits, dot, dash and underscore are portable");
    }
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt") {
        return bad("Windows reserves this name for a device");
    }
    Ok(())
}

/// What a path in a manifest may be, and which of them this one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A picture: `images/<name>`.
    Image(&'a str),
    /// Metadata: `metadata/<name>`.
    Metadata(&'a str),
    /// `contract.json`.
    Contract,
}

/// Sorts a manifest path into its place.
///
/// # Errors
/// [`BundleError::BadName`] for everything else: absolute paths, `..`, other folders, backslashes.
pub fn place(path: &str) -> Result<Place<'_>, BundleError> {
    if path == CONTRACT {
        return Ok(Place::Contract);
    }
    match path.split_once('/') {
        Some((IMAGES, name)) => check_name(name).map(|()| Place::Image(name)),
        Some((METADATA, name)) => check_name(name).map(|()| Place::Metadata(name)),
        _ => Err(BundleError::BadName {
            name: path.to_owned(),
            reason: "bundle files lie in images/ or metadata/, or are contract.json",
        }),
    }
}

/// Finds the first name that occurs twice when capital letters do not count.
///
/// # Errors
/// [`BundleError::DuplicateName`].
pub fn check_distinct<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), BundleError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.to_ascii_lowercase()) {
            return Err(BundleError::DuplicateName { name: name.to_owned() });
        }
    }
    Ok(())
}
