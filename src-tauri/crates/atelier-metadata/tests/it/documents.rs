use atelier_metadata::{CollectionMetadata, Templates, TokenMetadata};

use crate::world::{image, sample};

#[test]
fn a_token_document_is_the_expected_bytes() {
    let (mut drop, plan) = sample();
    drop.metadata.external_url = Some("https://example.org/{id}".into());
    drop.metadata.background_color = Some("f4efe6".into());
    let templates = Templates::new(&drop, &plan).expect("valid");
    let token = plan.tokens.iter().find(|token| token.picks[5].is_none()).expect("one goes bareheaded");
    let metadata = templates.token(token, image(token.id)).expect("fits");
    let bytes = metadata.to_canonical().expect("canonical");
    let written = String::from_utf8(bytes.clone()).expect("UTF-8");
    // The expectation is put together from the plan by other means than the crate's.
    let attributes: Vec<String> = plan
        .layers
        .iter()
        .zip(&token.picks)
        .filter_map(|(layer, pick)| {
            let value = &layer.traits[usize::from((*pick)?)].name;
            Some(format!("{{\"trait_type\":\"{}\",\"value\":\"{value}\"}}", layer.name))
        })
        .collect();
    assert!(!written.contains("Crown"), "going without is left out: {written}");
    let (id, attributes) = (token.id, attributes.join(","));
    assert_eq!(
        written,
        format!(
            "{{\"attributes\":[{attributes}],\"background_color\":\"f4efe6\",\"description\":\"{}\",\"external_url\":\"https://example.org/{id}\",\"image\":\"{}\",\"name\":\"Tidepool Keeper #{id}\"}}",
            metadata.description,
            image(id)
        ),
        "keys sorted, attributes in the order of the layers"
    );
    let read: TokenMetadata = serde_json::from_slice(&bytes).expect("reads back");
    assert_eq!(read, metadata, "and back");
}

#[test]
fn optional_fields_are_absent_not_empty() {
    let (drop, plan) = sample();
    let templates = Templates::new(&drop, &plan).expect("valid");
    let bytes =
        templates.token(&plan.tokens[0], image(1)).and_then(|token| token.to_canonical()).expect("canonical");
    let read: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let keys: Vec<_> = read.as_object().expect("an object").keys().cloned().collect();
    assert_eq!(keys, ["attributes", "description", "image", "name"], "nothing else");
}

#[test]
fn the_collection_document() {
    let (drop, _) = sample();
    let collection = CollectionMetadata::of(&drop, Some(image(1)));
    assert_eq!(
        String::from_utf8(collection.to_canonical().expect("canonical")).expect("UTF-8"),
        format!(
            "{{\"description\":\"{}\",\"image\":\"{}\",\"name\":\"Tidepool Keepers\",\"symbol\":\"TIDE\"}}",
            drop.description,
            image(1)
        ),
        "ERC-7572 fields, sorted, nothing empty"
    );
}

#[test]
fn a_token_of_another_plan_is_refused() {
    let (drop, plan) = sample();
    let templates = Templates::new(&drop, &plan).expect("valid");
    let mut token = plan.tokens[0].clone();
    token.picks.pop();
    let error = templates.token(&token, image(1)).expect_err("a layer is missing");
    assert_eq!(error.code(), "META-FOREIGN-TOKEN", "{error}");
}
