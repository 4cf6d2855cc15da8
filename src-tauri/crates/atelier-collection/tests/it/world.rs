//! A small drop to bend in tests.

use atelier_collection::{Drop, DropFile, Plan, Token};

/// Two obligatory layers of three and two traits, and an optional one of two: 3 × 2 × 3 = 18 combinations.
pub const SMALL: &str = r##"# A comment at the top.
schema = 1
name = "Small"
symbol = "SML"
supply = 10 # ten of them
seed = "small"

[art]
width = 64
height = 64

[[layer]]
id = "sky"
name = "Sky"
folder = "1-sky"
  [[layer.trait]]
  id = "day"
  name = "Day"
  file = "day.png"
  weight = 5
  [[layer.trait]]
  id = "dusk"
  name = "Dusk"
  file = "dusk.png"
  weight = 3 # pretty
  [[layer.trait]]
  id = "night"
  name = "Night"
  file = "night.png"
  weight = 2

# The second layer.
[[layer]]
id = "bird"
name = "Bird"
folder = "2-bird"
  [[layer.trait]]
  id = "gull"
  name = "Gull"
  file = "gull.png"
  percent = "50"
  [[layer.trait]]
  id = "crow"
  name = "Crow"
  file = "crow.png"
  percent = "50"

[[layer]]
id = "hat"
name = "Hat"
folder = "3-hat"
blend = "multiply"
optional = true
none = { percent = "40" }
  [[layer.trait]]
  id = "cap"
  name = "Cap"
  file = "cap.png"
  count = 4
  [[layer.trait]]
  id = "bow"
  name = "Bow"
  file = "bow.png"
  weight = 1

# Crows go bareheaded at night.
[[rule]]
id = "bare-crows"
kind = "forbid"
traits = ["sky/night"]
with = ["hat/*"]

[metadata]
name = "Small #{id}"
description = ""

[royalty]
percent = "5"

[launch]
batch_size = 5
batched = 8
vouchers = 2
"##;

/// [`SMALL`], read.
pub fn small() -> DropFile {
    DropFile::parse(SMALL).expect("the test's own file is valid")
}

/// [`SMALL`] after one textual replacement, which must occur.
pub fn small_with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "the test replaces something that is there: {from}");
    SMALL.replacen(from, to, 1)
}

/// [`SMALL`] after one replacement, read.
pub fn drop_with(from: &str, to: &str) -> Drop {
    DropFile::parse(small_with(from, to)).expect("still valid").drop().clone()
}

/// Ids of what a token wears.
pub fn worn(plan: &Plan, token: &Token) -> Vec<(String, Option<String>)> {
    plan.worn(token).map(|(layer, item)| (layer.id.clone(), item.map(|item| item.id.clone()))).collect()
}
