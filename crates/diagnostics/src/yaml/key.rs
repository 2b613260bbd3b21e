//! Keys of a map as text, the way JavaScript names the properties of an object.
use std::fmt::Write as _;

use super::{number, scalar};
use crate::{Data, Node};

/// Returns the text of a key that is any value.
pub(super) fn text(data: Data) -> String {
    match data {
        Data::String(text) => text,
        Data::Null => String::new(),
        Data::Bool(value) => value.to_string(),
        Data::Number(value) => number(&value),
        Data::Sequence(_) | Data::Mapping(_) => flow(&data),
    }
}

/// Whether a key is a map or list, which YAML allows and JSON does not.
pub(super) fn is_collection(data: &Data) -> bool {
    matches!(data, Data::Sequence(_) | Data::Mapping(_))
}

fn number(value: &serde_json::Number) -> String {
    if value.is_f64() {
        number::to_key(value.as_f64().unwrap_or(f64::NAN))
    } else {
        value.to_string()
    }
}

/// Writes a value on one line: `[ a, b ]`, `{ a: 1 }`.
fn flow(data: &Data) -> String {
    let mut out = String::new();
    write_flow(data, &mut out);
    out
}

fn write_flow(data: &Data, out: &mut String) {
    match data {
        Data::Null => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Number(value) => out.push_str(&number(value)),
        Data::String(text) => write_text(text, out),
        Data::Sequence(items) => write_list(items, out),
        Data::Mapping(entries) => {
            out.push('{');
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at == 0 { " " } else { ", " });
                write_text(&entry.key, out);
                // A key without even a colon stays so: `{ a }`.
                if entry.value.data != Data::Null || entry.value.span.start != entry.value.span.end
                {
                    out.push_str(": ");
                    write_flow(&entry.value.data, out);
                }
            }
            out.push_str(if entries.is_empty() { "}" } else { " }" });
        }
    }
}

fn write_list(items: &[Node], out: &mut String) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at == 0 { " " } else { ", " });
        write_flow(&item.data, out);
    }
    out.push_str(if items.is_empty() { "]" } else { " ]" });
}

/// Writes text so that it would read as the same text again.
fn write_text(text: &str, out: &mut String) {
    let is_special = text.is_empty()
        || text.starts_with(|first: char| first.is_whitespace() || "#&*!|>'\"%@`".contains(first))
        || text.starts_with("- ")
        || text.starts_with("? ")
        || text.contains(|character: char| character.is_control() || ",[]{}".contains(character))
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with([':', ' ']);
    if !is_special && matches!(scalar::plain(text.into()).data, Data::String(_)) {
        out.push_str(text);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, "{}", serde_json::Value::from(text));
    }
}
