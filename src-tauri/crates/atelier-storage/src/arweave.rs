//! Arweave data items (ANS-104) signed by an Ethereum key (signature type 3).
//!
//! A data item is a small transaction of its own that a bundler carries to the chain. Its message is a
//! SHA-384 *deep hash* over the fields, signed as an EIP-191 personal message; its id is the SHA-256 of the
//! signature. Signing happens elsewhere: [`Draft::message`] goes out, a signature comes back, and
//! [`Draft::finish`] checks it before an item exists.

use std::future::Future;

use alloy::primitives::{Address, Signature, eip191_hash_message};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256, Sha384};

use crate::error::StorageError;

const SIGNATURE_TYPE: u16 = 3;
const SIGNATURE_BYTES: usize = 65;
const OWNER_BYTES: usize = 65;
const MAX_TAGS: usize = 128;
const MAX_NAME: usize = 1024;
const MAX_VALUE: usize = 3072;

/// A name and a value that travel with the data, searchable on gateways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// At most 1,024 bytes, not empty.
    pub name: String,
    /// At most 3,072 bytes, not empty.
    pub value: String,
}

/// A data item before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    owner: [u8; OWNER_BYTES],
    target: Option<[u8; 32]>,
    anchor: Option<[u8; 32]>,
    tags: Vec<Tag>,
    data: Vec<u8>,
}

/// A signed data item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataItem {
    bytes: Vec<u8>,
    id: [u8; 32],
    owner: Address,
    tags: Vec<Tag>,
}

impl Draft {
    /// A data item by `owner`, the uncompressed public key (65 bytes, starting with 4).
    ///
    /// # Errors
    /// [`StorageError::DataItem`] when a limit of ANS-104 is broken.
    pub fn new(owner: [u8; 65], tags: Vec<Tag>, data: Vec<u8>) -> Result<Self, StorageError> {
        let broken = |reason| Err(StorageError::DataItem { reason });
        if owner[0] != 4 {
            return broken("the owner is not an uncompressed public key");
        }
        if tags.len() > MAX_TAGS {
            return broken("more than 128 tags");
        }
        if tags.iter().any(|tag| tag.name.is_empty() || tag.name.len() > MAX_NAME) {
            return broken("a tag's name is empty or longer than 1,024 bytes");
        }
        if tags.iter().any(|tag| tag.value.is_empty() || tag.value.len() > MAX_VALUE) {
            return broken("a tag's value is empty or longer than 3,072 bytes");
        }
        Ok(Self { owner, target: None, anchor: None, tags, data })
    }

    /// Addresses the item to a wallet.
    #[must_use]
    pub fn with_target(mut self, target: [u8; 32]) -> Self {
        self.target = Some(target);
        self
    }

    /// Makes otherwise equal items different.
    #[must_use]
    pub fn with_anchor(mut self, anchor: [u8; 32]) -> Self {
        self.anchor = Some(anchor);
        self
    }

    /// What the owner signs, as an EIP-191 personal message of 48 bytes.
    pub fn message(&self) -> [u8; 48] {
        let kind = SIGNATURE_TYPE.to_string();
        deep_hash(&[
            b"dataitem",
            b"1",
            kind.as_bytes(),
            &self.owner,
            self.target.as_ref().map_or(&[], |bytes| bytes.as_slice()),
            self.anchor.as_ref().map_or(&[], |bytes| bytes.as_slice()),
            &encode_tags(&self.tags),
            &self.data,
        ])
    }

    /// Asks `sign` for the signature of [`Self::message`] and finishes the item.
    ///
    /// # Errors
    /// [`StorageError::NotSigned`], and as [`Self::finish`].
    pub async fn sign_with<F, Answer, E>(self, sign: F) -> Result<DataItem, StorageError>
    where
        F: FnOnce([u8; 48]) -> Answer,
        Answer: Future<Output = Result<[u8; 65], E>>,
        E: std::fmt::Display,
    {
        let signature = sign(self.message())
            .await
            .map_err(|error| StorageError::NotSigned { reason: error.to_string() })?;
        self.finish(&signature)
    }

    /// Puts the signature (`r`, `s`, `v` 27 or 28) on the item after checking that the owner made it.
    ///
    /// # Errors
    /// [`StorageError::DataItem`], [`StorageError::DataItemSigner`].
    pub fn finish(self, signature: &[u8; 65]) -> Result<DataItem, StorageError> {
        let owner = check_signature(&self.owner, &self.message(), signature)?;
        let tags = encode_tags(&self.tags);
        let mut bytes = Vec::with_capacity(300 + tags.len() + self.data.len());
        bytes.extend(SIGNATURE_TYPE.to_le_bytes());
        bytes.extend(signature);
        bytes.extend(self.owner);
        for optional in [self.target, self.anchor] {
            bytes.push(u8::from(optional.is_some()));
            bytes.extend(optional.iter().flatten());
        }
        bytes.extend((self.tags.len() as u64).to_le_bytes());
        bytes.extend((tags.len() as u64).to_le_bytes());
        bytes.extend(tags);
        bytes.extend(self.data);
        Ok(DataItem { bytes, id: Sha256::digest(signature).into(), owner, tags: self.tags })
    }
}

