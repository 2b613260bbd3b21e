//! `$ref`: a place in the same document. Other documents are not fetched.
use serde_json::Value;

use crate::{draft::Draft, json};

/// References that are followed one after the other.
const HOPS: usize = 16;

/// Returns what a pointer such as `#/components/schemas/Pet` leads to.
pub(crate) fn find<'v>(root: &'v Value, pointer: &str) -> Option<&'v Value> {
    let path = pointer.strip_prefix('#')?;
    if path.is_empty() {
        return Some(root);
    }
    let mut value = root;
    for part in path.strip_prefix('/')?.split('/') {
        let part = decoded(part).replace("~1", "/").replace("~0", "~");
        value = match value {
            Value::Object(members) => members.get(&part)?,
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// Undoes percent-encoding.
fn decoded(part: &str) -> String {
    if !part.contains('%') {
        return part.to_owned();
    }
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        let hex = bytes
            .get(place + 1..place + 3)
            .filter(|_| bytes[place] == b'%');
        let byte = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(bytes[place]));
        place += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Follows references until there is none; nothing when they lead nowhere, and then the draft says so.
pub(crate) fn followed<'v>(
    root: &'v Value,
    value: &'v Value,
    draft: &mut Draft<'_>,
) -> Option<&'v Value> {
    let mut value = value;
    for _ in 0..HOPS {
        let Some(pointer) = json::str(value, "$ref") else {
            return Some(value);
        };
        match find(root, pointer) {
            Some(next) => value = next,
            None => {
                lost(pointer, draft);
                return None;
            }
        }
    }
    draft.problem("A `$ref` leads to a `$ref` that leads back to it.", None);
    None
}

/// Says that a reference cannot be followed.
pub(crate) fn lost(pointer: &str, draft: &mut Draft<'_>) {
    let shown = crate::draft::cut(pointer, 200);
    let message = if pointer.starts_with('#') {
        format!("The reference `{shown}` leads nowhere in this definition.")
    } else {
        format!(
            "The reference `{shown}` leads out of this definition, and other files are not fetched. Bundle them into \
             one definition."
        )
    };
    draft.problem_at(&message, pointer);
}

/// Returns the name of a type if a pointer leads to one that has its own page.
pub(crate) fn type_name(pointer: &str) -> Option<String> {
    let name = pointer
        .strip_prefix("#/components/schemas/")
        .or_else(|| pointer.strip_prefix("#/definitions/"))?;
    (!name.contains('/')).then(|| decoded(name).replace("~1", "/").replace("~0", "~"))
}
