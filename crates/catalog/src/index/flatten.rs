//! The keys and values by which an entity can be found, read off its JSON without building it.
//!
//! Source: Backstage's `buildEntitySearch`: a walk over the entity that leaves out attachments, relations, status and
//! the identifying metadata, which are added afterwards in their own form.
use std::fmt::{self, Write as _};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::terms::Terms;

const ROOT_LEFT_OUT: &[&str] = &["attachments", "relations", "status"];
const METADATA_LEFT_OUT: &[&str] = &["name", "namespace", "uid", "etag"];

/// What an entity is called, as far as it says so.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) display_name: Option<String>,
}

/// Collects the terms of an entity, in memory that may have held others, and its names.
///
/// # Errors
/// When the input is not JSON.
pub(super) fn flatten<'de, D: Deserializer<'de>>(
    entity: D,
    room: Terms,
) -> Result<(Terms, Names), D::Error> {
    let mut walk = Walk {
        path: String::with_capacity(128),
        terms: room,
        names: Names::default(),
    };
    let root = Part {
        walk: &mut walk,
        place: Place::Root,
    };
    root.deserialize(entity)?;
    Ok((walk.terms, walk.names))
}

/// A walk down an entity; the path is grown and cut as it goes, in lower case.
struct Walk {
    path: String,
    terms: Terms,
    names: Names,
}

impl Walk {
    fn enter(&mut self, key: &str) {
        if !self.path.is_empty() {
            self.path.push('.');
        }
        if key.is_ascii() {
            self.path
                .extend(key.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            self.path.push_str(&key.to_lowercase());
        }
    }

    fn push(&mut self, text: Option<&str>) {
        // What is no object has no keys.
        if !self.path.is_empty() {
            self.terms.push(self.path.trim(), text);
        }
    }

    /// Adds a text, and remembers it if it is a name.
    fn push_text(&mut self, text: &str) {
        let name = match self.path.as_str() {
            "metadata.name" => Some(&mut self.names.name),
            "metadata.title" => Some(&mut self.names.title),
            "spec.profile.displayname" => Some(&mut self.names.display_name),
            _ => None,
        };
        if let (Some(name), false) = (name, text.is_empty()) {
            *name = Some(text.to_owned());
        }
        self.push(Some(text));
    }

    /// Adds any value as one term.
    fn push_value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.push_text(text),
            Value::Null => self.push(None),
            other => self.push(Some(&other.to_string())),
        }
    }

    fn relations(&mut self, relations: &Value) {
        for relation in relations.as_array().into_iter().flatten() {
            if let (Some(relation_type), Some(target)) =
                (relation["type"].as_str(), relation.get("targetRef"))
            {
                self.path.push_str("relations.");
                self.path.push_str(&relation_type.to_lowercase());
                self.push_value(target);
                self.path.clear();
            }
        }
    }
}

/// Where in the entity a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Metadata,
    Item,
    Inside,
}

/// One value, taken in by the walk.
struct Part<'a> {
    walk: &'a mut Walk,
    place: Place,
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.walk.push_text(text);
        if self.place == Place::Item {
            let length = self.walk.path.len();
            self.walk.enter(text);
            self.walk.push(Some("true"));
            self.walk.path.truncate(length);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.walk.push(None);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.scalar(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.scalar(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.scalar(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        match Number::from_f64(value) {
            Some(number) => self.scalar(number),
            None => {
                self.walk.push(None);
                Ok(())
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items
            .next_element_seed(Part {
                walk: self.walk,
                place: Place::Item,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let length = self.walk.path.len();
        while let Some(whole) = fields.next_key_seed(Key {
            walk: self.walk,
            place: self.place,
        })? {
            match whole {
                Field::Skip => {
                    fields.next_value::<IgnoredAny>()?;
                }
                Field::Relations => self.walk.relations(&fields.next_value::<Value>()?),
                Field::Whole => self.walk.push_value(&fields.next_value::<Value>()?),
                Field::Walk(place) => fields.next_value_seed(Part {
                    walk: self.walk,
                    place,
                })?,
            }
            self.walk.path.truncate(length);
        }
        Ok(())
    }
}

impl Part<'_> {
    fn scalar<E>(self, value: impl fmt::Display) -> Result<(), E> {
        let mut text = String::new();
        // Writing to a text cannot fail.
        let _ = write!(text, "{value}");
        self.walk.push(Some(&text));
        Ok(())
    }
}

/// What to do with the value of a field.
enum Field {
    Skip,
    Relations,
    /// One term, whatever it is.
    Whole,
    Walk(Place),
}

/// The name of a field, put at the end of the path.
struct Key<'a> {
    walk: &'a mut Walk,
    place: Place,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Field;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Field, E> {
        let field = match self.place {
            Place::Root if key == "relations" => Field::Relations,
            Place::Root if ROOT_LEFT_OUT.contains(&key) || key.starts_with('~') => Field::Skip,
            Place::Root if key == "metadata" => Field::Walk(Place::Metadata),
            Place::Metadata if key == "etag" => Field::Skip,
            Place::Metadata if METADATA_LEFT_OUT.contains(&key) => Field::Whole,
            _ => Field::Walk(Place::Inside),
        };
        if !matches!(field, Field::Relations | Field::Skip) {
            self.walk.enter(key);
        }
        Ok(field)
    }
}
