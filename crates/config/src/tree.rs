//! The configuration as a tree in which every value knows the layer and the place it came from.
use std::sync::Arc;

use callboard_model::{Diagnostic, Severity, Span};

/// Where a value was written.
#[derive(Clone)]
pub(crate) struct Origin {
    /// The file as a person would name it, or the name of an `APP_CONFIG_` variable.
    pub(crate) file: Arc<str>,
    /// The place in the file; absent for a variable.
    pub(crate) span: Option<Span>,
    /// The text as written, such as `${PORT}`, when the value came from the environment or another file.
    pub(crate) written: Option<Arc<str>>,
}

impl Origin {
    /// Builds the origin of something written in a file.
    pub(crate) fn new(file: &Arc<str>, span: Option<Span>) -> Self {
        Self {
            file: Arc::clone(file),
            span,
            written: None,
        }
    }

    /// Builds a diagnostic that points here.
    pub(crate) fn report(
        &self,
        code: &str,
        severity: Severity,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(code, severity, &*self.file, message).with_span(self.span)
    }
}

/// One value with its origin.
#[derive(Clone)]
pub(crate) struct Value {
    pub(crate) origin: Origin,
    pub(crate) data: Data,
}

/// What a value holds.
#[derive(Clone)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Value>),
    Map(Map),
}

/// A map, which is laid over the map of a lower layer unless it `replaces` it.
#[derive(Clone, Default)]
pub(crate) struct Map {
    pub(crate) entries: Vec<Entry>,
    /// Set once the map was laid over something that is no map: that something hides all lower layers.
    pub(crate) replaces: bool,
    /// The keys that are written but have no value.
    pub(crate) left_out: Vec<LeftOut>,
}

/// A key that is written but has no value, because the variable it is read from is not set.
#[derive(Clone)]
pub(crate) struct LeftOut {
    pub(crate) key: String,
    /// Whether that was asked for by an empty default (`${VAR:-}`), so that nothing was reported.
    pub(crate) silently: bool,
}

/// One key of a map with its value.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_origin: Origin,
    pub(crate) value: Value,
}

impl Value {
    /// Returns the value of one key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// Tells whether a map has a key, or would have it if a variable were set.
    pub(crate) fn mentions(&self, key: &str) -> bool {
        let left_out = match &self.data {
            Data::Map(map) => &map.left_out[..],
            _ => &[],
        };
        self.get(key).is_some() || left_out.iter().any(|left| left.key == key)
    }

    /// Returns the first key, here or below, that was left out without being asked for, and that no layer has.
    pub(crate) fn lost_key(&self) -> Option<&str> {
        match &self.data {
            Data::Map(map) => {
                let lost = |left: &&LeftOut| !left.silently && self.get(&left.key).is_none();
                let own = map.left_out.iter().find(lost);
                own.map(|left| left.key.as_str())
                    .or_else(|| map.entries.iter().find_map(|entry| entry.value.lost_key()))
            }
            Data::List(items) => items.iter().find_map(Self::lost_key),
            _ => None,
        }
    }

    /// Returns the entries of a map; nothing for any other value.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(map) => &map.entries,
            _ => &[],
        }
    }

    /// Returns the items of a list; nothing for any other value.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a text value.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the word for what kind of value this is.
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::Text(_) => "text",
            Data::List(_) => "a list",
            Data::Map(_) => "a map",
        }
    }

    /// Removes the keys whose value is null: they have done their work of hiding lower layers. Lists are kept as
    /// they are.
    pub(crate) fn strip_nulls(&mut self) {
        if let Data::Map(map) = &mut self.data {
            map.entries
                .retain(|entry| !matches!(entry.value.data, Data::Null));
            for entry in &mut map.entries {
                entry.value.strip_nulls();
            }
        }
    }

    /// Returns the value without its origins.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::Bool(value) => (*value).into(),
            Data::Number(value) => value.clone().into(),
            Data::Text(value) => value.as_str().into(),
            Data::List(items) => items.iter().map(Self::to_json).collect(),
            Data::Map(map) => {
                let pairs = map
                    .entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()));
                serde_json::Value::Object(pairs.collect())
            }
        }
    }

    /// Builds a value, of which every part has the same origin, from JSON.
    pub(crate) fn from_json(json: serde_json::Value, origin: &Origin) -> Self {
        use serde_json::Value as Json;
        let data = match json {
            Json::Null => Data::Null,
            Json::Bool(value) => Data::Bool(value),
            Json::Number(value) => Data::Number(value),
            Json::String(value) => Data::Text(value),
            Json::Array(items) => Data::List(
                items
                    .into_iter()
                    .map(|item| Self::from_json(item, origin))
                    .collect(),
            ),
            Json::Object(map) => {
                let entries = map.into_iter().map(|(key, value)| Entry {
                    key,
                    key_origin: origin.clone(),
                    value: Self::from_json(value, origin),
                });
                Data::Map(Map {
                    entries: entries.collect(),
                    ..Map::default()
                })
            }
        };
        Self {
            origin: origin.clone(),
            data,
        }
    }
}
