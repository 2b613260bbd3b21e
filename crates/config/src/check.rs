//! Holds the merged tree against the description of keys and reports every difference.
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Fix, Severity};

use crate::schema::{Form, Key, ROOT, Usage, join};
use crate::secret::{reads_secret, without_credentials};
use crate::tree::{Data, Entry, Value};

mod access;
mod external;
mod providers;

pub(crate) use access::check_access;
pub(crate) use providers::check_providers;

/// Letters of a wrong value that a message shows.
const SHOWN: usize = 60;

/// Reports wrong values, unknown keys, keys that are not used, and old ones.
pub(crate) fn check(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    Checker { diagnostics }.map("", &ROOT, root);
}

struct Checker<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn map(&mut self, path: &str, key: &'static Key, value: &Value) {
        for entry in value.entries() {
            let path = join(path, &entry.key);
            match key.inner(&entry.key, &entry.value) {
                None => self.unknown(&path, key, entry),
                Some(inner) => match inner.usage {
                    Usage::Used => self.value(&path, inner, &entry.value),
                    Usage::Unused => self.unused(&path, inner, entry),
                    Usage::Old(advice) => self.old(&path, advice, entry),
                },
            }
        }
        for missing in key
            .keys
            .iter()
            .filter(|inner| inner.required && value.get(inner.name).is_none())
        {
            let message = format!(
                "`{path}` has no `{}`, expected {}",
                missing.name,
                missing.expected()
            );
            self.diagnostics.push(
                value
                    .origin
                    .report(codes::CFG_VALUE, Severity::Error, message),
            );
        }
    }

    fn value(&mut self, path: &str, key: &'static Key, value: &Value) {
        if !key.forms.iter().any(|form| form.accepts(value)) {
            self.wrong(path, key, value);
            return;
        }
        match (&value.data, key.items) {
            (Data::Map(_), _) if !key.keys.is_empty() || key.any.is_some() => {
                self.map(path, key, value);
            }
            (Data::List(items), Some(described)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&format!("{path}[{index}]"), described, item);
                }
            }
            _ => {}
        }
    }

    fn wrong(&mut self, path: &str, key: &Key, value: &Value) {
        let written = value.origin.written.as_deref();
        let secret = key.secret || written.is_some_and(reads_secret);
        let from = match written.filter(|_| !secret) {
            Some(written) => format!(" (from `{}`)", without_credentials(written)),
            None => String::new(),
        };
        let message = format!(
            "`{path}` is {}{from}, expected {}",
            shown(value, secret),
            key.expected()
        );
        let mut diagnostic = value
            .origin
            .report(codes::CFG_VALUE, Severity::Error, message);
        let scalar = matches!(value.data, Data::Number(_) | Data::Bool(_));
        if scalar
            && key
                .forms
                .iter()
                .any(|form| matches!(form, Form::Text | Form::AnyText))
        {
            diagnostic = diagnostic.with_help("put the value in quotes to make it text");
        }
        self.diagnostics.push(diagnostic);
    }

    fn unknown(&mut self, path: &str, key: &Key, entry: &Entry) {
        let message = format!("`{path}` is not a known key, so it is ignored");
        let mut diagnostic =
            entry
                .key_origin
                .report(codes::CFG_UNKNOWN_KEY, Severity::Warning, message);
        if let Some(meant) = closest(&entry.key, key.keys) {
            diagnostic = diagnostic.with_help(format!("did you mean `{meant}`?"));
            if let (Some(span), true) = (
                entry.key_origin.span,
                meant.eq_ignore_ascii_case(&entry.key),
            ) {
                let title = format!("Rename to `{meant}`");
                diagnostic = diagnostic.with_fix(Fix {
                    title,
                    span,
                    replacement: meant.to_owned(),
                });
            }
        }
        self.diagnostics.push(diagnostic);
    }

    fn unused(&mut self, path: &str, key: &Key, entry: &Entry) {
        let message = format!("`{path}` is known to Backstage, but Callboard does not use it");
        let diagnostic =
            entry
                .key_origin
                .report(codes::CFG_UNUSED_SECTION, Severity::Warning, message);
        self.diagnostics
            .push(diagnostic.with_help(format!("in Backstage: {}", key.doc)));
    }

    fn old(&mut self, path: &str, advice: &str, entry: &Entry) {
        let message = format!("`{path}` is deprecated or was removed, so it is ignored");
        let diagnostic =
            entry
                .key_origin
                .report(codes::CFG_DEPRECATED_KEY, Severity::Warning, message);
        self.diagnostics.push(diagnostic.with_help(advice));
    }
}

/// Returns a wrong value for a message; what may be secret is named by its type only.
fn shown(value: &Value, secret: bool) -> String {
    match &value.data {
        Data::Text(text) if text.is_empty() => "empty".to_owned(),
        _ if secret => value.type_name().to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Number(number) => number.to_string(),
        Data::Text(text) => {
            let text = without_credentials(text);
            match text.char_indices().nth(SHOWN) {
                Some((end, _)) => format!("{:?}", format!("{}…", &text[..end])),
                None => format!("{text:?}"),
            }
        }
        Data::Null | Data::List(_) | Data::Map(_) => value.type_name().to_owned(),
    }
}

/// Returns the key that was probably meant.
fn closest(name: &str, keys: &[Key]) -> Option<&'static str> {
    let lower = name.to_lowercase();
    keys.iter()
        .map(|key| (distance(&lower, &key.name.to_lowercase()), key.name))
        .filter(|(distance, key)| *distance <= 2 && *distance * 3 <= key.len())
        .min()
        .map(|(_, key)| key)
}

/// Counts the letters to change, add, remove or swap to make one word of another.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<_>, Vec<_>) = (from.chars().take(64).collect(), to.chars().collect());
    let mut rows = vec![(0..=to.len()).collect::<Vec<_>>()];
    for (i, letter) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in to.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(letter != other))
                .min(rows[i][j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *letter == to[j - 1] && from[i - 1] == *other {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, distance};
    use crate::schema::ROOT;

    #[test]
    fn distance_counts_changes_and_swaps() {
        for (from, to, expected) in [
            ("", "ab", 2),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("abc", "adc", 1),
        ] {
            assert_eq!(distance(from, to), expected, "{from} {to}");
        }
    }

    #[test]
    fn only_a_near_miss_is_taken_for_a_known_key() {
        assert_eq!(closest("catalogue", ROOT.keys), Some("catalog"));
        assert_eq!(closest("Backend", ROOT.keys), Some("backend"));
        assert_eq!(closest("sentry", ROOT.keys), None);
        assert_eq!(closest("ap", ROOT.keys), Some("app"));
        assert_eq!(closest("xy", ROOT.keys), None);
    }
}
