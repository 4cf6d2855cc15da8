use std::collections::BTreeMap;

use atelier_metadata::canonical::{MAX_SAFE_INTEGER, to_vec};
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use serde::Serialize;
use serde_json::{Value, json};

fn text(value: &impl Serialize) -> String {
    String::from_utf8(to_vec(value).expect("canonical")).expect("UTF-8")
}

#[test]
fn rfc_8785_string_escapes() {
    // RFC 8785, 3.2.2: the string and literals of the sample object (its numbers are floating point, refused here).
    let input: Value = serde_json::from_str(
        r#"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#,
    )
    .expect("the RFC's sample");
    assert_eq!(
        text(&input),
        "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        "as printed in 3.2.4"
    );
}

#[test]
fn rfc_8785_sorting() {
    // RFC 8785, 3.2.3: keys sort by UTF-16 code units, so U+1F600 comes before U+FB33.
    let input: Value = serde_json::from_str(
        r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
    )
    .expect("the RFC's sample");
    let written = text(&input);
    let expected = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"];
    let places: Vec<_> =
        expected.iter().map(|name| written.find(name).expect("each value is there")).collect();
    assert!(places.is_sorted(), "in the RFC's order: {written}");
}

#[test]
fn every_control_character_has_its_one_form() {
    for code in 0..0x20_u8 {
        let expected = match code {
            8 => "\\b".to_owned(),
            9 => "\\t".to_owned(),
            10 => "\\n".to_owned(),
            12 => "\\f".to_owned(),
            13 => "\\r".to_owned(),
            other => format!("\\u{other:04x}"),
        };
        assert_eq!(text(&char::from(code).to_string()), format!("\"{expected}\""), "U+{code:04X}");
    }
    assert_eq!(text(&"\u{7f}\u{2028}é😀/"), "\"\u{7f}\u{2028}é😀/\"", "everything else stands as it is");
}

#[test]
fn structs_maps_and_enums_are_sorted_alike() {
    #[derive(Serialize)]
    struct Inner {
        z: u32,
        a: Option<&'static str>,
    }
    #[derive(Serialize)]
    enum Kind {
        Plain,
        One(u8),
        Two(u8, u8),
        Named { b: u8, a: u8 },
    }
    #[derive(Serialize)]
    struct Outer {
        name: &'static str,
        inner: Vec<Inner>,
        kinds: Vec<Kind>,
        map: BTreeMap<&'static str, i64>,
    }
    let value = Outer {
        name: "n",
        inner: vec![Inner { z: 1, a: None }, Inner { z: 2, a: Some("x") }],
        kinds: vec![Kind::Plain, Kind::One(1), Kind::Two(1, 2), Kind::Named { b: 2, a: 1 }],
        map: BTreeMap::from([("b", -1), ("a", 9_007_199_254_740_991)]),
    };
    assert_eq!(
        text(&value),
        r#"{"inner":[{"a":null,"z":1},{"a":"x","z":2}],"kinds":["Plain",{"One":1},{"Two":[1,2]},{"Named":{"a":1,"b":2}}],"map":{"a":9007199254740991,"b":-1},"name":"n"}"#,
        "sorted at every level"
    );
}

#[test]
fn what_readers_would_round_is_refused() {
    for value in
        [json!(1.5), json!(MAX_SAFE_INTEGER + 1), json!(-9_007_199_254_740_992_i64), json!({"a": [0.0]})]
    {
        let error = to_vec(&value).expect_err("refused");
        assert_eq!(error.code(), "META-NOT-CANONICAL", "{value}: {error}");
    }
    let error = to_vec(&BTreeMap::from([(1, 2)])).expect_err("a number as key");
    assert_eq!(error.code(), "META-NOT-CANONICAL", "{error}");
    let error = to_vec(&Twice).expect_err("a key twice");
    assert!(error.to_string().contains("occurs twice"), "{error}");
}

struct Twice;

impl Serialize for Twice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("a", &1)?;
        map.serialize_entry("a", &2)?;
        map.end()
    }
}

fn documents() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\u{0}-\\u{1f}\"\\\\a-c\\u{fb33}\\u{1f600}]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[ab\\u{80}\\u{fb33}\\u{1f600}\\r]{0,3}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reading_back_gives_the_same_document(document in documents()) {
        let bytes = to_vec(&document).expect("canonical");
        let read: Value = serde_json::from_slice(&bytes).expect("valid JSON by another reader");
        prop_assert_eq!(&read, &document, "nothing is lost");
        prop_assert_eq!(to_vec(&read).expect("canonical"), bytes, "and it is a fixed point");
    }
}
