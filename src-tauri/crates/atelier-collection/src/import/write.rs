//! The text of a new `drop.toml`.

use std::fmt::Write;

use toml_edit::Value;

use super::{FoundLayer, ImportOptions};

pub(super) fn drop_toml(
    options: &ImportOptions,
    supply: u32,
    canvas: (u32, u32),
    layers: &[FoundLayer],
) -> String {
    let mut out = String::new();
    let name = quoted(&options.name);
    let symbol = quoted(&symbol(&options.name));
    let seed = quoted(&options.seed);
    let token_name = quoted(&format!("{} #{{id}}", options.name));
    let (width, height) = canvas;
    let batch = supply.clamp(1, 50);
    // Writing to a String cannot fail, so the results say nothing.
    let _ = write!(
        out,
        "schema = 1\nname = {name}\nsymbol = {symbol}\ndescription = \"\"\nsupply = {supply}\nseed = {seed}\n\n\
         [art]\nwidth = {width}\nheight = {height}\npreset = \"balanced\"\n"
    );
    for layer in layers {
        let _ = write!(
            out,
            "\n[[layer]]\nid = {}\nname = {}\nfolder = {}\nblend = \"normal\"\n",
            quoted(&layer.id),
            quoted(&layer.name),
            quoted(&layer.folder)
        );
        if let Some(weight) = layer.none {
            let _ = write!(out, "optional = true\nnone = {{ weight = {weight} }}\n");
        }
        for item in &layer.traits {
            let _ = write!(
                out,
                "\n  [[layer.trait]]\n  id = {}\n  name = {}\n  file = {}\n  weight = {}\n",
                quoted(&item.id),
                quoted(&item.name),
                quoted(&item.file),
                item.weight
            );
        }
    }
    let _ = write!(
        out,
        "\n[metadata]\nname = {token_name}\ndescription = \"\"\n\n[royalty]\npercent = \"0\"\nreceiver = \"deployer\"\n\n\
         [launch]\nbatch_size = {batch}\nbatched = {supply}\nvouchers = 0\nrecipient = \"deployer\"\nfreeze = false\n"
    );
    out
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Up to five capitals from the name: initials of several words, else its first letters.
fn symbol(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [] => "DROP".to_owned(),
        [word] => word.chars().take(4).collect(),
        words => words.iter().filter_map(|word| word.chars().next()).take(5).collect(),
    };
    letters.to_ascii_uppercase()
}
