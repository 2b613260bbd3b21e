//! The terms of one entity in one piece of memory.
use std::ops::Range;

/// Longest key and longest value that can be searched, in characters.
const MAX_LENGTH: usize = 200;

/// Keys with their values.
#[derive(Debug, Default)]
pub(super) struct Terms {
    text: String,
    spans: Vec<Span>,
}

/// Where a key and its value stand in the text; the value is absent when it is null or too long.
#[derive(Debug, Clone)]
struct Span {
    key: Range<usize>,
    value: Option<Range<usize>>,
}

impl Terms {
    /// Takes all terms out and keeps the memory for those of another entity.
    pub(super) fn cleared(mut self) -> Self {
        self.text.clear();
        self.spans.clear();
        self
    }

    /// Adds a term: the lower-case dotted path, and the value as written. What is too long to be searched loses its
    /// value, and is left out when that is the key.
    pub(super) fn push(&mut self, key: &str, value: Option<&str>) {
        if !is_long(key) {
            self.push_any(key, value.filter(|text| !is_long(text)));
        }
    }

    /// Adds a term however long it is.
    pub(super) fn push_any(&mut self, key: &str, value: Option<&str>) {
        let span = Span {
            key: self.write(key),
            value: value.map(|text| self.write(text)),
        };
        self.spans.push(span);
    }

    /// Puts the terms in order, each once.
    pub(super) fn finish(&mut self) {
        let Self { text, spans } = self;
        let read = |span: &Span| {
            let value = span.value.clone().map(|value| &text[value]);
            (&text[span.key.clone()], value)
        };
        spans.sort_unstable_by(|a, b| read(a).cmp(&read(b)));
        spans.dedup_by(|a, b| read(a) == read(b));
    }

    /// Returns each key with its values.
    pub(super) fn keys(
        &self,
    ) -> impl Iterator<Item = (&str, impl Iterator<Item = Option<&str>> + Clone)> {
        let same = |a: &Span, b: &Span| self.text[a.key.clone()] == self.text[b.key.clone()];
        self.spans.chunk_by(same).map(|spans| {
            let values = spans.iter();
            let values = values.map(|span| span.value.clone().map(|value| &self.text[value]));
            (&self.text[spans[0].key.clone()], values)
        })
    }

    fn write(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }
}

fn is_long(text: &str) -> bool {
    text.len() > MAX_LENGTH && text.chars().count() > MAX_LENGTH
}
