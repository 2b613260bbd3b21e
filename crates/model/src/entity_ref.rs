//! Entity references: `[kind:][namespace/]name`.
use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The namespace of an entity that names none.
pub const DEFAULT_NAMESPACE: &str = "default";

/// A complete reference in canonical, lower-case form; prints as `kind:namespace/name`.
///
/// ```
/// use callboard_model::EntityRef;
/// let owner = EntityRef::parse("Team-A", Some("Group"), "default").unwrap();
/// assert_eq!(owner.to_string(), "group:default/team-a");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// Lower-case kind, for example `component`.
    pub kind: String,
    /// Lower-case namespace, for example `default`.
    pub namespace: String,
    /// Lower-case name.
    pub name: String,
}

/// Why a text is not an entity reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseRefError {
    /// A part is there but empty, as in `component:` or `/name`.
    #[error(
        "\"{0}\" is not an entity reference: expected [kind:][namespace/]name with no empty part"
    )]
    EmptyPart(String),
    /// No kind in the text, and none follows from the context.
    #[error("\"{0}\" names no kind: write kind:{0}, for example component:{0}")]
    NoKind(String),
}

impl EntityRef {
    /// Builds a reference from its parts, lower-casing them.
    #[must_use]
    pub fn new(kind: &str, namespace: &str, name: &str) -> Self {
        Self {
            kind: kind.to_lowercase(),
            namespace: namespace.to_lowercase(),
            name: name.to_lowercase(),
        }
    }

    /// Parses a reference as Backstage's `parseEntityRef` does: the first `:` ends the kind, the first `/` the
    /// namespace, and a `/` before the `:` means that there is no kind.
    ///
    /// # Errors
    /// When a part is empty, or the text has no kind and `default_kind` is absent.
    pub fn parse(
        text: &str,
        default_kind: Option<&str>,
        default_namespace: &str,
    ) -> Result<Self, ParseRefError> {
        let text = text.trim();
        let slash = text.find('/');
        let colon = text
            .find(':')
            .filter(|colon| slash.is_none_or(|slash| *colon < slash));
        let (kind, rest) = match colon {
            Some(colon) => (Some(&text[..colon]), &text[colon + 1..]),
            None => (None, text),
        };
        let (namespace, name) = match rest.split_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, rest),
        };
        if name.is_empty() || kind == Some("") || namespace == Some("") {
            return Err(ParseRefError::EmptyPart(text.to_owned()));
        }
        let kind = kind
            .or(default_kind)
            .ok_or_else(|| ParseRefError::NoKind(text.to_owned()))?;
        Ok(Self::new(
            kind,
            namespace.unwrap_or(default_namespace),
            name,
        ))
    }

    /// Returns the shortest text a person would write: kind and namespace are left out where they are the
    /// given kind and `default`.
    #[must_use]
    pub fn short(&self, default_kind: &str) -> String {
        let mut text = String::new();
        if !self.kind.eq_ignore_ascii_case(default_kind) {
            text.push_str(&self.kind);
            text.push(':');
        }
        if self.namespace != DEFAULT_NAMESPACE {
            text.push_str(&self.namespace);
            text.push('/');
        }
        text.push_str(&self.name);
        text
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

impl FromStr for EntityRef {
    type Err = ParseRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, None, DEFAULT_NAMESPACE)
    }
}

impl Serialize for EntityRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntityRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Result<&str, ()>) {
        let got = EntityRef::parse(text, Some("Component"), "ns").map(|r| r.to_string());
        assert_eq!(got.as_deref().map_err(|_| ()), want, "{text}");
    }

    #[test]
    fn references_parse_as_backstage_parses_them() {
        check("a", Ok("component:ns/a"));
        check("API:a", Ok("api:ns/a"));
        check("x/a", Ok("component:x/a"));
        check("API:x/A.b", Ok("api:x/a.b"));
        check("x/a:b", Ok("component:x/a:b"));
        check("", Err(()));
        check(":a", Err(()));
        check("api:", Err(()));
        check("api:/a", Err(()));
        check("api:x/", Err(()));
    }

    #[test]
    fn a_reference_without_any_kind_is_refused() {
        assert_eq!(
            EntityRef::parse("a", None, "default"),
            Err(ParseRefError::NoKind("a".to_owned()))
        );
    }

    #[test]
    fn the_short_form_leaves_out_what_is_understood() {
        let r = EntityRef::new("Group", "default", "team-a");
        assert_eq!(r.short("group"), "team-a");
        assert_eq!(r.short("user"), "group:team-a");
        assert_eq!(EntityRef::new("group", "x", "a").short("group"), "x/a");
    }
}
