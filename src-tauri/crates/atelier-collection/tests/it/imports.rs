use atelier_collection::{ImportOptions, ListedFile, SolveOptions, Target, WarningKind, import, solve};

fn listing(paths: &[&str]) -> Vec<ListedFile> {
    paths.iter().map(|path| ListedFile { path: (*path).into(), size: Some((64, 64)) }).collect()
}

fn options() -> ImportOptions {
    ImportOptions { name: "My First Drop".into(), supply: 4, seed: "s".into() }
}

fn kinds(warnings: &[atelier_collection::ImportWarning]) -> Vec<WarningKind> {
    warnings.iter().map(|warning| warning.kind).collect()
}

#[test]
fn plain_numbered_folders() {
    let got = import(
        &listing(&[
            "2-body/crab_red.png",
            "2-body/Octo-Pus.PNG",
            "10-hat/cap.webp",
            "10-hat/bow.gif",
            "1-sky/day.jpg",
            "1-sky/night.jpeg",
        ]),
        &options(),
    )
    .expect("imports");
    let drop = got.file.drop();
    let layers: Vec<_> = drop
        .layers
        .iter()
        .map(|layer| (layer.id.as_str(), layer.name.as_str(), layer.folder.as_str()))
        .collect();
    assert_eq!(
        layers,
        [("sky", "Sky", "1-sky"), ("body", "Body", "2-body"), ("hat", "Hat", "10-hat")],
        "10 comes after 2"
    );
    let body: Vec<_> = drop.layers[1]
        .traits
        .iter()
        .map(|item| (item.id.as_str(), item.name.as_str(), item.file.as_str()))
        .collect();
    assert_eq!(
        body,
        [("octo-pus", "Octo Pus", "Octo-Pus.PNG"), ("crab-red", "Crab red", "crab_red.png")],
        "cleaned names, files as they are"
    );
    assert_eq!((drop.art.width, drop.symbol.as_str(), drop.supply), (64, "MFD", 4), "head");
    assert_eq!(got.warnings, [], "nothing to warn of");
    assert_eq!(got.files.len(), 6, "all files are copied");
    assert_eq!(got.files[0].to, "layers/1-sky/day.jpg", "into layers/");
    solve(drop, SolveOptions::default()).expect("and the result can be planned");
}

#[test]
fn a_hashlips_checkout() {
    let got = import(
        &listing(&[
            "hashlips/layers/Background/Black#1.png",
            "hashlips/layers/Background/Blue#50.png",
            "hashlips/layers/Eye color/Cyan#10.png",
            "hashlips/layers/Eye color/Red.png",
            "hashlips/layers/Eye color/Odd#lots.png",
            "hashlips/layers/Top lid/None#30.png",
            "hashlips/layers/Top lid/High#70.png",
            "hashlips/build/images/1.png",
            "hashlips/src/config.js",
            "hashlips/layers/.DS_Store",
            "hashlips/layers/Top lid/Thumbs.db",
            "hashlips/layers/Top lid/notes.psd",
            "hashlips/layers/Top lid/deep/High#1.png",
        ]),
        &options(),
    )
    .expect("imports");
    let drop = got.file.drop();
    assert_eq!(drop.layers[0].traits[1].target, Target::Weight(50), "weights are in the names");
    assert_eq!(drop.layers[1].traits[2].target, Target::Weight(1), "no weight means 1");
    assert_eq!(drop.layers[2].none, Some(Target::Weight(30)), "a blank image is going without");
    assert_eq!(drop.layers[1].id, "eye-color", "ids");
    assert_eq!(
        kinds(&got.warnings),
        [
            WarningKind::OutOfPlace,
            WarningKind::NotAnImage,
            WarningKind::OrderGuessed,
            WarningKind::BadWeight,
            WarningKind::BecameNone
        ],
        "code, output and litter are passed over in silence: {:?}",
        got.warnings
    );
    assert!(got.files.iter().all(|file| !file.to.contains("None#30")), "the blank image is not copied");
}

#[test]
fn underscores_and_a_dropped_parent_folder() {
    let got = import(&listing(&["art/v2/_hat/a.png", "art/v2/__sky/b.png", "art/v2/bird/c.png"]), &options())
        .expect("imports");
    let ids: Vec<_> = got.file.drop().layers.iter().map(|layer| layer.id.as_str()).collect();
    assert_eq!(ids, ["sky", "hat", "bird"], "more underscores are further down");
    assert_eq!(got.file.drop().supply, 1, "one combination, one token");
    assert!(kinds(&got.warnings).contains(&WarningKind::SupplyLowered), "and it says so");
}

#[test]
fn names_that_collide_or_are_in_another_script() {
    let got = import(&listing(&["1-空/日.png", "1-空/夜.png", "1-空/a b.png", "1-空/a_b.png"]), &options())
        .expect("imports");
    let traits: Vec<_> =
        got.file.drop().layers[0].traits.iter().map(|item| (item.id.as_str(), item.name.as_str())).collect();
    assert_eq!(
        traits,
        [("a-b", "A b"), ("a-b-2", "A b 2"), ("x", "夜"), ("x-2", "日")],
        "every id and name is its own"
    );
    assert_eq!(kinds(&got.warnings), [WarningKind::Renamed], "one was renamed");
}

#[test]
fn odd_sizes_are_named() {
    let mut files = listing(&["1-a/x.png", "1-a/y.png", "2-b/z.png"]);
    files[2].size = Some((65, 64));
    let got = import(&files, &options()).expect("imports");
    assert_eq!(kinds(&got.warnings)[..1], [WarningKind::OddSize], "{:?}", got.warnings);
    assert_eq!(got.warnings[0].path, "2-b/z.png", "with its path");
}

#[test]
fn hostile_paths_are_left_out() {
    let got = import(
        &listing(&[
            "1-a/ok.png",
            "../1-a/up.png",
            "1-a/../x.png",
            "/1-a/root.png",
            "C:/a/b.png",
            "1-a/a\\b.png",
            "1-a/ .png",
            "1-a/new\nline.png",
            "1-a/.hidden.png",
        ]),
        &options(),
    )
    .expect("imports");
    assert_eq!(got.files.len(), 1, "one file survives: {:?}", got.files);
    assert_eq!(got.files[0].to, "layers/1-a/ok.png", "the good one");
}

#[test]
fn the_order_of_the_listing_does_not_matter() {
    let mut files = listing(&["b/2.png", "a/1.png", "b/1.png", "a/2.png", "c/none.png", "c/1.png"]);
    let first = import(&files, &options()).expect("imports");
    files.reverse();
    assert_eq!(import(&files, &options()).expect("imports"), first, "the same import");
}

#[test]
fn nothing_to_import_is_an_error() {
    for paths in [&[][..], &["readme.txt"], &["image.png"], &["src/main.js"]] {
        let error = import(&listing(paths), &options()).expect_err("no layers");
        assert_eq!(error.code(), "IMPORT-NOTHING", "{paths:?}: {error}");
    }
}
