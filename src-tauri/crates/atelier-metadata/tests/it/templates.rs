use atelier_metadata::{Template, variables};

use crate::world::sample;

#[test]
fn variables_are_filled() {
    let (drop, plan) = sample();
    let token = plan.token(7).expect("there are a hundred");
    let pool = plan
        .worn(token)
        .next()
        .and_then(|(_, item)| item)
        .map(|item| item.name.clone())
        .expect("every token has a pool");
    let fill = |text: &str| {
        Template::parse("name", text, &plan).map(|template| template.fill(&drop.name, &plan, token))
    };
    assert_eq!(
        fill("{name} #{id} of {supply}").as_deref(),
        Ok("Tidepool Keepers #7 of 100"),
        "the plain ones"
    );
    assert_eq!(fill("In the {trait:pool} pool"), Ok(format!("In the {pool} pool")), "a trait");
    assert_eq!(fill("{{id}} ü{id}ü }}{{").as_deref(), Ok("{id} ü7ü }{"), "doubled braces are braces");
    assert_eq!(fill("").as_deref(), Ok(""), "nothing");
}

#[test]
fn going_without_fills_with_nothing() {
    let (drop, plan) = sample();
    let bare = plan.tokens.iter().find(|token| token.picks[5].is_none()).expect("thirty go bareheaded");
    let template = Template::parse("name", "a{trait:crown}b", &plan).expect("valid");
    assert_eq!(template.fill(&drop.name, &plan, bare), "ab", "nothing between");
}

#[test]
fn values_are_not_read_again() {
    let (drop, mut plan) = sample();
    for item in &mut plan.layers[0].traits {
        item.name = "{id}".into();
    }
    let template = Template::parse("name", "{trait:pool}", &plan).expect("valid");
    assert_eq!(template.fill(&drop.name, &plan, &plan.tokens[0]), "{id}", "a trait's name is only text");
}

#[test]
fn mistakes_say_where() {
    let (_, plan) = sample();
    let error = |text: &str| Template::parse("name", text, &plan).expect_err(text);
    let cases = [
        ("ü {ids}", "META-UNKNOWN-VARIABLE", "{ids} (character 3)"),
        ("{trait:hat}", "META-UNKNOWN-VARIABLE", "{trait:crown}"),
        ("{}", "META-UNKNOWN-VARIABLE", "{} (character 1)"),
        ("a { b", "META-UNMATCHED-BRACE", "character 3"),
        ("a } b", "META-UNMATCHED-BRACE", "character 3"),
        ("{a{id}", "META-UNMATCHED-BRACE", "character 1"),
        ("{id}}", "META-UNMATCHED-BRACE", "character 5"),
    ];
    for (text, code, says) in cases {
        let error = error(text);
        assert_eq!(error.code(), code, "{text}: {error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
}

#[test]
fn every_variable_that_is_offered_works() {
    let (drop, plan) = sample();
    for variable in variables(&plan) {
        let template = Template::parse("name", &variable.text, &plan).expect("offered, so it exists");
        let filled = template.fill(&drop.name, &plan, &plan.tokens[0]);
        assert!(!filled.contains('{'), "{} was filled with {filled:?}", variable.text);
    }
}
