//! One description of every key: it drives checking, secrecy, the JSON Schema and the reference table.
//!
//! To add a key, add it to the section's file in `schema/`, read it in `sections/`, and write the new table into
//! `docs/configuration.md` (the test `the_reference_lists_every_key` prints it).
use std::fmt::Write as _;

use crate::tree::Value;

mod access;
mod app;
mod auth;
mod backend;
mod callboard;
mod catalog;
mod diagnostics;
mod events;
pub(crate) mod form;
mod home;
mod integrations;
mod json;
mod permission;
mod unused;

pub use form::Form;
pub use json::schema_json;

/// What becomes of a key's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// The portal reads it.
    Used,
    /// Backstage knows it, and the portal does not read it or anything below it.
    Unused,
    /// It is deprecated or was removed; the text says what to do instead.
    Old(&'static str),
}

/// The description of one key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key; empty for the items of a list.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// The forms a value may have.
    pub forms: &'static [Form],
    /// The value that holds when the key is missing, as one would write it.
    pub default: &'static str,
    /// Whether the value is never shown.
    pub secret: bool,
    /// Whether the map around it is of no use without it.
    pub required: bool,
    /// What becomes of the value.
    pub usage: Usage,
    /// The keys of a map.
    pub keys: &'static [Self],
    /// The description of the keys of a map that are not among `keys`; its name stands for theirs.
    pub any: Option<&'static Self>,
    /// The description of the items of a list, which has no name.
    pub items: Option<&'static Self>,
    /// Whether the table has the same key elsewhere, so that it is not listed here with all that is below it.
    pub listed_elsewhere: bool,
}

impl Key {
    const fn new(name: &'static str, forms: &'static [Form], doc: &'static str) -> Self {
        Self {
            name,
            doc,
            forms,
            default: "",
            secret: false,
            required: false,
            usage: Usage::Used,
            keys: &[],
            any: None,
            items: None,
            listed_elsewhere: false,
        }
    }

    const fn map(name: &'static str, doc: &'static str, keys: &'static [Self]) -> Self {
        Self {
            keys,
            ..Self::new(name, &[Form::Map], doc)
        }
    }

    const fn list(name: &'static str, doc: &'static str, items: &'static Self) -> Self {
        Self {
            items: Some(items),
            ..Self::new(name, &[Form::List], doc)
        }
    }

    const fn unused(name: &'static str, doc: &'static str) -> Self {
        Self {
            usage: Usage::Unused,
            ..Self::new(name, &[], doc)
        }
    }

    const fn old(name: &'static str, advice: &'static str) -> Self {
        Self {
            usage: Usage::Old(advice),
            ..Self::new(name, &[], "Deprecated or removed.")
        }
    }

    const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    const fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }

    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    const fn keys(self, keys: &'static [Self]) -> Self {
        Self { keys, ..self }
    }

    const fn any(self, any: &'static Self) -> Self {
        Self {
            any: Some(any),
            ..self
        }
    }

    const fn items(self, items: &'static Self) -> Self {
        Self {
            items: Some(items),
            ..self
        }
    }

    const fn listed_elsewhere(self) -> Self {
        Self {
            listed_elsewhere: true,
            ..self
        }
    }

    /// Returns the description of one key of this map, by its value too where the map takes any key.
    ///
    /// Where any key may hold a map, a key with another value is not one of them: it is a misplaced or misspelt one.
    pub(crate) fn inner(&self, name: &str, value: &Value) -> Option<&'static Self> {
        self.key(name).or_else(|| {
            self.any
                .filter(|any| !matches!(any.forms, [Form::Map]) || Form::Map.accepts(value))
        })
    }

    /// Returns the description of one key of this map.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Self> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Returns the accepted forms in words.
    #[must_use]
    pub fn expected(&self) -> String {
        let forms: Vec<_> = self.forms.iter().map(|form| form.expected()).collect();
        forms.join(" or ")
    }
}

/// The description of a whole configuration.
pub static ROOT: Key = Key::map(
    "",
    "The configuration of the portal.",
    &[
        app::APP,
        app::ORGANIZATION,
        backend::BACKEND,
        catalog::CATALOG,
        callboard::CALLBOARD,
        auth::AUTH,
        permission::PERMISSION,
        integrations::INTEGRATIONS,
        unused::PROXY,
        unused::TECHDOCS,
        unused::SCAFFOLDER,
        unused::SEARCH,
        unused::KUBERNETES,
        events::EVENTS,
        unused::NOTIFICATIONS,
        unused::SIGNALS,
        unused::DISCOVERY,
        unused::MCP_ACTIONS,
        unused::DEV_TOOLS,
        unused::HOME,
        unused::COST_INSIGHTS,
        unused::EXPLORE,
        unused::NOTIFICATIONS_TESTER,
        unused::USER_SETTINGS,
        unused::DYNAMIC_PLUGINS,
    ],
);

/// Returns the description of a key by the names on the way to it; keys that a map takes by any name are not found.
pub(crate) fn at(path: &[&str]) -> Option<&'static Key> {
    path.iter().try_fold(&ROOT, |key, name| key.key(name))
}

/// Calls `visit` with the dotted path of every key, parents first.
pub fn each_key(visit: &mut impl FnMut(&str, &'static Key)) {
    fn walk(prefix: &str, key: &'static Key, visit: &mut impl FnMut(&str, &'static Key)) {
        let inner = key.keys.iter().chain(key.any);
        for inner in inner.filter(|inner| !inner.listed_elsewhere) {
            let path = join(prefix, inner.name);
            visit(&path, inner);
            walk(&path, inner, visit);
        }
        if let Some(items) = key.items {
            walk(&format!("{prefix}[]"), items, visit);
        }
    }
    walk("", &ROOT, visit);
}

/// Appends a key to a dotted path; a key that holds a dot itself is quoted.
pub(crate) fn join(prefix: &str, key: &str) -> String {
    let key = if key.contains('.') {
        format!("'{key}'")
    } else {
        key.to_owned()
    };
    if prefix.is_empty() {
        key
    } else {
        format!("{prefix}.{key}")
    }
}

/// Returns the table of all keys in Markdown, as it stands in the book.
#[must_use]
pub fn schema_markdown() -> String {
    let mut table =
        String::from("| Key | Accepted form | Default | What it does |\n|---|---|---|---|\n");
    each_key(&mut |path, key| {
        let form = match key.usage {
            Usage::Used => key.expected(),
            Usage::Unused => "not used".to_owned(),
            Usage::Old(_) => "deprecated".to_owned(),
        };
        let mut doc = key.doc.to_owned();
        if key.required {
            doc.push_str(" Required.");
        }
        if key.secret {
            doc.push_str(" Secret.");
        }
        if let Usage::Old(advice) = key.usage {
            doc = format!("{advice}.");
        }
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{path}` | {form} | {} | {doc} |", key.default);
    });
    table
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Usage, each_key};

    #[test]
    fn every_key_is_described_once_and_in_a_sentence() {
        let mut seen = HashSet::new();
        each_key(&mut |path, key| {
            assert!(seen.insert(path.to_owned()), "{path} is described twice");
            assert!(
                key.doc.ends_with('.') && key.doc.chars().next().is_some_and(char::is_uppercase),
                "{path}"
            );
            assert!(!key.doc.contains('|'), "{path} would break the table");
            assert_eq!(
                key.forms.is_empty(),
                key.usage != Usage::Used,
                "{path}: a used key has a form"
            );
        });
        assert!(seen.contains("catalog.rules[].allow[].'spec.type'"));
    }
}
