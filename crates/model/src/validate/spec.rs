//! The part of an entity that depends on its kind.
use serde_json::{Map, Value};

use super::{Repair, Violation, check_text, envelope::missing, nearest::nearest, show, wrong_type};
use crate::kind::{Field, Kind, Shape};

/// Checks API version and `spec` of an entity of a known kind.
pub(super) fn check(kind: &Kind, root: &Map<String, Value>) -> Vec<Violation> {
    let mut found = Vec::new();
    if let Some(version) = root.get("apiVersion").and_then(Value::as_str)
        && !kind.api_versions.contains(&version)
        && super::format::is_api_version(version)
    {
        found.push(
            Violation::new(
                "/apiVersion",
                "CAT013",
                format!("the kind {} has no apiVersion \"{version}\"", kind.name),
            )
            .help(format!("use {}", kind.api_versions.join(" or ")))
            .repair(meant_version(kind, version).map(|version| Repair::Text(version.to_owned()))),
        );
    }
    match root.get("spec") {
        Some(Value::Object(spec)) => check_fields(kind.fields_for(spec), "/spec", spec, &mut found),
        None if kind.fields.iter().all(|field| !field.required) => {}
        None | Some(Value::Null) => found.push(missing("/spec")),
        Some(other) => found.push(wrong_type("/spec", "a map", other)),
    }
    found
}

/// Returns the version that is meant: the first of the kind, if only what follows the `/` is wrong.
///
/// Templates are left out, because their versions differ in more than the name.
fn meant_version(kind: &Kind, version: &str) -> Option<&'static str> {
    let group = |version: &str| version.split_once('/').map(|(group, _)| group.to_owned());
    let first = kind.api_versions.first()?;
    (kind.name != "Template" && group(version) == group(first)).then_some(*first)
}

fn check_fields<'a>(
    fields: impl Iterator<Item = &'a Field>,
    base: &str,
    map: &Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for field in fields {
        let pointer = format!("{base}/{}", field.name);
        match map.get(field.name) {
            None if field.required => found.push(missing(&pointer)),
            None => {}
            Some(value) => check_shape(field.shape, &pointer, value, found),
        }
    }
}

fn check_shape(shape: Shape, pointer: &str, value: &Value, found: &mut Vec<Violation>) {
    match (shape, value) {
        (Shape::Text, value) => check_text(pointer, value, found),
        (Shape::AnyText, Value::String(_)) | (Shape::List, Value::Array(_)) => {}
        (Shape::AnyText, other) => found.push(wrong_type(pointer, "a text", other)),
        (Shape::OneOf(words), Value::String(text)) if words.contains(&text.as_str()) => {}
        (Shape::OneOf(words), other) => found.push(
            Violation::new(
                pointer,
                "CAT025",
                format!("{} is not allowed here", show(other)),
            )
            .help(format!("write one of: {}", words.join(", ")))
            .repair(
                other
                    .as_str()
                    .and_then(|text| nearest(text, words))
                    .map(|word| Repair::Text(word.to_owned())),
            ),
        ),
        (Shape::TextList, Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                check_text(&format!("{pointer}/{at}"), item, found);
            }
        }
        (Shape::MapList(fields), Value::Array(items)) => {
            if items.is_empty() {
                found.push(Violation::new(
                    pointer,
                    "CAT012",
                    "the list needs at least one item",
                ));
            }
            for (at, item) in items.iter().enumerate() {
                check_shape(Shape::Map(fields), &format!("{pointer}/{at}"), item, found);
            }
        }
        (Shape::Map(fields), Value::Object(map)) => {
            check_fields(fields.iter(), pointer, map, found);
        }
        (Shape::Map(_), other) => found.push(wrong_type(pointer, "a map", other)),
        (Shape::TextList | Shape::MapList(_) | Shape::List, other) => {
            found.push(wrong_type(pointer, "a list", other));
        }
    }
}
