//! Looking into JSON without minding what is not there.
use serde_json::{Map, Value};

use crate::draft::Draft;

/// Returns a text; numbers count as texts, since versions are often written without quotes.
pub(crate) fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns a text that is one.
pub(crate) fn str<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

/// Returns whether a key has the value `true`.
pub(crate) fn is(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// Returns the members of a map; none when it is not one.
pub(crate) fn members<'v>(
    value: &'v Value,
    key: &str,
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value
        .get(key)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// Returns the items of a list; none when it is not one.
pub(crate) fn items<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Keeps the description that stands under a key.
pub(crate) fn description(draft: &mut Draft<'_>, value: &Value) -> Option<String> {
    str(value, "description").and_then(|text| draft.long(text))
}

/// Returns a value in one line: texts without their quotes.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns a value over several lines: texts without their quotes.
pub(crate) fn laid_out(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}
