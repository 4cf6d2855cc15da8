use atelier_studio::api::{
    Empty, ImportPreviewRequest, ImportRequest, NewProject, OpenProject, SetTarget, StageName, StageState,
    Target,
};

use crate::bench::Bench;

#[tokio::test]
async fn undo_survives_a_restart_and_gives_the_same_bytes_back() {
    let bench = Bench::new();
    let dir = bench.sample().await;
    let toml = std::path::Path::new(&dir).join("drop.toml");
    let before = std::fs::read_to_string(&toml).expect("the sample has a drop.toml");
    let change =
        SetTarget { layer: "crown".into(), trait_id: Some("lantern".into()), target: Target::Weight(9) };
    bench.studio.artwork_set_target(change).await.expect("a weight can change");
    let changed = std::fs::read_to_string(&toml).expect("it is still there");
    assert_ne!(before, changed, "the change is in the file");
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
    assert_eq!(comments(&before), comments(&changed), "comments stay");
    bench.studio.shut_down().await;

    let again = bench.restarted();
    let view = again.project_open(OpenProject { dir }).await.expect("it opens again");
    assert_eq!(view.undo.as_deref(), Some("Lantern to weight 9"), "undo is named after the change");
    let view = again.undo(Empty {}).await.expect("undo");
    assert_eq!(std::fs::read_to_string(&toml).expect("file"), before, "byte for byte as before");
    assert_eq!(view.redo.as_deref(), Some("Lantern to weight 9"), "and it can be brought back");
    again.redo(Empty {}).await.expect("redo");
    assert_eq!(std::fs::read_to_string(&toml).expect("file"), changed, "byte for byte as after");
}

#[tokio::test]
async fn a_project_is_open_once() {
    let bench = Bench::new();
    let dir = bench.sample().await;
    let other = bench.restarted();
    let refused = other.project_open(OpenProject { dir: dir.clone() }).await.expect_err("it is open already");
    assert_eq!(refused.code(), "DB-PROJECT-OPEN", "{refused}");
    bench.studio.shut_down().await;
    other.project_open(OpenProject { dir }).await.expect("closed there, it opens here");
}

#[tokio::test]
async fn the_shelf_remembers_what_was_opened() {
    let bench = Bench::new();
    let dir = bench.sample().await;
    bench.studio.shut_down().await;
    let home = bench.restarted().home(Empty {}).await.expect("home");
    assert_eq!(home.recent.len(), 1, "one project was opened");
    assert!(home.recent[0].present && home.recent[0].dir.ends_with("drop"), "and it is still there: {dir}");
    assert!(
        home.sample_dir.ends_with("Tidepool Keepers"),
        "the sample's default folder is free: {}",
        home.sample_dir
    );
}

#[tokio::test]
async fn a_new_project_says_what_it_lacks() {
    let bench = Bench::new();
    let view = bench
        .studio
        .project_create(NewProject { dir: bench.dir("mine"), name: "A \"quoted\" name".into() })
        .await;
    let view = view.expect("an empty project is a project");
    assert_eq!(view.name, "A \"quoted\" name", "names are written as they are");
    let artwork = view.stages.iter().find(|stage| stage.name == StageName::Artwork).expect("there is a rail");
    assert_eq!(artwork.state, StageState::Empty, "{}", artwork.sentence);
    let refused = bench.studio.plan_tokens(Empty {}).await.expect_err("there is nothing to plan with");
    assert_eq!(refused.code(), "PLAN-NO-LAYERS", "{refused}");

    let sample = atelier_sample();
    let artwork =
        bench.studio.layers_add(ImportPreviewRequest { source: sample }).await.expect("layers come later");
    assert_eq!(artwork.layers.len(), 7, "every folder became a layer");
    let view = bench.studio.project(Empty {}).await.expect("the frame");
    assert_eq!(
        (view.name.as_str(), view.undo.as_deref()),
        ("A \"quoted\" name", Some("adding layers")),
        "its name stays"
    );
    bench.studio.plan_tokens(Empty {}).await.expect("now there is something to plan with");
}

/// The sample's layer folders, as an artist's folder from anywhere.
fn atelier_sample() -> String {
    let layers =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/samples/tidepool/layers");
    layers.to_string_lossy().into_owned()
}

#[tokio::test]
async fn an_imported_folder_plans_and_its_source_stays() {
    let bench = Bench::new();
    let sample = bench.sample().await;
    let source = std::path::Path::new(&sample).join("layers");
    let before = std::fs::read_dir(&source).expect("layers").count();
    let dir = bench.dir("imported");
    let request = ImportRequest {
        source: source.to_string_lossy().into_owned(),
        dir: dir.clone(),
        name: "Imported".into(),
    };
    bench.studio.project_import(request).await.expect("layer folders import");
    let plan = bench.studio.plan_tokens(Empty {}).await.expect("what was imported plans");
    assert_eq!((plan.supply, plan.deviation), (100, 0), "every weight became a count");
    let copied = std::path::Path::new(&dir).join("layers/2-body/crab-teal.png");
    assert!(copied.is_file(), "pictures are where drop.toml looks for them: {}", copied.display());
    assert_eq!(
        std::fs::read_dir(&source).expect("layers").count(),
        before,
        "the source was copied, not moved"
    );
}

#[tokio::test]
async fn an_import_that_finds_nothing_copies_nothing() {
    let bench = Bench::new();
    std::fs::create_dir(bench.home.path().join("empty")).expect("a folder");
    let refused = bench
        .studio
        .import_preview(ImportPreviewRequest { source: bench.dir("empty") })
        .await
        .expect_err("nothing is in it");
    assert_eq!(refused.code(), "IMPORT-NOTHING", "{refused}");
}
