use std::ops::ControlFlow;

use atelier_collection::{
    CollectionError, Conflict, DropFile, Plan, Progress, SolveOptions, check_plan, solve,
};

use crate::world::{drop_with, small, small_with, worn};

fn conflict(text: &str) -> Conflict {
    let file = DropFile::parse(text).expect("a valid file");
    match solve(file.drop(), SolveOptions::default()) {
        Err(CollectionError::Infeasible(conflict)) => *conflict,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

#[test]
fn a_plan_meets_counts_rules_and_uniqueness() {
    let file = small();
    let plan = solve(file.drop(), SolveOptions::default()).expect("solvable");
    check_plan(file.drop(), &plan).expect("holds");
    assert_eq!(plan.tokens.len(), 10, "supply");
    let has = |layer: &str, item: Option<&str>| {
        let wanted = (layer.to_owned(), item.map(str::to_owned));
        plan.tokens.iter().filter(|token| worn(&plan, token).contains(&wanted)).count()
    };
    let sky = (has("sky", Some("day")), has("sky", Some("dusk")), has("sky", Some("night")));
    assert_eq!(sky, (5, 3, 2), "weights");
    assert_eq!(
        (has("hat", None), has("hat", Some("cap")), has("hat", Some("bow"))),
        (4, 4, 2),
        "none, count, rest"
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let file = small();
    let bytes = |seed: Option<&str>| {
        let options = SolveOptions { seed: seed.map(str::to_owned), ..SolveOptions::default() };
        solve(file.drop(), options).expect("solvable").to_bytes()
    };
    assert_eq!(bytes(None), bytes(Some("small")), "the drop's seed is the default");
    assert_ne!(bytes(None), bytes(Some("other")), "another seed");
}

#[test]
fn planning_does_not_depend_on_the_thread() {
    let here = solve(small().drop(), SolveOptions::default()).expect("solvable").hash;
    let there: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(|| solve(small().drop(), SolveOptions::default()).map(|plan| plan.hash)))
        .collect();
    for thread in there {
        assert_eq!(thread.join().expect("no panic"), Ok(here), "the same plan on every thread");
    }
}

#[test]
fn bytes_round_trip_and_damage_is_found() {
    let plan = solve(small().drop(), SolveOptions::default()).expect("solvable");
    let bytes = plan.to_bytes();
    assert_eq!(Plan::from_bytes(&bytes).expect("reads back"), plan, "round trip");
    for length in 0..bytes.len() {
        let error = Plan::from_bytes(&bytes[..length]).expect_err("cut short");
        assert_eq!(error.code(), "PLAN-DAMAGED", "{length} bytes: {error}");
    }
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x40;
        if let Ok(other) = Plan::from_bytes(&flipped) {
            assert_ne!(other.hash, plan.hash, "byte {at}: another plan has another hash");
            assert_eq!(other.to_bytes(), flipped, "byte {at}: and is canonical");
        }
    }
    let json = serde_json::to_string(&plan).expect("serialises");
    let read: Plan = serde_json::from_str(&json).expect("reads back");
    read.validate().expect("valid");
    assert_eq!(read, plan, "through JSON as well");
    let mut changed = plan.clone();
    changed.tokens.swap(0, 1);
    assert_eq!(changed.validate().map_err(|error| error.code()), Err("PLAN-DAMAGED"), "ids out of order");
    let mut changed = plan;
    changed.layers[0].name = "Heaven".into();
    assert_eq!(changed.validate().map_err(|error| error.code()), Err("PLAN-DAMAGED"), "a stale hash");
    changed.rehash();
    changed.validate().expect("fresh again");
}

#[test]
fn the_checker_finds_what_a_plan_does_wrong() {
    let file = small();
    let plan = solve(file.drop(), SolveOptions::default()).expect("solvable");
    let refusal = |text: &str, plan: &Plan| {
        let file = DropFile::parse(text).expect("valid");
        check_plan(file.drop(), plan).expect_err("must not fit").to_string()
    };
    let other_rule = small_with("traits = [\"sky/night\"]", "traits = [\"sky/day\"]");
    assert!(refusal(&other_rule, &plan).contains("breaks rule 1 (Day never with any Hat)"), "a broken rule");
    let other_counts = small_with("weight = 5", "weight = 50");
    assert!(refusal(&other_counts, &plan).contains("counts of Sky"), "other counts");
    let other_layers = small_with("file = \"day.png\"", "file = \"noon.png\"");
    assert!(refusal(&other_layers, &plan).contains("layers or traits"), "another file");
    let mut twice = plan;
    let picks = twice.tokens[0].picks.clone();
    twice.tokens[1].picks = picks;
    let twice = Plan::new(atelier_collection::random::Seed::from_text("small"), twice.layers, twice.tokens)
        .expect("a plan");
    assert!(
        check_plan(file.drop(), &twice).is_err(),
        "a repeated token changes counts or repeats a combination"
    );
}

#[test]
fn uniqueness_may_look_at_fewer_layers() {
    let drop = drop_with("[metadata]", "[unique]\nlayers = [\"sky\", \"hat\"]\n[metadata]");
    // Nine combinations of sky and hat, of which two are forbidden: seven tokens at most.
    let error = solve(&drop, SolveOptions::default()).expect_err("too few");
    assert_eq!(error.code(), "PLAN-INFEASIBLE", "{error}");
    assert!(error.to_string().contains("only 7 combinations"), "with the number: {error}");
}

#[test]
fn impossible_requests_name_what_collides() {
    // Night on 7 of 10 tokens, and only 4 go without a hat.
    assert_eq!(
        conflict(&small_with("weight = 2", "count = 7")).to_string(),
        "Night on 7 tokens, and “Night never with any Hat”, which leaves 4 tokens (no Hat): 3 too many.",
        "a sentence with names and numbers"
    );
    let rule = "kind = \"forbid\"\ntraits = [\"sky/night\"]\nwith = [\"hat/*\"]";
    let only = "kind = \"only-with\"\ntraits = [\"sky/day\"]\nwith = [\"hat/cap\"]";
    assert_eq!(
        conflict(&small_with(rule, only)).to_string(),
        "Day on 5 tokens, and “Day only with Cap”, which leaves 4 tokens (Cap): 1 too many.",
        "the other kind"
    );
    // A side over two layers cannot be drawn as a table of two: 5 days, but only 1 crow and 2 bows.
    let over_two = "kind = \"only-with\"\ntraits = [\"sky/day\"]\nwith = [\"bird/crow\", \"hat/bow\"]";
    let text = small_with(rule, over_two).replace("percent = \"50\"", "weight = 9").replacen(
        "weight = 9\n\n",
        "count = 1\n\n",
        1,
    );
    match conflict(&text) {
        Conflict::RuleBroken { rule, traits, with, too_many } => {
            assert_eq!(rule, "Day only with Crow or Bow", "the rule");
            assert_eq!((traits, with, too_many), (5, 3, 2), "the numbers");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_rules_together_can_leave_no_room() {
    // Each rule alone is fine: day (5) beside crow (5), day beside cap (4). But gulls are 5, and day needs one of the
    // 5 gulls for each: then dusk and night must wear crow …
    let rules = r#"kind = "forbid"
traits = ["sky/day"]
with = ["hat/cap"]

[[rule]]
id = "two"
kind = "forbid"
traits = ["sky/day"]
with = ["hat/bow"]
"#;
    let text = small_with("kind = \"forbid\"\ntraits = [\"sky/night\"]\nwith = [\"hat/*\"]\n", rules);
    match conflict(&text) {
        Conflict::NoRoom { needs, needed, room, available, rules } => {
            assert_eq!((needs[0].name.as_str(), needed), ("Day", 5), "who has no room");
            assert_eq!((room[0].name.as_str(), available), ("no Hat", 4), "where it would have to be");
            assert_eq!(rules, ["Day never with Cap", "Day never with Bow"], "both rules are named");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn several_traits_can_be_short_of_room_together() {
    // Dusk (3) and night (2) both need the 4 bareheaded tokens; each alone would fit.
    let rule = "kind = \"forbid\"\ntraits = [\"sky/night\", \"sky/dusk\"]\nwith = [\"hat/cap\"]\n\n[[rule]]\nid = \"two\"\nkind = \"forbid\"\ntraits = [\"sky/dusk\", \"sky/night\"]\nwith = [\"hat/bow\"]\n";
    let text = small_with("kind = \"forbid\"\ntraits = [\"sky/night\"]\nwith = [\"hat/*\"]\n", rule);
    match conflict(&text) {
        Conflict::NoRoom { needs, needed, available, .. } => {
            let names: Vec<_> = needs.iter().map(|share| share.name.as_str()).collect();
            assert_eq!((names.as_slice(), needed, available), (&["Dusk", "Night"][..], 5, 4), "the set");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn at_most_rules_are_kept_and_proven_impossible() {
    let rule = |count: u32| {
        small_with(
            "kind = \"forbid\"\ntraits = [\"sky/night\"]\nwith = [\"hat/*\"]",
            &format!("kind = \"at-most\"\ntraits = [\"bird/gull\"]\nwith = [\"hat/*\"]\ncount = {count}"),
        )
    };
    // Five gulls, of which three can go bareheaded (under three skies): two wear a hat.
    let file = DropFile::parse(rule(2)).expect("valid");
    let plan = solve(file.drop(), SolveOptions::default()).expect("two are possible");
    check_plan(file.drop(), &plan).expect("and kept");
    assert!(matches!(conflict(&rule(0)), Conflict::RuleBroken { too_many: 1, .. }), "none is not");
}

#[test]
fn all_combinations_can_be_used_up() {
    // 3 skies × 2 birds × 3 hats, every combination once.
    let text = small_with("supply = 10", "supply = 18")
        .replace("weight = 5", "weight = 1")
        .replace("weight = 3 # pretty", "weight = 1")
        .replace("weight = 2", "weight = 1")
        .replace("none = { percent = \"40\" }", "none = { count = 6 }")
        .replace("count = 4", "count = 6")
        .replace("kind = \"forbid\"", "kind = \"at-most\"\ncount = 18");
    let file = DropFile::parse(text).expect("valid");
    let plan = solve(file.drop(), SolveOptions::default()).expect("the full square");
    check_plan(file.drop(), &plan).expect("holds");
}

#[test]
fn effort_is_bounded_and_stuck_is_not_infeasible() {
    let seeds_that_need_repair = (0..20).filter(|seed| {
        let options =
            SolveOptions { effort: Some(0), seed: Some(seed.to_string()), ..SolveOptions::default() };
        matches!(solve(small().drop(), options), Err(CollectionError::Stuck { .. }))
    });
    assert!(seeds_that_need_repair.count() > 10, "without effort most shuffles are not plans");
}

#[test]
fn the_hook_sees_progress_and_can_stop() {
    let mut seen = Vec::new();
    let mut watch = |progress: Progress| {
        seen.push(progress.stage);
        ControlFlow::Continue(())
    };
    solve(small().drop(), SolveOptions { progress: Some(&mut watch), ..SolveOptions::default() })
        .expect("solvable");
    assert!(seen.len() >= 2, "at least the first and the last stage: {seen:?}");
    let mut stop = |_: Progress| ControlFlow::Break(());
    let error = solve(small().drop(), SolveOptions { progress: Some(&mut stop), ..SolveOptions::default() });
    assert_eq!(error, Err(CollectionError::Cancelled), "stopped");
}

#[test]
fn supply_out_of_range_is_refused() {
    for supply in [0, atelier_collection::MAX_SUPPLY + 1] {
        let error = solve(small().drop(), SolveOptions { supply: Some(supply), ..SolveOptions::default() });
        assert_eq!(error, Err(CollectionError::SupplyOutOfRange { supply }), "{supply}");
    }
}
