use atelier_collection::Drop;
use atelier_metadata::{Attribute, Finding, Severity, TokenMetadata, lint, lint_token};

use crate::world::{image, sample};

fn good() -> TokenMetadata {
    TokenMetadata {
        name: "Keeper #1".into(),
        description: "A crab.\n\nIt keeps the pool.".into(),
        image: image(1),
        external_url: Some("https://example.org/1".into()),
        background_color: Some("f4efe6".into()),
        attributes: vec![
            Attribute { trait_type: "Pool".into(), value: "Dawn".into() },
            Attribute { trait_type: "Body".into(), value: "Crab".into() },
        ],
    }
}

fn codes(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (finding.code.as_str(), finding.field.as_str())).collect()
}

#[test]
fn the_sample_has_nothing_wrong() {
    let (drop, plan) = sample();
    assert_eq!(lint(&drop, &plan, &image, Some(image(1))), [], "the sample sets the example");
    assert_eq!(lint_token(1, &good()), [], "and so does this file's own");
}

type Change = fn(&mut TokenMetadata);

#[test]
fn each_mistake_in_a_token_is_found() {
    let cases: &[(Change, &str, &str)] = &[
        (|it| it.name = " ".into(), "META-EMPTY-NAME", "name"),
        (|it| it.name = "n".repeat(33), "META-NAME-LONG", "name"),
        (|it| it.name = "a\u{200}\u{7}".into(), "META-CONTROL-CHARACTER", "name"),
        (|it| it.description = String::new(), "META-NO-DESCRIPTION", "description"),
        (|it| it.description = "d".repeat(1_001), "META-DESCRIPTION-LONG", "description"),
        (|it| it.description = "a\rb".into(), "META-CONTROL-CHARACTER", "description"),
        (|it| it.image = "https://gateway.example/ipfs/x".into(), "META-URI-SCHEME", "image"),
        (|it| it.image = "ipfs://".into(), "META-URI-SCHEME", "image"),
        (|it| it.image = "ipfs://a b".into(), "META-URI-SCHEME", "image"),
        (|it| it.image = "data:image/png;base64,AA==".into(), "META-URI-SCHEME", "image"),
        (|it| it.external_url = Some("javascript:alert(1)".into()), "META-LINK", "external_url"),
        (|it| it.background_color = Some("#f4efe6".into()), "META-BACKGROUND-COLOR", "background_color"),
        (|it| it.attributes.clear(), "META-NO-ATTRIBUTES", "attributes"),
        (|it| it.attributes[1].value = String::new(), "META-EMPTY-ATTRIBUTE", "attributes[1].value"),
        (
            |it| it.attributes[1].trait_type = "Pool".into(),
            "META-DUPLICATE-TRAIT",
            "attributes[1].trait_type",
        ),
        (|it| it.attributes[0].value = "a\nb".into(), "META-CONTROL-CHARACTER", "attributes[0].value"),
    ];
    for (change, code, field) in cases {
        let mut metadata = good();
        change(&mut metadata);
        let findings = lint_token(5, &metadata);
        assert_eq!(codes(&findings), [(*code, *field)], "exactly this one: {findings:?}");
        assert_eq!(findings[0].token, Some(5), "with its token");
        assert!(!findings[0].fix.is_empty(), "and a way out");
    }
    let mut metadata = good();
    metadata.image = "ar://bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U".into();
    assert_eq!(lint_token(1, &metadata), [], "Arweave addresses are content addresses too");
}

#[test]
fn each_mistake_in_a_drop_is_found() {
    type Change = fn(&mut Drop);
    let cases: &[(Change, &str, &str, Severity)] = &[
        (
            |it| it.metadata.name = "{id} {ids}".into(),
            "META-UNKNOWN-VARIABLE",
            "template.name",
            Severity::Error,
        ),
        (
            |it| it.metadata.description = "{trait:hat}".into(),
            "META-UNKNOWN-VARIABLE",
            "template.description",
            Severity::Error,
        ),
        (
            |it| it.metadata.external_url = Some("{".into()),
            "META-UNMATCHED-BRACE",
            "template.external_url",
            Severity::Error,
        ),
        (
            |it| it.description = String::new(),
            "META-NO-DESCRIPTION",
            "collection.description",
            Severity::Warning,
        ),
        (|it| it.name = String::new(), "META-EMPTY-NAME", "collection.name", Severity::Error),
        (|it| it.royalty.basis_points = 1_001, "META-ROYALTY-HIGH", "royalty.percent", Severity::Warning),
    ];
    for (change, code, field, severity) in cases {
        let (mut drop, plan) = sample();
        change(&mut drop);
        let findings = lint(&drop, &plan, &image, Some(image(1)));
        assert_eq!(codes(&findings), [(*code, *field)], "exactly this one: {findings:?}");
        assert_eq!(findings[0].severity, *severity, "as bad as it is");
    }
}

#[test]
fn names_that_repeat_and_variables_that_are_empty() {
    let (mut drop, plan) = sample();
    drop.metadata.name = "Keeper".into();
    let findings = lint(&drop, &plan, &image, None);
    assert_eq!(findings.len(), 99, "every token after the first repeats it");
    assert!(findings.iter().all(|finding| finding.code == "META-DUPLICATE-NAME"), "and nothing else");
    assert!(findings[0].message.contains("Token 1 has the same name"), "{}", findings[0].message);

    let (mut drop, plan) = sample();
    drop.metadata.description = "It wears {trait:crown}.".into();
    let findings = lint(&drop, &plan, &image, None);
    assert_eq!(findings.len(), 30, "thirty go bareheaded");
    assert!(findings.iter().all(|finding| finding.code == "META-EMPTY-VARIABLE"), "each is named");
}

#[test]
fn errors_come_first() {
    let (mut drop, plan) = sample();
    drop.metadata.description = String::new();
    let broken = |id: u32| if id == 50 { "http://x/50.png".to_owned() } else { image(id) };
    let findings = lint(&drop, &plan, &broken, None);
    assert_eq!(
        (findings[0].severity, findings[0].token),
        (Severity::Error, Some(50)),
        "the error, then the warnings"
    );
    assert_eq!(findings.len(), 101, "one error and a hundred warnings");
    let json = serde_json::to_string(&findings[0]).expect("serialises");
    assert!(
        json.starts_with(
            r#"{"code":"META-URI-SCHEME","severity":"error","token":50,"field":"image","message":"#
        ),
        "{json}"
    );
}
