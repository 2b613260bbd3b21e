//! Search in a definition: operations, types, fields and parameters.
use callboard_model::view::{ApiContent, ApiEntry, ApiFound, ApiNamed, ApiOperation, ApiSchema};

use crate::ApiDoc;

/// Words that count.
const MAX_WORDS: usize = 6;

/// Hits of one kind.
struct Hits {
    entries: Vec<ApiEntry>,
    total: usize,
    limit: usize,
}

impl Hits {
    fn new(limit: usize) -> Self {
        Self {
            entries: Vec::new(),
            total: 0,
            limit,
        }
    }

    fn add(&mut self, entry: impl FnOnce() -> ApiEntry) {
        self.total += 1;
        if self.entries.len() < self.limit {
            self.entries.push(entry());
        }
    }
}

impl ApiDoc {
    /// Finds operations, then types, then parameters and fields that have every word.
    #[must_use]
    pub fn find(&self, text: &str, limit: usize) -> ApiFound {
        let words: Vec<String> = text
            .split_whitespace()
            .take(MAX_WORDS)
            .map(str::to_lowercase)
            .collect();
        let (mut first, mut then) = (Hits::new(limit), Hits::new(limit));
        for operation in &self.operations {
            let summary = operation.summary.as_deref().unwrap_or_default();
            let name = operation
                .facts
                .first()
                .map_or("", |fact| fact.value.as_str());
            if holds(&words, &[&operation.verb, &operation.path, summary, name]) {
                first.add(|| entry_of(operation));
            } else {
                in_operation(operation, &words, &mut then);
            }
        }
        for named in &self.types {
            if holds(&words, &[&named.name]) {
                first.add(|| entry_of_type(named));
            }
            fields(&named.schema, &words, 0, &mut |text| {
                then.add(|| ApiEntry {
                    summary: Some(text),
                    ..entry_of_type(named)
                });
            });
        }
        first.total += then.total;
        first.entries.extend(then.entries);
        first.entries.truncate(limit);
        ApiFound {
            entries: first.entries,
            total: first.total,
        }
    }

    /// Returns the operations and types that use a type.
    #[must_use]
    pub fn uses(&self, name: &str, limit: usize) -> Vec<ApiEntry> {
        let operations = self.operations.iter().filter(|operation| {
            let parameters = operation
                .parameters
                .iter()
                .any(|one| links(&one.schema, name, 0));
            let sent = operation.request.iter().flat_map(|body| &body.contents);
            let back = operation
                .responses
                .iter()
                .flat_map(|response| &response.contents);
            parameters || sent.chain(back).any(|content| in_content(content, name))
        });
        let types = self
            .types
            .iter()
            .filter(|named| named.name != name && links(&named.schema, name, 0));
        operations
            .map(entry_of)
            .chain(types.map(entry_of_type))
            .take(limit)
            .collect()
    }
}

/// Returns the line of an operation.
#[must_use]
pub fn entry_of(operation: &ApiOperation) -> ApiEntry {
    ApiEntry {
        op: operation.id.clone(),
        verb: operation.verb.clone(),
        text: operation.path.clone(),
        summary: operation.summary.clone(),
        deprecated: operation.deprecated,
        ..ApiEntry::default()
    }
}

/// Returns the line of a type.
#[must_use]
pub fn entry_of_type(named: &ApiNamed) -> ApiEntry {
    ApiEntry {
        schema: named.name.clone(),
        verb: named.kind.clone(),
        text: named.name.clone(),
        deprecated: named.schema.deprecated,
        ..ApiEntry::default()
    }
}

/// Tells whether every word stands in one of the texts.
fn holds(words: &[String], texts: &[&str]) -> bool {
    let contains = |text: &str, word: &str| {
        if text.is_ascii() {
            let (text, word) = (text.as_bytes(), word.as_bytes());
            text.windows(word.len().max(1))
                .any(|part| part.eq_ignore_ascii_case(word))
        } else {
            text.to_lowercase().contains(word)
        }
    };
    !words.is_empty()
        && words
            .iter()
            .all(|word| texts.iter().any(|text| contains(text, word)))
}

/// Finds parameters, and fields of bodies that have no type of their own.
fn in_operation(operation: &ApiOperation, words: &[String], hits: &mut Hits) {
    let mut hit = |text: String| {
        hits.add(|| ApiEntry {
            summary: Some(text),
            ..entry_of(operation)
        });
    };
    for parameter in operation
        .parameters
        .iter()
        .filter(|one| holds(words, &[&one.name]))
    {
        hit(format!(
            "{} parameter {}: {}",
            parameter.place, parameter.name, parameter.schema.label
        ));
    }
    let sent = operation.request.iter().flat_map(|body| &body.contents);
    let back = operation
        .responses
        .iter()
        .flat_map(|response| &response.contents);
    for content in sent.chain(back) {
        for schema in content.schema.iter().chain(&content.headers) {
            fields(schema, words, 0, &mut hit);
        }
    }
}

/// Finds fields and values of a type, not behind its links.
fn fields(schema: &ApiSchema, words: &[String], depth: usize, hit: &mut impl FnMut(String)) {
    if depth > crate::draft::MAX_DEPTH {
        return;
    }
    for field in &schema.fields {
        if holds(words, &[&field.name]) {
            hit(format!("field {}: {}", field.name, field.schema.label));
        }
        for argument in field
            .arguments
            .iter()
            .filter(|one| holds(words, &[&one.name]))
        {
            hit(format!(
                "argument {} of {}: {}",
                argument.name, field.name, argument.schema.label
            ));
        }
        fields(&field.schema, words, depth + 1, hit);
    }
    for value in schema
        .values
        .iter()
        .filter(|value| holds(words, &[&value.name]))
    {
        hit(format!("value {}", value.name));
    }
    let choices = schema.choices.iter().flat_map(|choices| &choices.schemas);
    for one in choices.chain(schema.items.as_deref()) {
        fields(one, words, depth + 1, hit);
    }
}

fn in_content(content: &ApiContent, name: &str) -> bool {
    let mut schemas = content.schema.iter().chain(&content.headers);
    schemas.any(|schema| links(schema, name, 0))
}

/// Tells whether a type has a link to another one.
fn links(schema: &ApiSchema, name: &str, depth: usize) -> bool {
    if depth > crate::draft::MAX_DEPTH {
        return false;
    }
    let deeper = |one: &ApiSchema| links(one, name, depth + 1);
    schema.link.as_deref() == Some(name)
        || schema.fields.iter().any(|field| {
            deeper(&field.schema) || field.arguments.iter().any(|one| deeper(&one.schema))
        })
        || schema.items.as_deref().is_some_and(deeper)
        || schema
            .choices
            .iter()
            .any(|choices| choices.schemas.iter().any(deeper))
}
