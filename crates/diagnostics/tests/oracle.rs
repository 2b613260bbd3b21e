//! Our reader and npm `yaml` agree on what a text means.
//!
//! `yaml_oracle.json` is recorded by `node end2end/oracle/yaml.mjs`, which says how to record it again.
use callboard_diagnostics::{Limits, read_stream};
use serde_json::{Value, json};

const RECORDED: &str = include_str!("yaml_oracle.json");

/// Texts on which we differ, and why that is right.
const DIFFERENT: &[(&str, &str)] = &[
    (
        "&k a: 1\n*k : 2\n",
        "two keys of one name are an error even if an alias hides it",
    ),
    (
        "a: !!set {x, y}",
        "JavaScript has sets, JSON has not: the map is kept, with a warning",
    ),
    (
        "a: [\n  'r'\n]:\n  b\n",
        "a colon after a value makes no second key",
    ),
];

#[test]
fn every_text_reads_as_npm_yaml_reads_it() {
    let recorded: Value = serde_json::from_str(RECORDED).expect("the recorded answers are JSON");
    let answers = recorded["answers"].as_array().expect("there are answers");
    assert!(answers.len() > 200, "the recorded answers are complete");
    let mut differences = Vec::new();
    for answer in answers {
        let input = answer["input"].as_str().expect("an input is text");
        let theirs = answer["documents"]
            .as_array()
            .expect("documents are a list");
        let theirs: Vec<Value> = theirs.iter().map(comparable).collect();
        let ours = ours(input);
        let is_known = DIFFERENT.iter().any(|(text, _)| *text == input);
        if (ours != theirs) != is_known {
            differences.push(format!("{input:?}\n  npm:  {theirs:?}\n  ours: {ours:?}"));
        }
    }
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Which error a document has differs in naming; that it has one must not.
fn comparable(document: &Value) -> Value {
    match document.get("value") {
        Some(value) => json!({ "value": number_as_text(value) }),
        None => json!("error"),
    }
}

/// What JSON cannot hold is kept as text by us; compared is that it is kept at all.
fn number_as_text(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.contains_key("$number") => json!("not a JSON number"),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), number_as_text(value)))
            .collect(),
        Value::Array(items) => items.iter().map(number_as_text).collect(),
        other => other.clone(),
    }
}

fn ours(input: &str) -> Vec<Value> {
    let stream = read_stream("case.yaml", input.as_bytes(), &Limits::default());
    let is_beyond_json = stream
        .diagnostics
        .iter()
        .any(|found| found.code == "YML033");
    let documents = stream
        .documents
        .iter()
        .map(|document| match &document.root {
            Some(_) if is_beyond_json => json!({ "value": { "v": "not a JSON number" } }),
            Some(root) => json!({ "value": root.to_json() }),
            None => json!("error"),
        });
    documents.collect()
}
