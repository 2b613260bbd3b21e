//! A text that is never shown by accident, and the guess which keys hold one.
use std::fmt;

/// What is shown in place of a secret.
pub(crate) const MASK: &str = "<secret>";

/// A text that prints as `<secret>`; only [`Secret::expose`] gives it away.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(MASK)
    }
}

/// Tells whether a key or a variable of this name probably holds a secret.
pub(crate) fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '_', '.'], "");
    let words = [
        "secret",
        "token",
        "password",
        "passwd",
        "passphrase",
        "credential",
        "authorization",
        "cookie",
    ];
    words.iter().any(|word| name.contains(word))
        || name.ends_with("key")
        || name.ends_with("keys")
        || name == "pat"
}

/// Replaces the user and password of a URL in a text, or the whole text when it is hard to tell where they end.
pub(crate) fn without_credentials(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..authority].rfind('@') {
        Some(at) => format!("{scheme}://{MASK}{}", &rest[at..]),
        // An unescaped slash in a password moves the `@` behind what looks like the end of the host.
        None if rest.contains('@') && rest[..authority].contains(':') => MASK.to_owned(),
        None => text.to_owned(),
    }
}

/// Tells whether a reference as written (`${DB_PASSWORD}`) names something secret.
pub(crate) fn reads_secret(written: &str) -> bool {
    written
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .any(looks_secret)
}

#[cfg(test)]
mod tests {
    use super::{Secret, looks_secret, reads_secret, without_credentials};

    #[test]
    fn a_secret_is_not_shown_by_debug() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "<secret>");
    }

    #[test]
    fn names_that_hold_secrets_are_recognised() {
        for name in [
            "clientSecret",
            "token",
            "DB_PASSWORD",
            "privateKey",
            "api-key",
            "Authorization",
            "credentials",
        ] {
            assert!(looks_secret(name), "{name}");
        }
        for name in ["title", "host", "keyword", "path", "monkeyBars"] {
            assert!(!looks_secret(name), "{name}");
        }
        assert!(reads_secret("postgres://${PG_PASSWORD:-x}@h"));
        assert!(!reads_secret("${PORT}"));
    }

    #[test]
    fn credentials_in_a_url_are_hidden() {
        assert_eq!(
            without_credentials("https://me:pw@host/x@y"),
            "https://<secret>@host/x@y"
        );
        assert_eq!(without_credentials("postgres://me:p/w@host/x"), "<secret>");
        assert_eq!(without_credentials("https://host:80/@scope"), "<secret>");
        assert_eq!(
            without_credentials("https://host/@scope"),
            "https://host/@scope"
        );
        assert_eq!(without_credentials("a: b@c"), "a: b@c");
    }
}
