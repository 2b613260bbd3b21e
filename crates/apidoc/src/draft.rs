//! A definition while it is read: it counts what it takes, so that no text can make it grow without end.
use std::collections::HashSet;

use callboard_model::view::{ApiFact, ApiHead, ApiNamed, ApiOperation, ApiProblem, ApiSchema};

use crate::doc::{ApiDoc, Group};

/// Keys, and eighths of bytes of values, that are looked at in all: references lead to the same place again and again.
const MAX_WORK: usize = 20_000_000;

/// Operations that are kept.
pub(crate) const MAX_OPERATIONS: usize = 20_000;
/// Named types that are kept.
pub(crate) const MAX_TYPES: usize = 20_000;
/// How deep schemas are followed.
pub(crate) const MAX_DEPTH: usize = 32;
/// Schemas, parameters, values and facts in all.
const MAX_NODES: usize = 400_000;
/// Groups of operations; the last one takes what does not fit.
const MAX_GROUPS: usize = 200;
/// Problems that are told.
const MAX_PROBLEMS: usize = 30;
/// Bytes of one description or example.
const MAX_TEXT: usize = 50_000;
/// Bytes of a name, a type or the value of a fact.
const MAX_NAME: usize = 400;

/// What was read so far.
pub(crate) struct Draft<'a> {
    text: &'a str,
    pub(crate) head: ApiHead,
    pub(crate) rendered: bool,
    groups: Vec<Group>,
    operations: Vec<ApiOperation>,
    ids: HashSet<String>,
    types: Vec<ApiNamed>,
    names: HashSet<String>,
    problems: Vec<ApiProblem>,
    told: HashSet<String>,
    nodes: usize,
    work: usize,
    bytes: usize,
    max_bytes: usize,
    full: bool,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            head: ApiHead::default(),
            rendered: false,
            groups: Vec::new(),
            operations: Vec::new(),
            ids: HashSet::new(),
            types: Vec::new(),
            names: HashSet::new(),
            problems: Vec::new(),
            told: HashSet::new(),
            nodes: 0,
            work: 0,
            bytes: 0,
            // What is referred to in many places is kept in each of them.
            max_bytes: text.len().saturating_mul(3).saturating_add(1024 * 1024),
            full: false,
        }
    }

    /// Takes note of something that cannot be shown, once.
    pub(crate) fn problem(&mut self, message: &str, line: Option<u32>) {
        if self.problems.len() < MAX_PROBLEMS && self.told.insert(message.to_owned()) {
            self.problems.push(ApiProblem {
                message: message.to_owned(),
                line,
            });
        }
    }

    /// Takes note of something that cannot be shown, at the line where a text stands first.
    pub(crate) fn problem_at(&mut self, message: &str, at: &str) {
        if self.problems.len() < MAX_PROBLEMS && !self.told.contains(message) {
            let line = self.text.find(at).map(|offset| self.line_of(offset));
            self.problem(message, line);
        }
    }

    /// Returns the line in which a byte stands.
    pub(crate) fn line_of(&self, offset: usize) -> u32 {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Counts one schema, parameter or value; false when there is no room for it.
    pub(crate) fn node(&mut self) -> bool {
        self.nodes += 1;
        let fits = self.nodes <= MAX_NODES && self.bytes <= self.max_bytes && self.work <= MAX_WORK;
        if !fits && !self.full {
            self.full = true;
            self.problem(
                "The definition is too large to show all of it; what is missing is in the text.",
                None,
            );
        }
        fits
    }

    /// Counts what was looked at.
    pub(crate) fn worked(&mut self, amount: usize) {
        self.work = self.work.saturating_add(amount);
    }

    /// Keeps a description or an example, cut where it is too long.
    pub(crate) fn long(&mut self, text: &str) -> Option<String> {
        self.worked(text.len() / 8);
        let text = text.trim_end();
        if text.trim().is_empty() || self.bytes > self.max_bytes {
            return None;
        }
        let kept = cut(text, MAX_TEXT);
        self.bytes += kept.len();
        Some(kept)
    }

    /// Keeps a name or a value, cut where it is too long.
    pub(crate) fn short(&mut self, text: &str) -> String {
        self.worked(text.len() / 8);
        let kept = cut(text.trim(), MAX_NAME);
        self.bytes += kept.len();
        kept
    }

    /// Keeps a fact.
    pub(crate) fn fact(&mut self, name: &str, value: &str) -> ApiFact {
        self.nodes += 1;
        ApiFact {
            name: self.short(name),
            value: self.short(value),
        }
    }

    /// Returns the place of a group, which is made when it is new.
    pub(crate) fn group(&mut self, title: &str) -> usize {
        let title = self.short(title);
        if let Some(place) = self.groups.iter().position(|group| group.title == title) {
            return place;
        }
        // More are not a list that anybody reads.
        if self.groups.len() >= MAX_GROUPS {
            return self.groups.len() - 1;
        }
        self.groups.push(Group {
            title,
            description: None,
        });
        self.groups.len() - 1
    }

    /// Describes a group.
    pub(crate) fn describe_group(&mut self, place: usize, description: Option<String>) {
        self.groups[place].description = description;
    }

    /// Keeps an operation; one whose id is taken gets another one.
    pub(crate) fn operation(&mut self, mut operation: ApiOperation) {
        if self.operations.len() >= MAX_OPERATIONS {
            self.problem(
                "The definition has more than 20,000 operations; the others are in the text.",
                None,
            );
            return;
        }
        operation.id = cut(&operation.id, MAX_NAME);
        if self.ids.contains(&operation.id) {
            operation.id = format!("{} #{}", operation.id, self.operations.len());
        }
        self.ids.insert(operation.id.clone());
        self.operations.push(operation);
    }

    /// Keeps a named type, unless its name is taken.
    pub(crate) fn named(&mut self, name: &str, kind: &str, schema: ApiSchema) {
        if self.types.len() >= MAX_TYPES {
            self.problem(
                "The definition has more than 20,000 types; the others are in the text.",
                None,
            );
        } else if self.names.insert(name.to_owned()) {
            self.types.push(ApiNamed {
                name: name.to_owned(),
                kind: kind.to_owned(),
                schema,
            });
        }
    }

    /// Ends reading.
    pub(crate) fn finish(self) -> ApiDoc {
        let weight = self.bytes + self.nodes * size_of::<ApiSchema>();
        ApiDoc::new(
            self.head,
            self.rendered,
            self.groups,
            self.operations,
            self.types,
            self.problems,
            weight,
        )
    }
}

/// Returns a text, or its start and an ellipsis when it has more bytes than this.
pub(crate) fn cut(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(max);
    format!("{}…", &text[..end])
}
