//! `${VAR}` in texts: finds the references, replaces them, and says which variables are not set.
use std::collections::BTreeMap;
use std::ops::Range;

/// A text with its references replaced.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Substituted {
    /// The text; absent when a part of it has no value, which removes the whole.
    pub(crate) text: Option<String>,
    /// Whether any part came from the environment.
    pub(crate) from_environment: bool,
    /// The references whose variable is not set, with their place in the text.
    pub(crate) unset: Vec<(String, Range<usize>)>,
}

/// Replaces `${VAR}` and `${VAR:-default}` in a text; `$${VAR}` becomes `${VAR}`.
///
/// An empty default (`${VAR:-}`) removes the value without a complaint, because its author asked for that.
pub(crate) fn substitute(text: &str, environment: &BTreeMap<String, String>) -> Substituted {
    let mut result = Substituted {
        text: None,
        from_environment: false,
        unset: Vec::new(),
    };
    let mut out = String::with_capacity(text.len());
    let mut complete = true;
    let mut rest = 0;
    while let Some(reference) = next_reference(text, rest) {
        out.push_str(&text[rest..reference.start]);
        rest = reference.end;
        if text[reference.clone()].starts_with("$$") {
            out.push_str(&text[reference.start + 1..reference.end]);
            continue;
        }
        result.from_environment = true;
        let inner = &text[reference.start + 2..reference.end - 1];
        match resolve(inner, environment) {
            Resolved::Value(value) => out.push_str(&value),
            Resolved::Nothing => complete = false,
            Resolved::Unset(name) => {
                complete = false;
                result.unset.push((name, reference));
            }
        }
    }
    out.push_str(&text[rest..]);
    result.text = complete.then_some(out);
    result
}

enum Resolved {
    Value(String),
    Nothing,
    Unset(String),
}

fn resolve(inner: &str, environment: &BTreeMap<String, String>) -> Resolved {
    let Some((name, fallback)) = inner.split_once(":-") else {
        return match variable(inner.trim(), environment) {
            Some(value) => Resolved::Value(value),
            None => Resolved::Unset(inner.trim().to_owned()),
        };
    };
    match variable(name.trim(), environment).filter(|value| !value.is_empty()) {
        Some(value) => Resolved::Value(value),
        None if fallback.trim().is_empty() => Resolved::Nothing,
        None => Resolved::Value(fallback.trim().to_owned()),
    }
}

/// Returns a variable's value without the white space around it.
pub(crate) fn variable(name: &str, environment: &BTreeMap<String, String>) -> Option<String> {
    environment.get(name).map(|value| value.trim().to_owned())
}

/// Finds the next `${…}` or `$${…}` whose inside holds no brace, as bytes of the text.
fn next_reference(text: &str, from: usize) -> Option<Range<usize>> {
    let mut search = from;
    while let Some(found) = text[search..].find("${") {
        let dollar = search + found;
        let inside = dollar + 2;
        let stop = inside + text[inside..].find(['{', '}'])?;
        if text.as_bytes()[stop] == b'}' {
            let escaped = dollar > from && text.as_bytes()[dollar - 1] == b'$';
            return Some(dollar - usize::from(escaped)..stop + 1);
        }
        search = inside;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::substitute;

    fn environment() -> BTreeMap<String, String> {
        [("HOST", "example.com"), ("PORT", " 8080 "), ("EMPTY", "")]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn text(input: &str) -> Option<String> {
        substitute(input, &environment()).text
    }

    #[test]
    fn a_variable_is_replaced_wherever_it_stands_and_trimmed() {
        assert_eq!(
            text("http://${HOST}:${ PORT }/x").as_deref(),
            Some("http://example.com:8080/x")
        );
    }

    #[test]
    fn a_text_without_references_is_kept() {
        for plain in ["", "$HOST", "${", "${a{b}", "a}b", "$$", "{HOST}", "é $ü"] {
            assert_eq!(text(plain).as_deref(), Some(plain));
        }
    }

    #[test]
    fn an_unset_variable_removes_the_value_and_is_named_with_its_place() {
        let result = substitute("a${HOST}${NOPE}b", &environment());
        assert_eq!(result.text, None);
        assert_eq!(result.unset, [("NOPE".to_owned(), 8..15)]);
    }

    #[test]
    fn an_empty_variable_is_a_value_unless_there_is_a_default() {
        assert_eq!(text("<${EMPTY}>").as_deref(), Some("<>"));
        assert_eq!(text("<${EMPTY:- d }>").as_deref(), Some("<d>"));
        assert_eq!(text("${NOPE:-a:-b}").as_deref(), Some("a:-b"));
        assert_eq!(text("${HOST:-d}").as_deref(), Some("example.com"));
    }

    #[test]
    fn an_empty_default_removes_the_value_without_a_complaint() {
        let result = substitute("${NOPE:-}", &environment());
        assert_eq!((result.text, result.unset), (None, vec![]));
    }

    #[test]
    fn a_doubled_dollar_is_an_escape() {
        let result = substitute("$${HOST} and $$${HOST}", &environment());
        assert_eq!(result.text.as_deref(), Some("${HOST} and $${HOST}"));
        assert!(!result.from_environment);
    }

    #[test]
    fn braces_do_not_nest() {
        assert_eq!(text("${A:-${HOST}}").as_deref(), Some("${A:-example.com}"));
    }
}
