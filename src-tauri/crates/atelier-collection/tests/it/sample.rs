use std::collections::BTreeSet;
use std::path::Path;

use atelier_collection::{DropFile, Edit, SolveOptions, check_plan, solve};

const TEXT: &str = include_str!("../../../../../assets/samples/tidepool/drop.toml");

fn sample() -> DropFile {
    DropFile::parse(TEXT).expect("the sample is valid")
}

#[test]
fn it_plans_at_every_size() {
    for supply in [100, 1_000, 10_000] {
        let file = sample().edit(&[Edit::Supply { supply }]).expect("the supply alone may change");
        let plan = solve(file.drop(), SolveOptions::default()).expect("solvable");
        check_plan(file.drop(), &plan).expect("holds");
        assert_eq!(plan.targets[5].none, supply * 30 / 100, "three in ten crowns are none, exactly");
        assert_eq!(plan.targets[5].traits[8], supply * 2 / 100, "lanterns scale with the supply");
    }
}

#[test]
fn the_plan_is_the_one_everybody_gets() {
    // Raise the generator's version rather than change these: every collection ever planned would come out otherwise.
    let golden = [
        (100, "a64eb633c1e5bdeacccd2807f068c521607ead0df8114faa304e66a102b4485e"),
        (10_000, "ae40afc7f491941af0daf70598c2f0cd9e284e89121b186405c78ee3fe857c90"),
    ];
    for (supply, hash) in golden {
        let options = SolveOptions { supply: Some(supply), ..SolveOptions::default() };
        let plan = solve(sample().drop(), options).expect("solvable");
        assert_eq!(hex::encode(plan.hash), hash, "the plan of {supply} tokens, on every machine");
    }
}

#[test]
fn every_file_is_there_and_no_file_is_left_over() {
    let layers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/samples/tidepool/layers");
    let file = sample();
    let wanted: BTreeSet<_> = file
        .drop()
        .layers
        .iter()
        .flat_map(|layer| layer.traits.iter().map(|item| layers.join(&layer.folder).join(&item.file)))
        .collect();
    let mut found = BTreeSet::new();
    for folder in std::fs::read_dir(&layers).expect("the sample's layers") {
        for image in std::fs::read_dir(folder.expect("readable").path()).expect("a folder") {
            found.insert(image.expect("readable").path());
        }
    }
    assert_eq!(found, wanted, "drop.toml and layers/ name the same 60 files");
    assert_eq!(wanted.len(), 60, "sixty traits");
}
