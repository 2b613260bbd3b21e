//! The word for a type.
use callboard_model::view::{ApiChoice, ApiSchema};
use serde_json::Value;

use super::keys::Keys;

/// A type that is no more than a word.
pub(super) fn word(word: &str) -> ApiSchema {
    ApiSchema {
        label: crate::draft::cut(word, 200),
        ..ApiSchema::default()
    }
}

/// Returns what a schema describes: its `type`, or what its other keys imply.
pub(super) fn base(keys: &Keys<'_>) -> String {
    match keys.kind {
        Some(Value::String(one)) => return crate::draft::cut(one, 60),
        Some(Value::Array(several)) => {
            let mut names = several.iter().filter_map(Value::as_str);
            return crate::draft::cut(names.find(|one| *one != "null").unwrap_or("null"), 60);
        }
        _ => {}
    }
    if keys.properties.is_some() || keys.pattern_properties.is_some() || keys.additional.is_some() {
        return "object".to_owned();
    }
    if keys.items.is_some() || !keys.prefix_items.is_empty() {
        return "array".to_owned();
    }
    let implied = match keys.values.first().or(keys.constant) {
        Some(Value::String(_)) => "string",
        Some(Value::Number(_)) => "number",
        Some(Value::Bool(_)) => "boolean",
        _ => "",
    };
    implied.to_owned()
}

/// Returns the type in words, from a schema and what was read of it.
pub(super) fn label(keys: &Keys<'_>, schema: &ApiSchema) -> String {
    let inner = schema.items.as_ref().map(|items| items.label.as_str());
    let base = match (schema.base.as_str(), inner) {
        ("array", Some(inner)) => format!("array of {inner}"),
        ("map", Some(inner)) => format!("map of {inner}"),
        ("", _) => return of_choices(schema),
        (base, _) => base.to_owned(),
    };
    let Some(Value::Array(several)) = keys.kind else {
        return base;
    };
    let others = several
        .iter()
        .filter_map(Value::as_str)
        .filter(|one| *one != schema.base);
    let words: Vec<&str> = std::iter::once(base.as_str())
        .chain(others)
        .take(8)
        .collect();
    words.join(" or ")
}

/// Names a type by the types it is made of.
fn of_choices(schema: &ApiSchema) -> String {
    let Some(choices) = schema.choices.first() else {
        return "any".to_owned();
    };
    let names: Vec<&str> = choices
        .schemas
        .iter()
        .map(|one| one.label.as_str())
        .take(4)
        .collect();
    let more = if choices.schemas.len() > names.len() {
        " …"
    } else {
        ""
    };
    match choices.how {
        ApiChoice::All => format!("{}{more}", names.join(" and ")),
        ApiChoice::One | ApiChoice::Any => format!("{}{more}", names.join(" or ")),
        ApiChoice::Not => format!("not {}", names.join(", ")),
    }
}
