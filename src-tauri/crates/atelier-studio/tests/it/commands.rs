use std::collections::BTreeSet;

use serde_json::json;

use crate::bench::Bench;

macro_rules! names {
    ($($name:ident($input:ident) -> $output:ident, $doc:literal;)*) => { vec![$(stringify!($name)),*] };
}

#[tokio::test]
async fn every_command_of_the_list_answers_by_name() {
    let names: Vec<&str> = atelier_studio::with_commands!(names);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "no name twice");
    let bench = Bench::new();
    for name in names {
        let answer = bench.studio.call(name, json!("not an input")).await;
        let error = answer.expect("it is in the list").expect_err("and refuses what is not its input");
        assert_eq!(error.code(), "INPUT-BAD", "{name}");
    }
    assert!(bench.studio.call("key_export", json!({})).await.is_none(), "no command gives a key away");
}
