use atelier_collection::{Account, Blend, CollectionError, DropFile, Place, RuleKind, Target};

use crate::world::{SMALL, small, small_with};

fn refused(text: &str) -> CollectionError {
    DropFile::parse(text).expect_err("must be refused")
}

/// Line and column of the first occurrence of `needle`, by counting.
fn place_of(text: &str, needle: &str) -> Option<Place> {
    let at = text.find(needle)?;
    let line = text[..at].matches('\n').count() as u32 + 1;
    let column = text[..at].rsplit('\n').next()?.chars().count() as u32 + 1;
    Some(Place { line, column })
}

#[test]
fn a_file_becomes_a_drop() {
    let file = small();
    let drop = file.drop();
    assert_eq!(file.text(), SMALL, "the text is kept as it is");
    assert_eq!((drop.name.as_str(), drop.supply, drop.seed.as_str()), ("Small", 10, "small"), "the head");
    assert_eq!(drop.unique_layers, ["sky", "bird", "hat"], "all layers when nothing is said");
    assert_eq!(drop.layers[2].blend, Blend::Multiply, "blend");
    assert_eq!(drop.layers[2].traits[0].target, Target::Count(4), "count");
    assert_eq!(drop.rules[0].kind, RuleKind::Forbid, "rule kind");
    assert_eq!((drop.royalty.basis_points, &drop.royalty.receiver), (500, &Account::Deployer), "royalty");
    assert_eq!(drop.storage.targets, ["embedded"], "storage has a default");
    assert!(!drop.launch.freeze, "freezing is never a default");
}

