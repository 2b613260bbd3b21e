//! Checks one entity against the envelope and its kind, as Backstage's policies and kind schemas do.
//!
//! Pure: works on JSON values and answers JSON pointers, so that a caller with the file can name line and column.
//! Unlike Backstage, which stops at the first, every violation is reported.
use serde_json::{Map, Value};

use crate::{EntityRef, entity_ref::DEFAULT_NAMESPACE, kind, relation};

mod envelope;
pub mod format;
pub mod nearest;
mod spec;

pub use envelope::METADATA_FIELDS;

/// One rule that an entity breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer to the value within the entity; for a missing field, to where it should be.
    pub pointer: String,
    /// Diagnostic code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What repairs it, if that is certain.
    pub repair: Option<Repair>,
}

/// A change to the value that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Write this text instead.
    Text(String),
    /// Put the value, as it is written, in quotes.
    Quote,
    /// Make the value the only item of a list.
    List,
    /// Give the key this name.
    Rename(String),
}

impl Violation {
    fn new(pointer: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            message: message.into(),
            help: None,
            repair: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn repair(mut self, repair: impl Into<Option<Repair>>) -> Self {
        self.repair = repair.into();
        self
    }
}

/// Which kinds beyond the built-in ones are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownKinds {
    /// None: an unknown kind is an error.
    Refuse,
    /// This entity's kind was allowed by name; it is kept with an unchecked `spec`.
    Keep,
}

/// Returns every rule the entity breaks; an empty list means that the catalog takes it.
#[must_use]
pub fn validate(entity: &Value, unknown: UnknownKinds) -> Vec<Violation> {
    let Value::Object(root) = entity else {
        return vec![Violation::new(
            "",
            "CAT008",
            format!(
                "expected an entity, which is a map, but found {}",
                type_name(entity)
            ),
        )];
    };
    let mut found = envelope::check(root);
    if let Some(name) = root.get("kind").and_then(Value::as_str) {
        match kind::find(name) {
            Some(kind) => found.extend(spec::check(kind, root)),
            None if unknown == UnknownKinds::Refuse && format::is_kind(name) => {
                found.push(unknown_kind(name));
            }
            None => {}
        }
    }
    found.extend(bad_references(root));
    found
}

/// Returns the canonical reference of what may be an entity, as far as its kind and name are readable.
#[must_use]
pub fn reference_of(entity: &Value) -> Option<EntityRef> {
    let kind = entity
        .get("kind")?
        .as_str()
        .filter(|text| !text.is_empty())?;
    let metadata = entity.get("metadata")?;
    let name = metadata
        .get("name")?
        .as_str()
        .filter(|text| !text.is_empty())?;
    Some(EntityRef::new(kind, namespace_of(metadata), name))
}

fn namespace_of(metadata: &Value) -> &str {
    metadata
        .get("namespace")
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .unwrap_or(DEFAULT_NAMESPACE)
}

fn unknown_kind(name: &str) -> Violation {
    let known: Vec<_> = kind::KINDS.iter().map(|kind| kind.name).collect();
    let meant = nearest::nearest(name, &known);
    Violation::new(
        "/kind",
        "CAT014",
        format!("the kind \"{name}\" is not known"),
    )
    .help(format!(
        "known kinds are {}; to keep entities of another kind, name it in catalog.rules",
        known.join(", ")
    ))
    .repair(meant.map(|kind| Repair::Text(kind.to_owned())))
}

fn bad_references(root: &Map<String, Value>) -> Vec<Violation> {
    let (Some(kind), Some(metadata), Some(Value::Object(spec))) = (
        root.get("kind").and_then(Value::as_str),
        root.get("metadata"),
        root.get("spec"),
    ) else {
        return Vec::new();
    };
    relation::references(kind, namespace_of(metadata), spec)
        .into_iter()
        .filter_map(|reference| {
            let error = reference.target.err()?;
            let text = root_text(spec, &reference.pointer);
            // An empty text is reported once, as an empty field.
            (!text.is_empty())
                .then(|| Violation::new(reference.pointer, "CAT021", error.to_string()))
        })
        .collect()
}

/// Returns the text at a pointer that starts with `/spec`.
fn root_text<'a>(spec: &'a Map<String, Value>, pointer: &str) -> &'a str {
    let mut parts = pointer.split('/').skip(2);
    let value = parts.next().and_then(|key| spec.get(key));
    let value = match (value, parts.next()) {
        (Some(Value::Array(items)), Some(at)) => {
            at.parse().ok().and_then(|at: usize| items.get(at))
        }
        (value, _) => value,
    };
    value.and_then(Value::as_str).unwrap_or_default()
}

/// Names a value for a message, shortened and quoted when it is a text.
fn show(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().count() > 80 => {
            format!("\"{}…\"", text.chars().take(80).collect::<String>())
        }
        Value::String(text) => format!("\"{text}\""),
        Value::Number(number) => format!("the number {number}"),
        Value::Bool(value) => format!("the boolean {value}"),
        other => type_name(other).to_owned(),
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// Checks one text that must not be empty.
fn check_text(pointer: &str, value: &Value, found: &mut Vec<Violation>) {
    match value {
        Value::String(text) if text.is_empty() => {
            found.push(Violation::new(
                pointer,
                "CAT012",
                format!("{} is empty", dotted(pointer)),
            ));
        }
        Value::String(_) => {}
        other => found.push(wrong_type(pointer, "a text", other)),
    }
}

fn wrong_type(pointer: &str, expected: &str, value: &Value) -> Violation {
    let violation = Violation::new(
        pointer,
        "CAT011",
        format!(
            "{} must be {expected}, but is {}",
            dotted(pointer),
            show(value)
        ),
    );
    match value {
        Value::Number(_) | Value::Bool(_) if expected == "a text" => violation
            .help("put the value in quotes to make it a text")
            .repair(Repair::Quote),
        Value::String(text) if expected == "a list" && !text.is_empty() => violation
            .help("put the value in brackets to make it a list")
            .repair(Repair::List),
        _ => violation,
    }
}

/// `/spec/profile/email` becomes `spec.profile.email`.
fn dotted(pointer: &str) -> String {
    pointer
        .trim_start_matches('/')
        .replace('/', ".")
        .replace("~1", "/")
        .replace("~0", "~")
}

/// Escapes one key for a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
