//! The text of a definition as JSON, from JSON or YAML.
use callboard_diagnostics::{Data, Limits, Node, read_stream};
use callboard_model::Severity;
use serde_json::Value;

use crate::draft::Draft;

/// What was read.
pub(crate) struct Source {
    /// The document, a map.
    pub(crate) root: Value,
}

/// Problems of reading that are told.
const TOLD: usize = 5;

/// Reads the first document of a text; nothing when it cannot be read, and then the draft says why.
pub(crate) fn read(text: &str, draft: &mut Draft<'_>) -> Option<Source> {
    let root = if text.trim_start().starts_with(['{', '[']) {
        // The nesting that serde_json allows is bounded. What is almost JSON may still be YAML.
        serde_json::from_str(text)
            .ok()
            .or_else(|| yaml(text, draft))
    } else {
        yaml(text, draft)
    }?;
    if !root.is_object() {
        draft.problem(
            "The definition is not a map with keys such as `info`.",
            Some(1),
        );
        return None;
    }
    Some(Source { root })
}

fn yaml(text: &str, draft: &mut Draft<'_>) -> Option<Value> {
    let stream = read_stream("definition", text.as_bytes(), &Limits::default());
    let errors = stream
        .diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    for problem in errors.take(TOLD) {
        let line = problem.span.map(|span| span.start.line);
        draft.problem(&sentence(&problem.message, problem.help.as_deref()), line);
    }
    stream.documents.into_iter().next()?.root.map(value)
}

/// Takes a tree apart into its values; nothing of it is copied.
fn value(node: Node) -> Value {
    match node.data {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(value),
        Data::Number(value) => Value::Number(value),
        Data::String(value) => Value::String(value),
        Data::Sequence(items) => Value::Array(items.into_iter().map(value).collect()),
        Data::Mapping(entries) => {
            let members = entries
                .into_iter()
                .map(|entry| (entry.key, value(entry.value)));
            Value::Object(members.collect())
        }
    }
}

/// Makes sentences of a message and its help.
fn sentence(message: &str, help: Option<&str>) -> String {
    let mut out = String::new();
    for part in [Some(message), help].into_iter().flatten() {
        let mut letters = part.trim_end_matches('.').chars();
        if let Some(first) = letters.next() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(first.to_uppercase());
            out.push_str(letters.as_str());
            out.push('.');
        }
    }
    out
}
