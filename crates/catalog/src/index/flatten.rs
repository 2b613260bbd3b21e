//! The keys and values by which an entity can be found.
//!
//! Source: Backstage's `buildEntitySearch`: a walk over the entity that leaves out attachments, relations, status and
//! the identifying metadata, which are added afterwards in their own form.
use serde_json::Value;

/// Longest key and longest value that can be searched, in characters.
const MAX_LENGTH: usize = 200;

const LEFT_OUT: &[&str] = &[
    "attachments",
    "relations",
    "status",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "metadata.etag",
];

/// One key with one value of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Lower-case dotted path.
    pub(super) key: Box<str>,
    /// Value as written; absent when it is null or too long.
    pub(super) original: Option<Box<str>>,
}

impl Term {
    /// Returns the value as filters compare it.
    pub(super) fn value(&self) -> String {
        self.original.as_deref().unwrap_or_default().to_lowercase()
    }
}

/// Returns the terms of an entity, each once.
pub(super) fn flatten(entity: &Value) -> Vec<Term> {
    let mut terms = Vec::new();
    walk("", entity, &mut terms);
    for key in ["name", "namespace", "uid"] {
        if let Some(value) = entity["metadata"].get(key) {
            push(&format!("metadata.{key}"), value, &mut terms);
        }
    }
    for relation in entity["relations"].as_array().into_iter().flatten() {
        if let (Some(relation_type), Some(target)) =
            (relation["type"].as_str(), relation.get("targetRef"))
        {
            push(&format!("relations.{relation_type}"), target, &mut terms);
        }
    }
    terms.sort_by(|a, b| (&a.key, &a.original).cmp(&(&b.key, &b.original)));
    terms.dedup();
    terms
}

fn walk(path: &str, value: &Value, terms: &mut Vec<Term>) {
    if LEFT_OUT.contains(&path) {
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                walk(path, item, terms);
                if let Value::String(text) = item {
                    push(&format!("{path}.{text}"), &Value::Bool(true), terms);
                }
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                walk(&path, value, terms);
            }
        }
        scalar => push(path, scalar, terms),
    }
}

fn push(path: &str, value: &Value, terms: &mut Vec<Term>) {
    let key = path.trim().to_lowercase();
    if key.chars().count() > MAX_LENGTH {
        return;
    }
    let text = match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    };
    let original = text
        .filter(|text| text.chars().count() <= MAX_LENGTH)
        .map(Into::into);
    terms.push(Term {
        key: key.into(),
        original,
    });
}
