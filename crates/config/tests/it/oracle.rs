//! The merged value is what Backstage's own loader made of the same files; `end2end/oracle/config.mjs` recorded it.
use callboard_config::{Sources, load};
use callboard_model::Severity;
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// Loads a recorded case and returns the merged value, or `"error"`.
///
/// Keys of the cases are made up, so only problems of reading count, not those of known keys.
fn answer(case: &Value) -> Value {
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let sandbox = Sandbox::new(&[]);
    for (name, content) in case["files"].as_object().expect("files are a map") {
        sandbox.write(name, text(content).as_bytes());
    }
    let environment = case["env"].as_object().expect("env is a map");
    let mut sources = Sources::folder(sandbox.path()).with_environment(
        environment
            .iter()
            .map(|(name, value)| (name.clone(), text(value))),
    );
    if let Some(files) = case["config"].as_array() {
        sources = sources.with_files(files.iter().map(|name| sandbox.path().join(text(name))));
    }
    let loaded = load(&sources);
    match loaded
        .diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error)
    {
        true => json!("error"),
        false => loaded.value,
    }
}

#[test]
fn layers_and_substitutions_give_what_backstage_gives() {
    let oracle: Value =
        serde_json::from_str(include_str!("../oracle.json")).expect("the recording is JSON");
    let cases = oracle["cases"].as_array().expect("cases are a list");
    assert!(cases.len() >= 30);
    let differences: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            let (found, expected) = (answer(case), &case["expected"]);
            (found != *expected).then(|| {
                format!(
                    "{}: found {found}, Backstage gives {expected}",
                    case["name"]
                )
            })
        })
        .collect();
    assert!(differences.is_empty(), "{differences:#?}");
}
