use atelier_bundle::Watch;
use atelier_bundle::manifest::Manifest;
use serde_json::Value;

use crate::bundle::small_bundle;

fn example() -> Manifest {
    let dir = tempfile::tempdir().unwrap();
    small_bundle(dir.path(), 3, &Watch::silent()).unwrap().manifest
}

/// Keys of every object in the text, in the order written. Values of the manifest hold no braces.
fn objects(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut stack: Vec<Vec<String>> = Vec::new();
    let mut done = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '"']) {
        let (mark, tail) = (&rest[at..=at], &rest[at + 1..]);
        rest = tail;
        match mark {
            "{" => stack.push(Vec::new()),
            "}" => done.push(stack.pop().unwrap()),
            _ => {
                let end = rest.find('"').unwrap();
                let (word, tail) = (&rest[..end], &rest[end + 1..]);
                rest = tail;
                if rest.starts_with(':') {
                    stack.last_mut().unwrap().push(word.to_owned());
                }
            }
        }
    }
    done
}

#[test]
fn keys_are_sorted_and_numbers_are_integers() {
    let bytes = example().to_bytes();
    for keys in objects(&bytes) {
        assert!(keys.is_sorted_by(|a, b| a < b), "RFC 8785 sorts keys: {keys:?}");
    }
    fn no_floats(value: &Value) {
        match value {
            Value::Number(number) => assert!(number.is_u64(), "only integers: {number}"),
            Value::Array(items) => items.iter().for_each(no_floats),
            Value::Object(members) => members.values().for_each(no_floats),
            Value::Null | Value::Bool(_) => panic!("a manifest holds strings and integers"),
            Value::String(_) => {}
        }
    }
    no_floats(&serde_json::from_slice(&bytes).unwrap());
}

#[test]
fn parsing_returns_what_was_written() {
    let mut manifest = example();
    manifest.drop = "quote \" slash \\ newline \n unit \u{1f} é \u{1f41a} \u{2028}".into();
    assert_eq!(Manifest::parse(&manifest.to_bytes()).unwrap(), manifest, "through text and back");
}

#[test]
fn other_spellings_of_the_same_manifest_are_refused() {
    let text = String::from_utf8(example().to_bytes()).unwrap();
    let spaced = text.replacen(':', ": ", 1);
    let upper = text.replacen("\"plan\":\"0707", "\"plan\":\"0\\u003707", 1);
    let trailing = format!("{text}\n");
    for other in [spaced, upper, trailing] {
        assert_ne!(other, text, "the test changes something");
        let code = Manifest::parse(other.as_bytes()).unwrap_err().code();
        assert_eq!(code, "BUNDLE-MANIFEST-NOT-CANONICAL", "same meaning, other bytes");
    }
    let unknown = text.replacen("{\"base_uri\"", "{\"aaa\":1,\"base_uri\"", 1);
    assert_eq!(
        Manifest::parse(unknown.as_bytes()).unwrap_err().code(),
        "BUNDLE-MANIFEST-MALFORMED",
        "unknown key"
    );
}

#[test]
fn paths_that_leave_the_folder_are_refused() {
    for path in [
        "../images/1.png",
        "images/../../etc/passwd",
        "/etc/passwd",
        "images//1.png",
        "images/a/b.png",
        "images\\\\1.png",
        "C:/1.png",
        "metadata/nul.json",
        "images/.1.png",
        "contract.json/x",
        "",
    ] {
        let mut manifest = example();
        manifest.files[1].path = path.replace("\\\\", "\\");
        let code = Manifest::parse(&manifest.to_bytes()).unwrap_err().code();
        assert_eq!(code, "BUNDLE-NAME-BAD", "{path:?}");
    }
    let mut manifest = example();
    manifest.files[1].path = "images/A.png".into();
    manifest.files[2].path = "images/a.PNG".into();
    let code = Manifest::parse(&manifest.to_bytes()).unwrap_err().code();
    assert_eq!(code, "BUNDLE-NAME-DUPLICATE", "one file on Windows and macOS");
    let mut manifest = example();
    manifest.cars[0].path = "../contract.car".into();
    assert_eq!(Manifest::parse(&manifest.to_bytes()).unwrap_err().code(), "BUNDLE-NAME-BAD", "archives too");
}

#[test]
fn a_boastful_supply_takes_no_memory() {
    let mut manifest = example();
    manifest.supply = u32::MAX;
    assert_eq!(manifest.token_tree().unwrap_err().code(), "BUNDLE-TOKEN-INCOMPLETE", "four thousand million");
}
