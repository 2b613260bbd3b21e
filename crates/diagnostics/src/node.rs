//! A YAML document as a tree in which every value and every key knows its place in the file.
use callboard_model::Span;
use serde_json::{Map, Value};

/// One value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value stands; for a map or list, from its first to its last character.
    pub span: Span,
    /// The value.
    pub data: Data,
}

/// What a node holds, with plain scalars resolved by YAML's core schema as npm `yaml` does it.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Integers and floats; what JSON cannot hold (`.inf`, `.nan`) is kept as its text in `String`.
    Number(serde_json::Number),
    /// Text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A map in the order of the file; keys are unique.
    Mapping(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Returns the value of one key of a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns one key of a map with its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.data {
            Data::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Returns the keys and values of a map; nothing for any other value.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the items of a list; nothing for any other value.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.data {
            Data::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a string node.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// Follows a JSON pointer (RFC 6901, `""` is this node) as far as it goes.
    ///
    /// Returns the node, or for a missing part the closest one that exists, and whether it went all the way.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> (&Self, bool) {
        let mut node = self;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            let next = match &node.data {
                Data::Sequence(items) => part.parse().ok().and_then(|at: usize| items.get(at)),
                _ => node.get(&part),
            };
            match next {
                Some(next) => node = next,
                None => return (node, false),
            }
        }
        (node, true)
    }

    /// Returns the place to point at for a JSON pointer: the value, or, where the value is a map, a list or
    /// missing, the key that leads to it or to the closest part that exists.
    #[must_use]
    pub fn place(&self, pointer: &str) -> Span {
        let mut node = self;
        let mut span = first_key_or(self);
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            match &node.data {
                Data::Sequence(items) => {
                    let Some(item) = part.parse().ok().and_then(|at: usize| items.get(at)) else {
                        return span;
                    };
                    node = item;
                    span = first_key_or(item);
                }
                _ => {
                    let Some(entry) = node.entry(&part) else {
                        return span;
                    };
                    node = &entry.value;
                    span = match entry.value.data {
                        Data::Mapping(_) | Data::Sequence(_) | Data::Null => entry.key_span,
                        _ => entry.value.span,
                    };
                }
            }
        }
        span
    }

    /// Returns the value without its places.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(value) => Value::Number(value.clone()),
            Data::String(value) => Value::String(value.clone()),
            Data::Sequence(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Data::Mapping(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// Returns the word for what kind of value this is, for messages: `a map`, `a list`, `text` and so on.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match &self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::String(_) => "text",
            Data::Sequence(_) => "a list",
            Data::Mapping(_) => "a map",
        }
    }
}

/// A map is pointed at by its first key, so that a message does not underline a whole document.
fn first_key_or(node: &Node) -> Span {
    node.entries()
        .first()
        .map_or(node.span, |entry| entry.key_span)
}
