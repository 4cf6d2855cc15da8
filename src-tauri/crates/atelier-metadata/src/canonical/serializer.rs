//! The serde side of [`super`].

use std::cmp::Ordering;
use std::ops::Range;

use serde::{Serialize, Serializer, ser};

use super::{MAX_SAFE_INTEGER, write_text};
use crate::error::MetadataError;

type Result<T> = std::result::Result<T, MetadataError>;

fn refused<T>(reason: impl Into<String>) -> Result<T> {
    Err(MetadataError::NotCanonical { reason: reason.into() })
}

/// Writes one value.
pub(super) struct Writer<'a>(pub &'a mut Vec<u8>);

impl<'a> Writer<'a> {
    fn unsigned(self, value: u64) -> Result<()> {
        if value > MAX_SAFE_INTEGER {
            return refused(format!("{value} is larger than 2^53 - 1; write it as text"));
        }
        self.0.extend_from_slice(value.to_string().as_bytes());
        Ok(())
    }

    fn signed(self, value: i64) -> Result<()> {
        if value.unsigned_abs() > MAX_SAFE_INTEGER {
            return refused(format!("{value} is beyond 2^53 - 1; write it as text"));
        }
        self.0.extend_from_slice(value.to_string().as_bytes());
        Ok(())
    }

    fn list(self) -> List<'a> {
        self.0.push(b'[');
        List { out: self.0, first: true, close: b"]" }
    }

    fn object(self, close: &'static [u8]) -> Object<'a> {
        self.0.push(b'{');
        let start = self.0.len();
        Object { out: self.0, start, entries: Vec::with_capacity(8), close }
    }

    /// Enum variants with content are objects with one key, as serde_json writes them.
    fn variant(self, variant: &str) -> Self {
        self.0.push(b'{');
        write_text(self.0, variant);
        self.0.push(b':');
        self
    }
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = MetadataError;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<()> {
        self.signed(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<()> {
        self.signed(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<()> {
        self.signed(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        self.signed(value)
    }

    fn serialize_u8(self, value: u8) -> Result<()> {
        self.unsigned(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<()> {
        self.unsigned(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<()> {
        self.unsigned(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.unsigned(value)
    }

    fn serialize_f32(self, _: f32) -> Result<()> {
        refused("it holds a floating point number")
    }

    fn serialize_f64(self, _: f64) -> Result<()> {
        refused("it holds a floating point number")
    }

    fn serialize_char(self, value: char) -> Result<()> {
        write_text(self.0, value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        write_text(self.0, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<()> {
        refused("it holds raw bytes")
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let Writer(out) = self.variant(variant);
        value.serialize(Writer(&mut *out))?;
        out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>> {
        Ok(List { close: b"]}", ..self.variant(variant).list() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>> {
        Ok(self.object(b"}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>> {
        Ok(self.object(b"}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'a>> {
        Ok(self.variant(variant).object(b"}}"))
    }
}

/// A list under way.
pub(super) struct List<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
    close: &'static [u8],
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        value.serialize(Writer(self.out))
    }

    fn close(self) {
        self.out.extend_from_slice(self.close);
    }
}

/// An object under way. Entries stand in `out` in the order they came, without commas, until it is closed.
pub(super) struct Object<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    /// Key, and where `"key":value` stands in `out`.
    entries: Vec<(String, Range<usize>)>,
    close: &'static [u8],
}

impl Object<'_> {
    fn key(&mut self, key: String) {
        let from = self.out.len();
        write_text(self.out, &key);
        self.out.push(b':');
        self.entries.push((key, from..from));
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(Writer(self.out))?;
        match self.entries.last_mut() {
            Some((_, range)) => range.end = self.out.len(),
            None => return refused("a value came before its key"),
        }
        Ok(())
    }

    fn close(mut self) -> Result<()> {
        self.entries.sort_by(|a, b| by_utf16(&a.0, &b.0));
        if let Some(pair) = self.entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return refused(format!("the key {:?} occurs twice", pair[0].0));
        }
        let written = self.out.split_off(self.start);
        for (index, (_, range)) in self.entries.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(&written[range.start - self.start..range.end - self.start]);
        }
        self.out.extend_from_slice(self.close);
        Ok(())
    }
}

/// RFC 8785, 3.2.3: by UTF-16 code units, which differs from UTF-8 order above U+FFFF.
fn by_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleStruct for List<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleVariant for List<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        // A key that is text writes itself as a JSON string; anything else is not a key of ours.
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => {
                self.key(key);
                Ok(())
            }
            Ok(_) | Err(_) => refused("a key is not text"),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.key(key.to_owned());
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = MetadataError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.key(key.to_owned());
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}