/// What is changed, what the error is called, the text its place points at, and the key it names.
const REFUSED: &[(&str, &str, &str, &str, &str)] = &[
    ("schema = 1", "schema = 2", "DROP-BAD-VALUE", "2", "schema"),
    ("schema = 1\n", "", "DROP-MISSING-KEY", "#", "schema"),
    ("supply = 10", "suply = 10", "DROP-UNKNOWN-KEY", "suply", "suply"),
    ("supply = 10", "supply = \"10\"", "DROP-WRONG-TYPE", "\"10\"", "supply"),
    ("supply = 10", "supply = 10.5", "DROP-WRONG-TYPE", "10.5", "supply"),
    ("supply = 10", "supply = 0", "DROP-BAD-VALUE", "0 #", "supply"),
    ("supply = 10", "supply = 4294967297", "DROP-BAD-VALUE", "4294967297", "supply"),
    ("name = \"Small\"", "name = \" \"", "DROP-BAD-VALUE", "\" \"", "name"),
    ("name = \"Small\"", "name = \"Sm\\u0007all\"", "DROP-BAD-VALUE", "\"Sm", "name"),
    ("width = 64\n", "", "DROP-MISSING-KEY", "[art]", "art.width"),
    ("width = 64", "width = 8193", "DROP-BAD-VALUE", "8193", "art.width"),
    ("width = 64", "preset = \"best\"\nwidth = 64", "DROP-BAD-VALUE", "\"best\"", "art.preset"),
    ("width = 64", "background = \"#12\"\nwidth = 64", "DROP-BAD-VALUE", "\"#12\"", "art.background"),
    ("id = \"bird\"", "id = \"sky\"", "DROP-DUPLICATE-ID", "\"sky\"\nname = \"Bird\"", "layer[1].id"),
    ("id = \"bird\"", "id = \"Bird\"", "DROP-BAD-VALUE", "\"Bird\"", "layer[1].id"),
    ("name = \"Bird\"", "name = \"SKY\"", "DROP-DUPLICATE-NAME", "\"SKY\"", "layer[1].name"),
    (
        "name = \"Crow\"",
        "name = \"gull\"",
        "DROP-DUPLICATE-NAME",
        "\"gull\"\n  file = \"crow",
        "layer[1].trait[1].name",
    ),
    ("id = \"crow\"", "id = \"none\"", "DROP-BAD-VALUE", "\"none\"", "layer[1].trait[1].id"),
    (
        "file = \"day.png\"",
        "file = \"../day.png\"",
        "DROP-BAD-VALUE",
        "\"../day.png\"",
        "layer[0].trait[0].file",
    ),
    ("folder = \"1-sky\"", "folder = \"a\\\\b\"", "DROP-BAD-VALUE", "\"a\\\\b\"", "layer[0].folder"),
    ("blend = \"multiply\"", "blend = \"screen\"", "DROP-BAD-VALUE", "\"screen\"", "layer[2].blend"),
    ("weight = 5", "weight = -5", "DROP-BAD-VALUE", "-5", "layer[0].trait[0].weight"),
    ("weight = 5", "wieght = 5", "DROP-UNKNOWN-KEY", "wieght", "layer[0].trait[0].wieght"),
    ("  weight = 5\n", "", "DROP-MISSING-KEY", "[[layer.trait]]", "layer[0].trait[0].weight"),
    (
        "weight = 5",
        "weight = 5\n  count = 5",
        "DROP-BAD-VALUE",
        "5\n  [[layer.trait]]",
        "layer[0].trait[0].count",
    ),
    ("percent = \"50\"", "percent = 50", "DROP-WRONG-TYPE", "50\n", "layer[1].trait[0].percent"),
    ("percent = \"50\"", "percent = \"50%\"", "DROP-BAD-VALUE", "\"50%\"", "layer[1].trait[0].percent"),
    ("none = { percent = \"40\" }\n", "", "DROP-MISSING-KEY", "[[layer]]\nid = \"hat\"", "layer[2].none"),
    ("optional = true\n", "", "DROP-MISSING-KEY", "[[layer]]\nid = \"hat\"", "layer[2].optional"),
    ("none = { percent", "none = { share", "DROP-UNKNOWN-KEY", "share", "layer[2].none.share"),
    ("kind = \"forbid\"", "kind = \"never\"", "DROP-BAD-VALUE", "\"never\"", "rule[0].kind"),
    ("kind = \"forbid\"", "kind = \"at-most\"", "DROP-MISSING-KEY", "[[rule]]", "rule[0].count"),
    ("kind = \"forbid\"", "kind = \"forbid\"\ncount = 1", "DROP-BAD-VALUE", "1\ntraits", "rule[0].count"),
    ("\"sky/night\"", "\"sky/nite\"", "DROP-UNKNOWN-REFERENCE", "\"sky/nite\"", "rule[0].traits[0]"),
    ("\"hat/*\"", "\"hats/*\"", "DROP-UNKNOWN-REFERENCE", "\"hats/*\"", "rule[0].with[0]"),
    ("\"hat/*\"", "\"hat\"", "DROP-BAD-VALUE", "\"hat\"]", "rule[0].with[0]"),
    ("\"hat/*\"", "\"sky/none\"", "DROP-UNKNOWN-REFERENCE", "\"sky/none\"", "rule[0].with[0]"),
    ("[\"hat/*\"]", "[]", "DROP-BAD-VALUE", "[]", "rule[0].with"),
    ("[\"hat/*\"]", "[7]", "DROP-WRONG-TYPE", "7]", "rule[0].with[0]"),
    ("percent = \"5\"", "percent = \"5.001\"", "DROP-BAD-VALUE", "\"5.001\"", "royalty.percent"),
    ("percent = \"5\"", "percent = \"5\"\nreceiver = \"me\"", "DROP-BAD-VALUE", "\"me\"", "royalty.receiver"),
    ("vouchers = 2", "vouchers = 3", "DROP-BAD-VALUE", "3\n", "launch.vouchers"),
    (
        "[metadata]",
        "[unique]\nlayers = [\"sky\", \"sea\"]\n[metadata]",
        "DROP-UNKNOWN-REFERENCE",
        "\"sea\"",
        "unique.layers[1]",
    ),
    (
        "[metadata]",
        "[storage]\ntargets = [\"my-node\"]\n[metadata]",
        "DROP-UNKNOWN-REFERENCE",
        "\"my-node\"",
        "storage.targets[0]",
    ),
    ("[metadata]", "[[metadata]]", "DROP-WRONG-TYPE", "[[metadata]]", "metadata"),
];

