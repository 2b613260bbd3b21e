//! What is asked for.
use crate::{Field, typo, words};

/// Characters of a term that count for callers that set no other limit.
pub const MAX_TERM: usize = 100;

/// Words of a term that count; the rest is not looked for.
pub const MAX_WORDS: usize = 12;

/// Most documents on one page.
pub const MAX_LIMIT: usize = 100;

/// Documents that can be reached by turning pages; whoever looks for the next one needs other words.
pub const MAX_DEPTH: usize = 10_000;

/// Characters that are looked at, whatever limit a caller sets.
const MAX_CHARS: usize = 1_000;

/// Tells by the hash of an id whether a document is one that the caller may see.
pub type Allowed<'a> = &'a (dyn Fn(u64) -> bool + Sync);

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Words; without any, everything is found.
    pub term: String,
    /// Values of fields; each field has to have one of its values, in any case.
    pub filters: Vec<(Field, Vec<String>)>,
    /// Fields whose values are counted.
    pub facets: Vec<Field>,
    /// How many documents come before the first that is wanted.
    pub offset: usize,
    /// How many are wanted.
    pub limit: usize,
}

/// A term as it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// The words, each once.
    pub(crate) words: Vec<String>,
    /// All words in one.
    pub(crate) joined: String,
    /// The term in small letters, in case it is an id.
    pub(crate) id: String,
    /// Whether there is something to look for. Signs alone are, and nothing has them.
    pub(crate) is_something: bool,
}

impl Query {
    pub(crate) fn parse(term: &str) -> Self {
        let end = term.char_indices().nth(MAX_CHARS);
        let term = term[..end.map_or(term.len(), |(at, _)| at)].trim();
        let mut all: Vec<String> = Vec::new();
        for word in words::asked(term) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        all.truncate(MAX_WORDS);
        Self {
            joined: words::joined(term),
            id: term.to_lowercase(),
            is_something: !term.is_empty(),
            words: all,
        }
    }

    /// Whether there is a word that may have been mistyped.
    pub(crate) fn may_have_typos(&self) -> bool {
        self.words.iter().any(|word| typo::forgiven(word) > 0)
    }

    /// Whether a word is the last one, which may still be being typed.
    pub(crate) fn is_last(&self, word: &str) -> bool {
        self.words.last().is_some_and(|last| last == word)
    }
}