impl DataItem {
    /// Reads a data item and checks its signature.
    ///
    /// # Errors
    /// [`StorageError::DataItem`], [`StorageError::DataItemSigner`].
    pub fn parse(bytes: &[u8]) -> Result<Self, StorageError> {
        let mut rest = bytes;
        let kind = u16::from_le_bytes(take(&mut rest)?);
        if kind != SIGNATURE_TYPE {
            return Err(StorageError::DataItem { reason: "it is not signed by an Ethereum key" });
        }
        let signature: [u8; SIGNATURE_BYTES] = take(&mut rest)?;
        let owner: [u8; OWNER_BYTES] = take(&mut rest)?;
        let mut optional = || match take::<1>(&mut rest)? {
            [0] => Ok(None),
            [1] => take::<32>(&mut rest).map(Some),
            _ => Err(StorageError::DataItem { reason: "a presence flag is neither 0 nor 1" }),
        };
        let (target, anchor) = (optional()?, optional()?);
        // The signature covers the tags' bytes but not their count, which only the comparison below checks.
        let _count: [u8; 8] = take(&mut rest)?;
        let tag_bytes = usize::try_from(u64::from_le_bytes(take(&mut rest)?)).unwrap_or(usize::MAX);
        let (Some(tags), Some(data)) = (rest.get(..tag_bytes), rest.get(tag_bytes..)) else {
            return Err(StorageError::DataItem { reason: "it ends too early" });
        };
        let tags = decode_tags(tags).ok_or(StorageError::DataItem { reason: "its tags cannot be read" })?;
        let draft = Draft { target, anchor, ..Draft::new(owner, tags, data.to_vec())? };
        let item = draft.finish(&signature)?;
        if item.bytes != bytes {
            return Err(StorageError::DataItem { reason: "it is not in the usual form" });
        }
        Ok(item)
    }

    /// The item as uploaded.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the signature.
    pub fn id(&self) -> [u8; 32] {
        self.id
    }

    /// The id as gateways write it (base64url), for `ar://`.
    pub fn id_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.id)
    }

    /// Its tags.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Who signed.
    pub fn owner(&self) -> Address {
        self.owner
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], StorageError> {
    let (head, tail) =
        rest.split_first_chunk::<N>().ok_or(StorageError::DataItem { reason: "it ends too early" })?;
    *rest = tail;
    Ok(*head)
}

fn check_signature(
    owner: &[u8; OWNER_BYTES],
    message: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> Result<Address, StorageError> {
    let unusable = StorageError::DataItem { reason: "its signature cannot be read" };
    if !matches!(signature[64], 27 | 28) {
        return Err(unusable);
    }
    let Ok(parsed) = Signature::from_raw(signature) else { return Err(unusable) };
    // The id is a hash of the signature, so a second form of it would be a second id.
    if parsed.normalize_s().is_some() {
        return Err(unusable);
    }
    let Ok(recovered) = parsed.recover_address_from_prehash(&eip191_hash_message(message)) else {
        return Err(unusable);
    };
    let owner = Address::from_raw_public_key(&owner[1..]);
    if recovered != owner {
        return Err(StorageError::DataItemSigner { owner, recovered });
    }
    Ok(owner)
}

/// The deep hash of a flat list: SHA-384 over a tag with the count, folded with each item's own hash.
/// (`@dha-team/arbundles` hashes the encoded tags as one item, and names the signature type.)
fn deep_hash(items: &[&[u8]]) -> [u8; 48] {
    let start: [u8; 48] = Sha384::digest(format!("list{}", items.len())).into();
    items.iter().fold(start, |hash, item| {
        let tag = Sha384::digest(format!("blob{}", item.len()));
        let content = Sha384::digest(item);
        let both = Sha384::new().chain_update(tag).chain_update(content).finalize();
        Sha384::new().chain_update(hash).chain_update(both).finalize().into()
    })
}

/// Avro: one block of records, each two length-prefixed strings, then an empty block. No tags, no bytes.
fn encode_tags(tags: &[Tag]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if tags.is_empty() {
        return bytes;
    }
    write_long(&mut bytes, tags.len());
    for tag in tags {
        for text in [&tag.name, &tag.value] {
            write_long(&mut bytes, text.len());
            bytes.extend(text.as_bytes());
        }
    }
    bytes.push(0);
    bytes
}

/// An Avro long: zigzag, then seven bits at a time. Lengths are never negative.
fn write_long(bytes: &mut Vec<u8>, value: usize) {
    let mut left = (value as u64) << 1;
    while left >= 0x80 {
        bytes.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

/// The reverse of [`encode_tags`].
fn decode_tags(mut bytes: &[u8]) -> Option<Vec<Tag>> {
    let mut tags = Vec::new();
    if bytes.is_empty() {
        return Some(tags);
    }
    let count = read_long(&mut bytes)?;
    for _ in 0..count {
        let mut text = || {
            let length = read_long(&mut bytes)?;
            let (head, tail) = bytes.split_at_checked(length)?;
            bytes = tail;
            String::from_utf8(head.to_vec()).ok()
        };
        tags.push(Tag { name: text()?, value: text()? });
    }
    (bytes == [0]).then_some(tags)
}

fn read_long(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0u64;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return (value & 1 == 0).then(|| usize::try_from(value >> 1).ok())?;
        }
    }
    None
}
