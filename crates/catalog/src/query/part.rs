//! One part of a line into what it asks for.
use callboard_model::{kind, validate::nearest::nearest};

use super::{
    Field, MAX_VALUES, Parsed, QueryMistake, State, Term, Wanted, What,
    lex::{self, Letter, Token},
};

/// Reads a part and adds what came of it.
pub(super) fn read(token: &Token, line: &str, parsed: &mut Parsed) {
    if token.is_open {
        parsed.problems.push(QueryMistake {
            at: token.at.clone(),
            message: "A quote is opened and never closed: everything after it is one text."
                .to_owned(),
            instead: None,
        });
    }
    let (negated, letters) = match token.letters.split_first() {
        Some((('-', false), rest)) if !rest.is_empty() => (true, rest),
        _ => (false, &token.letters[..]),
    };
    let mut part = Part {
        token,
        line,
        negated,
        problems: &mut parsed.problems,
    };
    if let Some(what) = part.what(letters) {
        parsed.terms.push(Term { negated, what });
    }
}

/// A part that is being read.
struct Part<'a> {
    token: &'a Token,
    line: &'a str,
    negated: bool,
    problems: &'a mut Vec<QueryMistake>,
}

impl Part<'_> {
    fn what(&mut self, letters: &[Letter]) -> Option<What> {
        let colon = letters.iter().position(|letter| *letter == (':', false));
        let name = colon.and_then(|colon| name(&letters[..colon]));
        let (Some(colon), Some(name)) = (colon, name) else {
            return text(letters);
        };
        let values = &letters[colon + 1..];
        match name.to_lowercase().as_str() {
            "has" => return self.has(&lex::text(values)),
            "is" => return self.is(&lex::text(values)),
            _ => {}
        }
        if let Some(field) = Field::find(&name) {
            return self.values(field, values);
        }
        if kind::find(&name).is_some() && !values.is_empty() {
            let whole = Wanted {
                text: lex::text(letters),
                is_start: false,
            };
            return Some(What::Field(Field::reference(), vec![whole]));
        }
        if !lex::text(values).starts_with("//") {
            self.unknown(&name, &lex::text(values));
        }
        text(letters)
    }

    /// Reads what stands behind a field.
    fn values(&mut self, field: Field, letters: &[Letter]) -> Option<What> {
        let parts = letters.split(|letter| *letter == (',', false));
        let mut values: Vec<Wanted> = parts.filter_map(wanted).collect();
        if values.is_empty() {
            self.mistake(
                format!(
                    "\"{field}:\" has no value and is left out. Write {field}:VALUE, or has:{field}."
                ),
                Some(format!("has:{field}")),
            );
            return None;
        }
        if values.len() > MAX_VALUES {
            self.mistake(
                format!("Only the first {MAX_VALUES} values of \"{field}:\" count."),
                None,
            );
            values.truncate(MAX_VALUES);
        }
        Some(What::Field(field, values))
    }

    fn has(&mut self, name: &str) -> Option<What> {
        if let Some(field) = Field::find(name) {
            return Some(What::Has(field));
        }
        let meant = nearest(name, &Field::names());
        self.mistake(
            format!("There is no field \"{name}\" to have; the part is left out."),
            meant.map(|meant| format!("has:{meant}")),
        );
        None
    }

    fn is(&mut self, word: &str) -> Option<What> {
        let known = State::ALL.into_iter();
        let mut found = known.filter(|state| state.word().eq_ignore_ascii_case(word));
        if let Some(state) = found.next() {
            return Some(What::Is(state));
        }
        let words = State::ALL.map(State::word);
        self.mistake(
            format!(
                "Nothing can be \"{word}\", and the part is left out. An entity is {}.",
                words.join(", ")
            ),
            nearest(word, &words).map(|meant| format!("is:{meant}")),
        );
        None
    }

    /// Tells of a field that there is not.
    fn unknown(&mut self, name: &str, value: &str) {
        let meant = nearest(name, &Field::names());
        let (more, instead) = match meant {
            Some(meant) => (String::new(), format!("{meant}:{value}")),
            None => (
                format!(" A label is written label.{name}:VALUE."),
                format!("label.{name}:{value}"),
            ),
        };
        self.mistake(
            format!(
                "There is no field \"{name}\", so that the whole part is searched as text.{more}"
            ),
            (!value.is_empty() && !value.contains(char::is_whitespace)).then_some(instead),
        );
    }

    fn mistake(&mut self, message: String, instead: Option<String>) {
        debug_assert!(self.line.get(self.token.at.clone()).is_some());
        let sign = if self.negated { "-" } else { "" };
        self.problems.push(QueryMistake {
            at: self.token.at.clone(),
            message,
            instead: instead.map(|instead| format!("{sign}{instead}")),
        });
    }
}

/// Returns the name of a field, when the letters before the colon can be one.
fn name(letters: &[Letter]) -> Option<String> {
    let fits = |(c, is_quoted): &Letter| {
        !is_quoted && (c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'))
    };
    let is_name = letters
        .first()
        .is_some_and(|(c, _)| c.is_ascii_alphabetic());
    (is_name && letters.iter().all(fits)).then(|| lex::text(letters))
}

fn text(letters: &[Letter]) -> Option<What> {
    // Texts are found wherever they stand, so that a star at the end says nothing.
    let letters = match letters.split_last() {
        Some((('*', false), rest)) => rest,
        _ => letters,
    };
    let text = lex::text(letters);
    (!text.is_empty()).then_some(What::Text(text))
}

/// Reads one value; nothing when there is none.
fn wanted(letters: &[Letter]) -> Option<Wanted> {
    if letters.is_empty() {
        return None;
    }
    let (is_start, letters) = match letters.split_last() {
        Some((('*', false), rest)) => (true, rest),
        _ => (false, letters),
    };
    Some(Wanted {
        text: lex::text(letters),
        is_start,
    })
}
