//! The keys and values by which an entity can be found.
//!
//! Source: Backstage's `buildEntitySearch`: a walk over the entity that leaves out attachments, relations, status and
//! the identifying metadata, which are added afterwards in their own form.
use serde_json::{Map, Value};

/// Longest key and longest value that can be searched, in characters.
const MAX_LENGTH: usize = 200;

const ROOT_LEFT_OUT: &[&str] = &["attachments", "relations", "status"];
const METADATA_LEFT_OUT: &[&str] = &["name", "namespace", "uid", "etag"];

/// One key with one value of an entity: the lower-case dotted path, and the value as written, absent when it is null
/// or too long.
pub(super) type Term = (String, Option<String>);

/// Returns the terms of an entity, each once.
pub(super) fn flatten(entity: &Value) -> Vec<Term> {
    let mut walk = Walk {
        path: String::new(),
        terms: Vec::with_capacity(48),
    };
    for (key, value) in entity.as_object().into_iter().flatten() {
        match value {
            _ if ROOT_LEFT_OUT.contains(&key.as_str()) => {}
            Value::Object(metadata) if key == "metadata" => walk.metadata(metadata),
            value => walk.below(key, value),
        }
    }
    for relation in entity["relations"].as_array().into_iter().flatten() {
        if let (Some(relation_type), Some(target)) =
            (relation["type"].as_str(), relation.get("targetRef"))
        {
            walk.path = format!("relations.{}", relation_type.to_lowercase());
            walk.push(target);
        }
    }
    walk.terms.sort_unstable();
    walk.terms.dedup();
    walk.terms
}

/// A walk down an entity; the path is grown and cut as it goes, in lower case.
struct Walk {
    path: String,
    terms: Vec<Term>,
}

impl Walk {
    fn metadata(&mut self, metadata: &Map<String, Value>) {
        self.path.push_str("metadata");
        for (key, value) in metadata {
            if !METADATA_LEFT_OUT.contains(&key.as_str()) {
                self.below(key, value);
            }
        }
        for key in ["name", "namespace", "uid"] {
            if let Some(value) = metadata.get(key) {
                self.within(key, |walk| walk.push(value));
            }
        }
        self.path.clear();
    }

    fn below(&mut self, key: &str, value: &Value) {
        self.within(key, |walk| walk.value(value));
    }

    fn within(&mut self, key: &str, act: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        if key.is_ascii() {
            self.path
                .extend(key.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            self.path.push_str(&key.to_lowercase());
        }
        act(self);
        self.path.truncate(length);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                for item in items {
                    self.value(item);
                    if let Value::String(text) = item {
                        self.within(text, |walk| walk.push(&Value::Bool(true)));
                    }
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    self.below(key, value);
                }
            }
            scalar => self.push(scalar),
        }
    }

    fn push(&mut self, value: &Value) {
        let key = self.path.trim();
        if is_long(key) {
            return;
        }
        let text = match value {
            Value::String(text) if is_long(text) => None,
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()).filter(|text| !is_long(text)),
        };
        self.terms.push((key.to_owned(), text));
    }
}

fn is_long(text: &str) -> bool {
    text.len() > MAX_LENGTH && text.chars().count() > MAX_LENGTH
}
