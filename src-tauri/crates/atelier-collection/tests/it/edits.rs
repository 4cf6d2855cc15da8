use atelier_collection::{
    Account, Blend, DropFile, Edit, Launch, Percent, PickRef, Rule, RuleKind, Target, TraitRef,
};

use crate::world::{SMALL, small};

fn rule(id: &str, kind: RuleKind) -> Rule {
    let reference =
        |layer: &str, pick: &str| TraitRef { layer: layer.into(), pick: PickRef::One(pick.into()) };
    Rule { id: id.into(), kind, traits: vec![reference("bird", "crow")], with: vec![reference("hat", "cap")] }
}

/// The lines that differ, as `-old` and `+new`. Good enough for edits that touch one place.
fn difference(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let end =
        before[start..].iter().rev().zip(after[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let minus = before[start..before.len() - end].iter().map(|line| format!("-{line}"));
    let plus = after[start..after.len() - end].iter().map(|line| format!("+{line}"));
    minus.chain(plus).collect()
}

fn changes(edit: Edit) -> Vec<String> {
    let edited = small().edit(&[edit]).expect("a valid edit");
    difference(SMALL, edited.text())
}

#[test]
fn an_edit_touches_its_line_and_nothing_else() {
    assert_eq!(
        changes(Edit::Supply { supply: 12 }),
        ["-supply = 10 # ten of them", "+supply = 12 # ten of them"],
        "the comment stays"
    );
    assert_eq!(changes(Edit::Seed { seed: "a \"b\"".into() }).len(), 2, "text is quoted as TOML needs");
    assert_eq!(
        changes(Edit::TraitTarget { layer: "sky".into(), id: "dusk".into(), target: Target::Count(4) }),
        ["-  weight = 3 # pretty", "+  count = 4 # pretty"],
        "another kind of target keeps indentation and comment"
    );
    let percent = Percent::parse("25").expect("a percentage");
    assert_eq!(
        changes(Edit::NoneTarget { layer: "hat".into(), target: Some(Target::Percent(percent)) }),
        ["-none = { percent = \"40\" }", "+none = { percent = \"25\" }"],
        "none"
    );
    assert_eq!(
        changes(Edit::Blend { layer: "sky".into(), blend: Blend::Multiply }),
        ["+blend = \"multiply\""],
        "a key that was left to its default is added"
    );
    assert_eq!(
        changes(Edit::TokenName { template: "{id}".into() }),
        ["-name = \"Small #{id}\"", "+name = \"{id}\""],
        "templates"
    );
    assert_eq!(
        changes(Edit::ExternalUrl { template: Some("https://x/{id}".into()) }),
        ["+external_url = \"https://x/{id}\""],
        "added"
    );
    assert_eq!(
        changes(Edit::ExternalUrl { template: None }),
        [""; 0],
        "removing what is not there changes nothing"
    );
    assert_eq!(
        changes(Edit::TraitName { layer: "bird".into(), id: "crow".into(), name: "Raven".into() }),
        ["-  name = \"Crow\"", "+  name = \"Raven\""],
        "names"
    );
}

#[test]
fn rules_are_added_replaced_and_removed() {
    let added = small().edit(&[Edit::AddRule { rule: rule("new", RuleKind::AtMost(2)) }]).expect("valid");
    assert_eq!(
        difference(SMALL, added.text()),
        [
            "+[[rule]]",
            "+id = \"new\"",
            "+kind = \"at-most\"",
            "+traits = [\"bird/crow\"]",
            "+with = [\"hat/cap\"]",
            "+count = 2",
            "+"
        ],
        "a rule more, after the others"
    );
    let replaced = added.edit(&[Edit::ReplaceRule { rule: rule("new", RuleKind::OnlyWith) }]).expect("valid");
    assert_eq!(replaced.drop().rules[1].kind, RuleKind::OnlyWith, "replaced in its place, the count gone");
    let removed = replaced.edit(&[Edit::RemoveRule { id: "new".into() }]).expect("valid");
    assert_eq!(removed.text(), SMALL, "adding and removing leaves no trace");
    let bare = removed.edit(&[Edit::RemoveRule { id: "bare-crows".into() }]).expect("valid");
    assert!(bare.drop().rules.is_empty(), "the last rule can go");
    let again = bare.edit(&[Edit::AddRule { rule: rule("first", RuleKind::Forbid) }]).expect("valid");
    assert_eq!(again.drop().rules.len(), 1, "and a first one can come");
}

#[test]
fn numbers_of_the_launch_change_together_with_the_supply() {
    let launch = |batched, vouchers| Launch {
        batch_size: 4,
        batched,
        vouchers,
        recipient: Account::Deployer,
        freeze: true,
    };
    let refused = small().edit(&[Edit::Supply { supply: 9 }]).expect_err("ten are launched");
    assert_eq!(refused.key(), Some("launch.vouchers"), "it says where: {refused}");
    let edits = [Edit::Supply { supply: 9 }, Edit::Launch { launch: launch(8, 1) }];
    let edited = small().edit(&edits).expect("together they fit");
    assert_eq!((edited.drop().supply, edited.drop().launch.clone()), (9, launch(8, 1)), "both");
    let receiver = Account::Address(format!("0x{}", "ab".repeat(20)));
    let percent = Percent::parse("7.5").expect("a percentage");
    let royal = edited.edit(&[Edit::Royalty { percent, receiver: receiver.clone() }]).expect("valid");
    assert_eq!(
        (royal.drop().royalty.basis_points, &royal.drop().royalty.receiver),
        (750, &receiver),
        "royalty"
    );
}

#[test]
fn a_bad_edit_changes_nothing() {
    let file = small();
    let error = file
        .edit(&[Edit::TraitTarget { layer: "sky".into(), id: "noon".into(), target: Target::Weight(1) }])
        .expect_err("no such trait");
    assert_eq!(error.code(), "DROP-NOTHING-TO-EDIT", "{error}");
    let error =
        file.edit(&[Edit::AddRule { rule: rule("bare-crows", RuleKind::Forbid) }]).expect_err("id taken");
    assert_eq!(error.code(), "DROP-DUPLICATE-ID", "{error}");
    assert_eq!(file.text(), SMALL, "the file is as it was");
}

#[test]
fn edits_cross_the_boundary_to_the_window_as_json() {
    let edit = Edit::TraitTarget { layer: "sky".into(), id: "day".into(), target: Target::Weight(1) };
    let json = serde_json::to_string(&edit).expect("serialises");
    assert_eq!(
        json, r#"{"edit":"trait-target","layer":"sky","id":"day","target":{"weight":1}}"#,
        "the shape is part of the face"
    );
    assert_eq!(serde_json::from_str::<Edit>(&json).expect("reads back"), edit, "round trip");
    let json = serde_json::to_string(&rule("r", RuleKind::AtMost(3))).expect("serialises");
    assert_eq!(
        json, r#"{"id":"r","kind":{"at-most":3},"traits":["bird/crow"],"with":["hat/cap"]}"#,
        "rules too"
    );
}

#[test]
fn windows_line_endings_survive() {
    let text = SMALL.replace('\n', "\r\n");
    let file = DropFile::parse(text.clone()).expect("valid");
    assert_eq!(file.text(), text, "reading changes nothing");
    let edited = file.edit(&[Edit::Supply { supply: 11 }]).expect("valid");
    assert_eq!(edited.drop().supply, 11, "and editing works");
}
