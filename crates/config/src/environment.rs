//! `APP_CONFIG_` variables: the highest layer, in which `_` separates the parts of a key.
use std::collections::BTreeMap;
use std::sync::Arc;

use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};

use crate::tree::{Data, Entry, Map, Origin, Value};

const PREFIX: &str = "APP_CONFIG_";

/// Builds the layer of `APP_CONFIG_` variables; the layer has no keys when there are none.
///
/// A variable that cannot be used is reported and left out. Variables with an empty value do not count.
pub(crate) fn environment_layer(
    environment: &BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut layer = Map::default();
    for (name, text) in environment {
        let Some(path) = name.strip_prefix(PREFIX).filter(|_| !text.is_empty()) else {
            continue;
        };
        let origin = Origin::new(&Arc::from(name.as_str()), None);
        if let Err(problem) = insert(&mut layer, path, text, &origin) {
            let help =
                "write APP_CONFIG_app_title for `app.title`; the value is JSON, or else text";
            let diagnostic = origin.report(codes::CFG_ENV_VALUE, Severity::Error, problem);
            diagnostics.push(diagnostic.with_help(help));
        }
    }
    layer.entries
}

fn insert(layer: &mut Map, path: &str, text: &str, origin: &Origin) -> Result<(), String> {
    let parts: Vec<_> = path.split('_').collect();
    if let Some(part) = parts.iter().find(|part| !is_key_part(part)) {
        return Err(format!(
            "`{PREFIX}{path}` names no key: the part `{part}` is not a word"
        ));
    }
    let value = match serde_json::from_str(text) {
        Ok(serde_json::Value::Null) => return Err("the value may not be null".to_owned()),
        Ok(json) => Value::from_json(json, origin),
        Err(_) => Value {
            origin: origin.clone(),
            data: Data::Text(text.to_owned()),
        },
    };
    place(layer, &parts, value, origin)
}

fn place(map: &mut Map, parts: &[&str], value: Value, origin: &Origin) -> Result<(), String> {
    let Some((first, rest)) = parts.split_first() else {
        return Ok(());
    };
    let at = map.entries.iter().position(|entry| entry.key == *first);
    if rest.is_empty() {
        if let Some(at) = at {
            return Err(format!(
                "the key is also set by {}",
                map.entries[at].value.origin.file
            ));
        }
        map.entries.push(Entry {
            key: (*first).to_owned(),
            key_origin: origin.clone(),
            value,
        });
        return Ok(());
    }
    let at = at.unwrap_or_else(|| {
        let value = Value {
            origin: origin.clone(),
            data: Data::Map(Map::default()),
        };
        map.entries.push(Entry {
            key: (*first).to_owned(),
            key_origin: origin.clone(),
            value,
        });
        map.entries.len() - 1
    });
    let Value {
        origin: holder,
        data,
    } = &mut map.entries[at].value;
    match data {
        Data::Map(inner) => place(inner, rest, value, origin),
        _ => Err(format!(
            "{} gives `{first}` a value that has no keys of its own",
            holder.file
        )),
    }
}

/// Tells whether a part of a variable's name may be a key: letters and digits, joined by `-` or `:`.
fn is_key_part(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && part.split(['-', ':']).all(|word| {
            !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::environment_layer;
    use crate::tree::{Data, Map};

    fn layer(variables: &[(&str, &str)]) -> (serde_json::Value, Vec<String>) {
        let environment = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let mut diagnostics = Vec::new();
        let entries = environment_layer(&environment, &mut diagnostics);
        let origin = crate::tree::Origin::new(&"env".into(), None);
        let root = crate::tree::Value {
            origin,
            data: Data::Map(Map {
                entries,
                ..Map::default()
            }),
        };
        let problems = diagnostics
            .iter()
            .map(|found| format!("{} {}: {}", found.code, found.file, found.message));
        (root.to_json(), problems.collect())
    }

    #[test]
    fn parts_of_the_name_are_keys_and_the_value_is_json_or_text() {
        let (value, problems) = layer(&[
            ("APP_CONFIG_app_baseUrl", "http://x"),
            ("APP_CONFIG_backend_listen_port", "80"),
            ("APP_CONFIG_app_packages", r#"{"include": ["a"]}"#),
            ("APP_CONFIG_a-b_c:d", "\"80\""),
            ("APP_CONFIG_app_title", ""),
            ("OTHER", "x"),
        ]);
        assert_eq!(problems, [""; 0]);
        let expected = json!({
            "a-b": {"c:d": "80"},
            "app": {"baseUrl": "http://x", "packages": {"include": ["a"]}},
            "backend": {"listen": {"port": 80}},
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn a_variable_that_names_no_key_or_holds_null_is_reported_without_its_value() {
        let (value, problems) = layer(&[
            ("APP_CONFIG_", "s3cret"),
            ("APP_CONFIG_app__title", "s3cret"),
            ("APP_CONFIG_app_1", "s3cret"),
            ("APP_CONFIG_z", "null"),
        ]);
        assert_eq!(value, json!({}));
        assert_eq!(problems.len(), 4);
        assert_eq!(
            problems[3],
            "CFG007 APP_CONFIG_z: the value may not be null"
        );
        assert!(!problems.concat().contains("s3cret"));
    }

    #[test]
    fn two_variables_that_fight_over_a_key_are_reported() {
        let (value, problems) = layer(&[("APP_CONFIG_a", "1"), ("APP_CONFIG_a_b", "2")]);
        assert_eq!(value, json!({"a": 1}));
        assert_eq!(
            problems,
            ["CFG007 APP_CONFIG_a_b: APP_CONFIG_a gives `a` a value that has no keys of its own"]
        );
        let (value, problems) = layer(&[("APP_CONFIG_a", r#"{"b": 1}"#), ("APP_CONFIG_a_b", "2")]);
        assert_eq!(value, json!({"a": {"b": 1}}));
        assert_eq!(
            problems,
            ["CFG007 APP_CONFIG_a_b: the key is also set by APP_CONFIG_a"]
        );
    }
}