#[test]
fn mistakes_are_named_where_they_are() {
    for (from, to, code, pointed_at, key) in REFUSED {
        let text = small_with(from, to);
        let error = refused(&text);
        let case = format!("{from:?} → {to:?}: {error}");
        assert_eq!(error.code(), *code, "{case}");
        assert_eq!(error.key(), Some(*key), "{case}");
        // The needle may occur before the change as well; look for it from the change on, except for table headers.
        let changed = text.find(to).filter(|_| !to.is_empty() && !pointed_at.starts_with('[')).unwrap_or(0);
        let at =
            changed + text[changed..].find(pointed_at).unwrap_or_else(|| panic!("{pointed_at:?} is there"));
        assert_eq!(error.place(), place_of(&text, &text[at..]), "{case}");
    }
}

#[test]
fn syntax_errors_have_a_place_too() {
    let text = small_with("supply = 10 # ten of them", "supply = ");
    let error = refused(&text);
    assert_eq!(error.code(), "DROP-SYNTAX", "{error}");
    assert_eq!(error.place().map(|place| place.line), Some(5), "{error}");
    let twice = refused(&small_with("supply = 10", "supply = 10\nsupply = 11"));
    assert_eq!(twice.code(), "DROP-SYNTAX", "a key given twice is not TOML: {twice}");
}

#[test]
fn columns_count_characters_not_bytes() {
    let text = small_with("none = { percent = \"40\" }", "none = { \"größe\" = 1, percent = \"40\" }");
    let error = refused(&text);
    assert_eq!(error.place().map(|place| place.column), Some(10), "{error}");
    let text = small_with("traits = [\"sky/night\"]", "traits = [\"übermut\", \"sky/night\"]");
    let error = refused(&text.replacen("\"übermut\", \"sky/night\"", "\"sky/day\", \"ü/ü\"", 1));
    assert_eq!(error.place().map(|place| place.column), Some(22), "{error}");
}

#[test]
fn a_slip_of_the_pen_gets_a_suggestion() {
    let error = refused(&small_with("supply = 10", "suply = 10"));
    assert_eq!(error.hint(), Some("Did you mean `supply`?"), "{error}");
    let error = refused(&small_with("supply = 10", "amount = 10\nsupply = 10"));
    assert!(
        error.hint().is_some_and(|hint| hint.contains("supply, seed")),
        "otherwise what is known: {error}"
    );
}

#[test]
fn impossible_counts_name_the_layer_and_the_numbers() {
    let error = refused(&small_with("percent = \"50\"", "count = 6"));
    assert_eq!(error.code(), "DROP-IMPOSSIBLE-TARGET", "{error}");
    assert_eq!(error.place(), place_of(SMALL, "[[layer]]\nid = \"bird\""), "at the layer");
    assert!(error.to_string().contains("make 11 tokens together"), "with the numbers: {error}");
}

#[test]
fn secrets_do_not_belong_in_the_file() {
    let storage = "[storage]\ntargets = [\"node\"]\n[[storage.target]]\nid = \"node\"\nkind = \"kubo\"\nurl = \"http://a:b@host\"\n[metadata]";
    let error = refused(&small_with("[metadata]", storage));
    assert_eq!(error.code(), "DROP-BAD-VALUE", "{error}");
    assert!(!error.to_string().contains("a:b"), "and the message does not repeat it: {error}");
}

#[test]
fn rules_read_like_sentences() {
    let sample = include_str!("../../../../../assets/samples/tidepool/drop.toml");
    let file = DropFile::parse(sample).expect("the sample is valid");
    let sentences: Vec<String> = file.drop().rules.iter().map(|rule| rule.sentence(file.drop())).collect();
    assert_eq!(
        sentences,
        [
            "Jelly, peach or Jelly, moon never with any Markings",
            "Lantern only with Dusk, Night or Storm",
            "Driftwood never with Nudibranch, violet or Nudibranch, milk",
            "At most 3 tokens wear Patch and Sea glass together",
        ],
        "plain English"
    );
}
