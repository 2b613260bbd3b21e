//! The filter language of the catalog: a line of text, as people write it into the box, into a condition of the index.
//!
//! A line is a list of parts that all have to hold: words, `field:value`, `has:field` and `is:state`, each with `-` in
//! front for "not". Whatever is written gives a condition; what was not understood is told beside it.
use std::{fmt, ops::Range};

use crate::Filter;

mod condition;
mod field;
mod lex;
mod part;
#[cfg(test)]
mod tests;

pub use field::Field;

/// Most parts of one line that count.
pub const MAX_TERMS: usize = 50;

/// Most values of one part that count.
const MAX_VALUES: usize = 50;

/// Longest line that is read, in bytes.
const MAX_LENGTH: usize = 4_000;

/// A line that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What has to hold, in the order of the line.
    pub terms: Vec<Term>,
    /// What was not understood, in the order of the line.
    pub problems: Vec<QueryMistake>,
}

/// One part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it must not hold.
    pub negated: bool,
    /// What has to hold, or must not.
    pub what: What,
}

/// What a part asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Name, title, description or tags contain this text.
    Text(String),
    /// The field has one of these values.
    Field(Field, Vec<Wanted>),
    /// The field is there, whatever its value.
    Has(Field),
    /// The entity is in this state.
    Is(State),
}

/// A value that a field may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The value, or how it starts.
    pub text: String,
    /// Whether the value only has to start so.
    pub is_start: bool,
}

/// A state of an entity that is no field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its source does not give it any more.
    Orphan,
    /// It has open errors.
    Error,
    /// It belongs to whoever asks.
    Owned,
    /// Whoever asks starred it.
    Starred,
    /// Whoever asks watches it.
    Watched,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Orphan,
        Self::Error,
        Self::Owned,
        Self::Starred,
        Self::Watched,
    ];

    /// Returns the word of the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Orphan => "orphan",
            Self::Error => "error",
            Self::Owned => "owned",
            Self::Starred => "starred",
            Self::Watched => "watched",
        }
    }
}

/// Something that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryMistake {
    /// Which bytes of the line.
    pub at: Range<usize>,
    /// What is wrong with them and what becomes of them, in one sentence.
    pub message: String,
    /// What was probably meant in their place.
    pub instead: Option<String>,
}

/// What the condition needs to know that is in no entity: canonical references.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sets<'a> {
    /// The owners that whoever asks stands for.
    pub owners: &'a [String],
    /// What they starred.
    pub starred: &'a [String],
    /// What they watch.
    pub watched: &'a [String],
    /// What has open errors.
    pub erring: &'a [String],
}

/// Reads a line. There is no line that cannot be read.
#[must_use]
pub fn parse(line: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut end = line.len().min(MAX_LENGTH);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    if end < line.len() {
        parsed.problems.push(QueryMistake {
            at: end..line.len(),
            message: format!("Only the first {MAX_LENGTH} bytes of the filter count."),
            instead: None,
        });
    }
    let line = &line[..end];
    for token in lex::tokens(line) {
        if parsed.terms.len() == MAX_TERMS {
            parsed.problems.push(QueryMistake {
                at: token.at.start..line.len(),
                message: format!("Only the first {MAX_TERMS} parts of the filter count."),
                instead: None,
            });
            break;
        }
        part::read(&token, line, &mut parsed);
    }
    parsed
}

impl Parsed {
    /// Returns the condition on entities.
    #[must_use]
    pub fn filter(&self, sets: &Sets<'_>) -> Filter {
        // What is said twice is looked up once.
        let mut all: Vec<Filter> = Vec::new();
        for filter in self.terms.iter().map(|term| term.filter(sets)) {
            if !all.contains(&filter) {
                all.push(filter);
            }
        }
        Filter::All(all)
    }

    /// Tells whether the condition depends on a state.
    #[must_use]
    pub fn asks(&self, state: State) -> bool {
        self.terms
            .iter()
            .any(|term| matches!(&term.what, What::Is(asked) if *asked == state))
    }

    /// Returns the line without one of its parts.
    #[must_use]
    pub fn without(&self, at: usize) -> String {
        let rest = self.terms.iter().enumerate().filter(|(n, _)| *n != at);
        let rest: Vec<String> = rest.map(|(_, term)| term.to_string()).collect();
        rest.join(" ")
    }
}

impl fmt::Display for Parsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{term}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        match &self.what {
            What::Text(text) => lex::quoted(f, text),
            What::Has(field) => write!(f, "has:{field}"),
            What::Is(state) => write!(f, "is:{}", state.word()),
            What::Field(field, values) => {
                write!(f, "{field}:")?;
                for (at, value) in values.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { "," })?;
                    value.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.text.is_empty() || !self.is_start {
            lex::value(f, &self.text)?;
        }
        f.write_str(if self.is_start { "*" } else { "" })
    }
}
