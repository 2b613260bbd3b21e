//! The forms of names, namespaces, labels and so on, as Backstage's default validators have them.

/// Longest name, namespace, label value, tag or kind, in characters.
pub const MAX_NAME: usize = 63;

/// Longest DNS subdomain: the part before the `/` of a key or an API version.
const MAX_SUBDOMAIN: usize = 253;

/// A name, a label value or the last part of a key: `[A-Za-z0-9]`, inside also `-`, `_` and `.`.
#[must_use]
pub fn is_object_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    (1..=MAX_NAME).contains(&bytes.len())
        && bytes.iter().all(inner)
        && bytes[0].is_ascii_alphanumeric()
        && bytes[bytes.len() - 1].is_ascii_alphanumeric()
}

/// A namespace: lower-case letters, digits and inner hyphens.
#[must_use]
pub fn is_dns_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    (1..=MAX_NAME).contains(&bytes.len())
        && bytes.iter().all(inner)
        && bytes[0] != b'-'
        && bytes[bytes.len() - 1] != b'-'
}

/// Labels joined by dots, at most 253 characters.
#[must_use]
pub fn is_dns_subdomain(text: &str) -> bool {
    (1..=MAX_SUBDOMAIN).contains(&text.len()) && text.split('.').all(is_dns_label)
}

/// `prefix/suffix` or `suffix`: a DNS subdomain and letters or digits.
#[must_use]
pub fn is_api_version(text: &str) -> bool {
    let suffix = |text: &str| {
        (1..=MAX_NAME).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match text.split_once('/') {
        Some((prefix, rest)) => is_dns_subdomain(prefix) && suffix(rest),
        None => suffix(text),
    }
}

/// A letter, then letters or digits.
#[must_use]
pub fn is_kind(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Key of a label or annotation: an object name, optionally after a DNS subdomain and `/`.
#[must_use]
pub fn is_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_dns_subdomain(prefix) && is_object_name(name),
        None => is_object_name(text),
    }
}

/// Value of a label: empty, or an object name.
#[must_use]
pub fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_object_name(text)
}

/// A tag: lower-case letters, digits, `:`, `+` and `#`, with single inner hyphens.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(is_tag_byte);
    (1..=MAX_NAME).contains(&text.len()) && text.split('-').all(part)
}

fn is_tag_byte(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b':' | b'+' | b'#')
}

/// Returns the tag that an invalid one most likely means, or nothing when none of it can be kept.
///
/// ```
/// use callboard_model::validate::format::nearest_tag;
/// assert_eq!(nearest_tag("Spring Boot_3"), Some("spring-boot-3".to_owned()));
/// ```
#[must_use]
pub fn nearest_tag(text: &str) -> Option<String> {
    let mut tag = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_ascii() && is_tag_byte(c as u8) {
            tag.push(c);
        } else if !tag.is_empty() && !tag.ends_with('-') {
            tag.push('-');
        }
    }
    tag.truncate(MAX_NAME);
    let tag = tag.trim_end_matches('-');
    is_tag(tag).then(|| tag.to_owned())
}

/// Returns the name that an invalid one most likely means: other characters become a hyphen.
#[must_use]
pub fn nearest_name(text: &str) -> Option<String> {
    if text.len() > MAX_NAME {
        return None;
    }
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') {
            name.push(c);
        } else if c.is_alphanumeric() {
            // Nobody can say how a letter of another alphabet should be written.
            return None;
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '_', '.']);
    is_object_name(name).then(|| name.to_owned())
}

/// Returns the namespace that an invalid one most likely means.
#[must_use]
pub fn nearest_namespace(text: &str) -> Option<String> {
    let name = nearest_name(text)?.to_lowercase().replace(['_', '.'], "-");
    is_dns_label(&name).then_some(name)
}

/// Returns the label value that an invalid one most likely means: only spaces are replaced.
#[must_use]
pub fn nearest_label_value(text: &str) -> Option<String> {
    let value = text.trim().replace(' ', "-");
    is_label_value(&value).then_some(value)
}

/// Returns the URL that a text without a scheme most likely means: a host with a dot, and what follows it.
#[must_use]
pub fn with_scheme(text: &str) -> Option<String> {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_label = |label: &str| {
        label
            .split_once(':')
            .map_or(label, |(label, _)| label)
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.is_empty()
    };
    let is_host = host.contains('.') && host.split('.').all(is_label);
    let is_one = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_host && is_one)
        .then(|| format!("https://{text}"))
        .filter(|url| is_absolute_url(url))
}

/// An absolute URL with a scheme, as the WHATWG parser would take it; good enough to tell a path from a link.
#[must_use]
pub fn is_absolute_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.trim().split_once(':') else {
        return false;
    };
    let scheme_ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let needs_host = matches!(
        scheme.to_ascii_lowercase().as_str(),
        "http" | "https" | "ftp" | "ws" | "wss"
    );
    let host = rest
        .trim_start_matches(['/', '\\'])
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    scheme_ok && (!needs_host || (!host.is_empty() && !host.contains(char::is_whitespace)))
}

/// Whether following the URL could run a script: `javascript:`, also when hidden by control characters.
#[must_use]
pub fn is_script_url(text: &str) -> bool {
    let bare: String = text
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    bare.to_ascii_lowercase().starts_with("javascript:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_what_is_allowed_and_joins_the_rest() {
        assert_eq!(
            nearest_name("Shop backend").as_deref(),
            Some("Shop-backend")
        );
        assert_eq!(nearest_name("@acme/shop").as_deref(), Some("acme-shop"));
        assert_eq!(nearest_name("übersicht"), None);
        assert_eq!(nearest_name("!!!"), None);
        assert_eq!(nearest_name(&"a b".repeat(30)), None);
        assert_eq!(nearest_namespace("Team_A").as_deref(), Some("team-a"));
        assert_eq!(
            nearest_label_value("very high").as_deref(),
            Some("very-high")
        );
        assert_eq!(nearest_label_value("gold, silver"), None);
    }

    #[test]
    fn a_host_gets_a_scheme_and_a_path_does_not() {
        assert_eq!(
            with_scheme("example.com/a").as_deref(),
            Some("https://example.com/a")
        );
        for text in [
            "./docs",
            "/docs",
            "docs/index",
            "example..com",
            "a b.com",
            "mailto",
            "",
        ] {
            assert_eq!(with_scheme(text), None, "{text}");
        }
    }
}
