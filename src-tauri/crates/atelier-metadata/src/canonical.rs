//! Canonical JSON: RFC 8785 (JCS) for text, whole numbers, booleans, null, lists and objects.
//!
//! No white space; object keys sorted by their UTF-16 code units; strings escaped only where JSON demands it. Floating
//! point numbers are refused: nothing that is hashed here needs them, and their text form is where implementations of
//! RFC 8785 differ. Whole numbers beyond ±(2⁵³ − 1) are refused as well, because JSON readers round them; amounts of
//! money are decimal strings.
//!
//! It is a serde serializer, so any document type can be written, and it writes straight into bytes: an object is
//! sorted in place where its keys did not come in order.

mod serializer;

use serde::Serialize;

use crate::error::MetadataError;

/// The largest whole number that every JSON reader keeps exact.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Writes a value canonically.
///
/// # Errors
/// [`MetadataError::NotCanonical`] for floating point numbers, numbers out of range, keys that are not text, and keys
/// that occur twice.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, MetadataError> {
    let mut out = Vec::with_capacity(512);
    value.serialize(serializer::Writer(&mut out))?;
    Ok(out)
}

/// A string with its quotes and escapes.
fn write_text(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x09 => b't',
            0x0a => b'n',
            0x0c => b'f',
            0x0d => b'r',
            0x00..=0x1f => 0,
            _ => continue,
        };
        out.extend_from_slice(&bytes[done..at]);
        done = at + 1;
        if short == 0 {
            let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
        } else {
            out.extend_from_slice(&[b'\\', short]);
        }
    }
    out.extend_from_slice(&bytes[done..]);
    out.push(b'"');
}
