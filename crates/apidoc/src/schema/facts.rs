//! What a schema says about its values besides their type.
use callboard_model::view::ApiFact;
use serde_json::Value;

use super::keys::Keys;
use crate::{draft::Draft, json};

/// Values of an enumeration that are kept.
const MAX_VALUES: usize = 1000;

/// Returns the word for a key that is shown with its value.
fn word(key: &str) -> Option<&'static str> {
    Some(match key {
        "default" => "default",
        "const" => "always",
        "minimum" => "≥",
        "exclusiveMinimum" => ">",
        "maximum" => "≤",
        "exclusiveMaximum" => "<",
        "multipleOf" => "multiple of",
        "minLength" => "min length",
        "maxLength" => "max length",
        "pattern" => "pattern",
        "minItems" => "min items",
        "maxItems" => "max items",
        "minProperties" => "min properties",
        "maxProperties" => "max properties",
        "contentMediaType" => "media type",
        "contentEncoding" => "encoding",
        "collectionFormat" => "collection",
        _ => return None,
    })
}

/// Returns the word for a key that says something by being there.
fn flag(key: &str, value: &Value) -> Option<&'static str> {
    match (key, value) {
        ("readOnly", Value::Bool(true)) => Some("read only"),
        ("writeOnly", Value::Bool(true)) => Some("write only"),
        ("uniqueItems", Value::Bool(true)) => Some("unique items"),
        ("nullable" | "x-nullable", Value::Bool(true)) => Some("nullable"),
        ("additionalProperties", Value::Bool(false)) => Some("no other fields"),
        // In OpenAPI 3.0 these two are not limits: they say what kind of limit another one is.
        ("exclusiveMinimum", Value::Bool(true)) => Some("minimum excluded"),
        ("exclusiveMaximum", Value::Bool(true)) => Some("maximum excluded"),
        _ => None,
    }
}

/// Returns constraints, default and the like, in the order of the definition.
pub(super) fn facts(draft: &mut Draft<'_>, keys: &Keys<'_>) -> Vec<ApiFact> {
    let mut facts = Vec::new();
    for (key, value) in &keys.others {
        if let Some(word) = flag(key, value) {
            facts.push(draft.fact(word, ""));
        } else if let Some(word) = word(key)
            && !(key.starts_with("exclusive") && value.is_boolean())
        {
            facts.push(draft.fact(word, &json::plain(value)));
        }
    }
    facts
}

/// Returns the values that there can be, with their descriptions where there are some.
pub(super) fn values(draft: &mut Draft<'_>, keys: &Keys<'_>) -> Vec<ApiFact> {
    let listed = keys.values.iter().take(MAX_VALUES).enumerate();
    listed
        .map(|(place, one)| {
            let about = keys
                .about_values
                .get(place)
                .map(json::plain)
                .unwrap_or_default();
            draft.fact(&json::plain(one), &about)
        })
        .collect()
}
