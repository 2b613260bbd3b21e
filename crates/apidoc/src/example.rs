//! An example made from a type, for definitions that give none.
use callboard_model::view::{ApiChoice, ApiContent, ApiExample, ApiSchema};
use serde_json::{Map, Value};

use crate::ApiDoc;

/// Types inside each other.
const DEPTH: usize = 8;
/// Values in one example.
const NODES: usize = 200;
/// Bytes of one example.
const BYTES: usize = 8_000;

/// An example while it is made.
struct Maker<'d> {
    doc: &'d ApiDoc,
    inside: Vec<&'d str>,
    nodes: usize,
}

impl ApiDoc {
    /// Makes an example of a body; nothing when it is not JSON.
    pub(crate) fn example_of(&self, content: &ApiContent) -> Option<ApiExample> {
        let name = content.name.to_ascii_lowercase();
        let other = name.contains('/') && !name.contains("json") && !name.contains("*/*");
        let schema = content.schema.as_ref().filter(|_| !other)?;
        Some(ApiExample {
            name: "Example".to_owned(),
            text: self.example(schema)?,
            made: true,
        })
    }

    /// Makes an example of a type as JSON; nothing when there is nothing to say.
    #[must_use]
    pub fn example(&self, schema: &ApiSchema) -> Option<String> {
        let mut maker = Maker {
            doc: self,
            inside: Vec::new(),
            nodes: 0,
        };
        let value = maker.value(schema, 0);
        let is_empty = match &value {
            Value::Null => true,
            Value::Object(members) => members.is_empty(),
            Value::Array(items) => items.iter().all(Value::is_null),
            _ => false,
        };
        let text = serde_json::to_string_pretty(&value).ok()?;
        (!is_empty && text.len() <= BYTES).then_some(text)
    }
}

impl<'d> Maker<'d> {
    fn value(&mut self, schema: &'d ApiSchema, depth: usize) -> Value {
        self.nodes += 1;
        if let Some(given) = given(schema) {
            return given;
        }
        if depth >= DEPTH || self.nodes > NODES {
            return Value::Null;
        }
        match (&schema.link, &schema.items) {
            (Some(name), None) if self.doc.named(name).is_some() => self.linked(name, depth),
            (_, Some(items)) if schema.base == "map" => {
                let mut members = Map::new();
                members.insert("key".to_owned(), self.value(items, depth + 1));
                Value::Object(members)
            }
            (_, Some(items)) => match self.value(items, depth + 1) {
                Value::Null => Value::Array(Vec::new()),
                item => Value::Array(vec![item]),
            },
            // A name without a type behind it is a scalar, as GraphQL has some.
            (_, None) => self.inline(schema, depth),
        }
    }

    fn linked(&mut self, name: &str, depth: usize) -> Value {
        let named = self.doc.named(name);
        let Some(named) = named.filter(|named| !self.inside.contains(&named.name.as_str())) else {
            return Value::Null;
        };
        self.inside.push(&named.name);
        let value = self.value(&named.schema, depth + 1);
        self.inside.pop();
        value
    }

    fn inline(&mut self, schema: &'d ApiSchema, depth: usize) -> Value {
        let mut members = Map::new();
        for field in schema
            .fields
            .iter()
            .filter(|field| !field.name.starts_with(['/', '[', '*']))
        {
            if self.nodes > NODES {
                break;
            }
            let value = self.value(&field.schema, depth + 1);
            if !value.is_null() || field.required {
                members.insert(field.name.clone(), value);
            }
        }
        for choices in &schema.choices {
            let taken = match choices.how {
                ApiChoice::All => choices.schemas.len(),
                ApiChoice::One | ApiChoice::Any => 1,
                ApiChoice::Not => 0,
            };
            for one in choices.schemas.iter().take(taken) {
                match self.value(one, depth + 1) {
                    Value::Object(more) => members.extend(more),
                    plain if members.is_empty() => return plain,
                    _ => {}
                }
            }
        }
        if !members.is_empty() || schema.base == "object" {
            return Value::Object(members);
        }
        scalar(schema)
    }
}

/// Returns the value that a schema itself gives as an example.
fn given(schema: &ApiSchema) -> Option<Value> {
    let fact = |name: &str| {
        let facts = schema.facts.iter();
        facts
            .filter(|fact| fact.name == name)
            .map(|fact| fact.value.as_str())
            .next()
    };
    let text = schema
        .example
        .as_deref()
        .or_else(|| fact("always"))
        .or_else(|| fact("default"))
        .or_else(|| schema.values.first().map(|value| value.name.as_str()))?;
    if schema.base == "string" || schema.base == "enum" {
        return Some(Value::from(text));
    }
    Some(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
}

/// Returns a value of a plain type.
fn scalar(schema: &ApiSchema) -> Value {
    let bound = |name: &str| {
        let fact = schema.facts.iter().find(|fact| fact.name == name);
        fact.and_then(|fact| fact.value.parse::<i64>().ok())
    };
    match schema.base.as_str() {
        "string" | "String" => Value::from(text(schema.format.as_deref().unwrap_or_default())),
        // A scalar of its own is mostly written as a text.
        "scalar" => Value::from("text"),
        "ID" => Value::from("1"),
        "bytes" => Value::from("aGVsbG8="),
        "boolean" | "Boolean" | "bool" => Value::from(true),
        "integer" | "Int" | "int32" | "int64" | "uint32" | "uint64" | "sint32" | "sint64"
        | "fixed32" | "fixed64" | "sfixed32" | "sfixed64" => Value::from(bound("≥").unwrap_or(1)),
        "number" | "Float" | "float" | "double" => bound("≥").map_or(Value::from(1.5), Value::from),
        "array" => Value::Array(Vec::new()),
        _ => Value::Null,
    }
}

/// Returns a text in a format.
fn text(format: &str) -> &'static str {
    match format {
        "date-time" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "email" => "ada@example.org",
        "uri" | "url" => "https://example.org",
        "uuid" => "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        "hostname" => "example.org",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "aGVsbG8=",
        _ => "text",
    }
}
