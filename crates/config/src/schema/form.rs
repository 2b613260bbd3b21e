//! The forms a value may have: which values they accept, and how they are named in words and in JSON Schema.
use callboard_model::{EntityRef, entity_ref::DEFAULT_NAMESPACE};
use serde_json::{Value as Json, json};

use crate::duration::{EXPECTED as DURATION, UNITS, read_duration, read_number};
use crate::proxies::read_proxies;
use crate::tree::{Data, Value};

/// One accepted form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text that is not empty.
    Text,
    /// Text that may be empty.
    AnyText,
    /// A URL with `http` or `https`.
    Url,
    /// What a link leads to: a URL with `http`, `https` or `mailto`, or a path of the portal.
    Link,
    /// The host of a URL, with its port if it is not the usual one.
    Host,
    /// A URL of a PostgreSQL database.
    PostgresUrl,
    /// A number, also as text.
    Number,
    /// A whole number that is not negative, also as text.
    Whole,
    /// A number from 0 to 65535, also as text.
    Port,
    /// `true` or `false`, also in the words Backstage takes for them.
    Boolean,
    /// A whole number from 1 to 4,294,967,295, also as text.
    Positive,
    /// A length of time.
    Duration,
    /// A reference to an entity, with its kind.
    EntityRef,
    /// Names, addresses and networks of proxies, with commas between them.
    Proxies,
    /// A source of a Content-Security-Policy.
    CspSource,
    /// `host:port`, `:port` or a port.
    Address,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// Only `false`.
    False,
    /// A map.
    Map,
    /// A list.
    List,
}

impl Form {
    /// Tells whether a value has this form.
    pub(crate) fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Text => value.text().is_some_and(|text| !text.is_empty()),
            Self::AnyText => value.text().is_some(),
            Self::Url => value.text().is_some_and(is_web_url),
            Self::Link => value.text().is_some_and(is_link),
            Self::Host => value.text().is_some_and(is_host),
            Self::PostgresUrl => value.text().is_some_and(is_postgres_url),
            Self::Number => read_number(value).is_some(),
            Self::Whole => read_whole(value).is_some(),
            Self::Port => read_port(value).is_some(),
            Self::Boolean => read_boolean(value).is_some(),
            Self::Positive => {
                read_whole(value).is_some_and(|number| number > 0 && u32::try_from(number).is_ok())
            }
            Self::Duration => read_duration(value).is_some(),
            Self::EntityRef => value.text().is_some_and(is_entity_ref),
            Self::Proxies => value
                .text()
                .is_some_and(|text| read_proxies(text).is_some()),
            Self::CspSource => value.text().is_some_and(is_csp_source),
            Self::Address => value
                .text()
                .is_some_and(|text| read_address(text).is_some()),
            Self::OneOf(texts) => value.text().is_some_and(|text| texts.contains(&text)),
            Self::False => read_boolean(value) == Some(false),
            Self::Map => matches!(value.data, Data::Map(_)),
            Self::List => matches!(value.data, Data::List(_)),
        }
    }

    /// Returns the form in words.
    pub(crate) fn expected(self) -> String {
        match self {
            Self::Text | Self::AnyText => "text".to_owned(),
            Self::Url => "a URL such as `https://portal.example.com`".to_owned(),
            Self::Link => {
                "a URL such as `https://example.com` or a path such as `/catalog`".to_owned()
            }
            Self::Host => "a host in lower case such as `git.example.com:8443`".to_owned(),
            Self::PostgresUrl => "a `postgres://` URL".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Whole => "a whole number".to_owned(),
            Self::Port => "a port number from 0 to 65535".to_owned(),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Positive => "a whole number above 0".to_owned(),
            Self::Duration => DURATION.to_owned(),
            Self::EntityRef => "a reference such as `user:default/ada`".to_owned(),
            Self::Proxies => "addresses such as `loopback`, `10.0.0.0/8` or `192.0.2.1`".to_owned(),
            Self::CspSource => "a source such as `https://cdn.example.com`".to_owned(),
            Self::Address => "an address such as `:7007` or `127.0.0.1:7007`".to_owned(),
            Self::OneOf([text]) => format!("`{text}`"),
            Self::OneOf(texts) => {
                let texts: Vec<_> = texts.iter().map(|text| format!("`{text}`")).collect();
                format!("one of {}", texts.join(", "))
            }
            Self::False => "`false`".to_owned(),
            Self::Map => "a map".to_owned(),
            Self::List => "a list".to_owned(),
        }
    }

    /// Returns the form as JSON Schema.
    pub(crate) fn schema(self) -> Json {
        let number = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$";
        match self {
            Self::Text => json!({ "type": "string", "minLength": 1 }),
            Self::AnyText => json!({ "type": "string" }),
            Self::Url => json!({ "type": "string", "format": "uri", "pattern": "^https?://" }),
            Self::Link => {
                json!({ "type": "string", "pattern": "^(https?://|mailto:|/($|[^/\\\\]))" })
            }
            Self::Host => json!({ "type": "string", "pattern": r"^[^/@?#\s]+$" }),
            Self::PostgresUrl => json!({ "type": "string", "pattern": "^postgres(ql)?://" }),
            Self::Number => {
                json!({ "anyOf": [{ "type": "number" }, { "type": "string", "pattern": number }] })
            }
            Self::Whole => json!({ "anyOf": [
                { "type": "integer", "minimum": 0 },
                { "type": "string", "pattern": r"^\s*\d+\s*$" },
            ] }),
            Self::Port => json!({ "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": 65535 },
                { "type": "string", "pattern": r"^\s*\d{1,5}\s*$" },
            ] }),
            Self::Boolean => json!({ "anyOf": [
                { "type": "boolean" },
                { "enum": [0, 1] },
                { "type": "string", "pattern": "^([yY]([eE][sS])?|[tT][rR][uU][eE]|1|[oO][nN]|[nN][oO]?|[fF][aA][lL][sS][eE]|0|[oO][fF][fF])$" },
            ] }),
            Self::Positive => json!({ "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": u32::MAX },
                { "type": "string", "pattern": r"^\s*\d{1,10}\s*$" },
            ] }),
            Self::EntityRef => {
                json!({ "type": "string", "pattern": r"^\s*[^:/\s]+:([^/\s]+/)?[^\s]+\s*$" })
            }
            Self::Proxies => json!({ "type": "string", "pattern": r"^[0-9A-Za-z:./,\s]+$" }),
            Self::CspSource => json!({ "type": "string", "pattern": r"^[!-+\--:<-~]+$" }),
            Self::Duration => {
                let units = UNITS
                    .iter()
                    .map(|(unit, _)| ((*unit).to_owned(), json!({ "type": ["number", "string"] })));
                json!({ "anyOf": [
                    { "type": "string", "minLength": 2 },
                    { "type": "object", "properties": units.collect::<serde_json::Map<_, _>>(),
                      "additionalProperties": false, "minProperties": 1 },
                ] })
            }
            Self::Address => json!({ "type": "string", "pattern": r":?\d{1,5}$" }),
            Self::OneOf(texts) => json!({ "enum": texts }),
            Self::False => json!({ "const": false }),
            Self::Map => json!({ "type": "object" }),
            Self::List => json!({ "type": "array" }),
        }
    }
}

/// Reads a boolean, also the numbers and words Backstage takes for one.
pub(crate) fn read_boolean(value: &Value) -> Option<bool> {
    let text = match &value.data {
        Data::Bool(value) => return Some(*value),
        Data::Number(number) => number.to_string(),
        Data::Text(text) => text.trim().to_ascii_lowercase(),
        Data::Null | Data::List(_) | Data::Map(_) => return None,
    };
    match text.as_str() {
        "y" | "yes" | "true" | "1" | "on" => Some(true),
        "n" | "no" | "false" | "0" | "off" => Some(false),
        _ => None,
    }
}

/// Reads a whole number, also one written as text.
pub(crate) fn read_whole(value: &Value) -> Option<u64> {
    match &value.data {
        Data::Number(number) => number.as_u64(),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Reads a port number, also one written as text.
pub(crate) fn read_port(value: &Value) -> Option<u16> {
    read_whole(value).and_then(|number| number.try_into().ok())
}

/// Reads `host:port`, `:port` or a port; `[::1]:7007` is an IPv6 host.
pub(crate) fn read_address(text: &str) -> Option<(Option<String>, u16)> {
    let (host, port) = text.trim().rsplit_once(':').unwrap_or(("", text.trim()));
    let host = match host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        Some(inner) if inner.parse::<std::net::Ipv6Addr>().is_ok() => inner,
        Some(_) => return None,
        None if host.contains([':', '/', ' ']) => return None,
        None => host,
    };
    let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let port = digits.then(|| port.parse().ok()).flatten()?;
    Some(((!host.is_empty()).then(|| host.to_owned()), port))
}

/// Tells whether a text is the URL of a PostgreSQL database.
pub(crate) fn is_postgres_url(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql"))
}

/// Tells whether a text is the host of a URL as URLs are written, so that it can be compared letter by letter.
fn is_host(text: &str) -> bool {
    let as_written = |scheme: &str| {
        let whole = format!("{scheme}://{text}/");
        url::Url::parse(&whole).is_ok_and(|url| url.as_str() == whole)
    };
    !text.contains(['@', '/', '?', '#']) && as_written("http") && as_written("https")
}

/// Tells whether a text is a whole reference of an entity, with its kind and without white space.
fn is_entity_ref(text: &str) -> bool {
    !text.contains(char::is_whitespace) && EntityRef::parse(text, None, DEFAULT_NAMESPACE).is_ok()
}

/// Tells whether a text may stand in a Content-Security-Policy without changing what is around it.
fn is_csp_source(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b','))
}

/// Tells whether a text is something that a page may link to. Browsers read `//host` and `/\host` as another site.
fn is_link(text: &str) -> bool {
    let is_plain = !text.contains(['\\', ' ']) && !text.chars().any(char::is_control);
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let is_mail = || url::Url::parse(text).is_ok_and(|url| url.scheme() == "mailto");
    is_plain && (is_path || is_web_url(text) || is_mail())
}

fn is_web_url(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Form, read_address, read_boolean};
    use crate::tree::{Origin, Value};

    fn value(json: serde_json::Value) -> Value {
        Value::from_json(json, &Origin::new(&"test".into(), None))
    }

    #[test]
    fn addresses_are_read_as_host_and_port() {
        for (text, host, port) in [
            (":7007", None, 7007),
            ("80", None, 80),
            ("localhost:0", Some("localhost"), 0),
            ("[::1]:7007", Some("::1"), 7007),
        ] {
            assert_eq!(
                read_address(text),
                Some((host.map(str::to_owned), port)),
                "{text}"
            );
        }
        for text in [
            "",
            "localhost",
            "a:b",
            ":70000",
            "http://a:80",
            "a b:80",
            "[x]:1",
            "::1:80",
            ":+80",
            "a:",
        ] {
            assert_eq!(read_address(text), None, "{text}");
        }
    }

    #[test]
    fn booleans_have_the_words_of_backstage() {
        for yes in [
            json!(true),
            json!(1),
            json!("Yes"),
            json!(" on "),
            json!("y"),
        ] {
            assert_eq!(read_boolean(&value(yes)), Some(true));
        }
        for no in [
            json!(false),
            json!(0),
            json!("No"),
            json!("OFF"),
            json!("n"),
        ] {
            assert_eq!(read_boolean(&value(no)), Some(false));
        }
        for neither in [json!(2), json!("maybe"), json!(""), json!(null), json!([])] {
            assert_eq!(read_boolean(&value(neither)), None);
        }
    }

    #[test]
    fn forms_refuse_what_they_do_not_mean() {
        for (form, good, bad) in [
            (Form::Text, json!("a"), json!("")),
            (Form::AnyText, json!(""), json!(1)),
            (Form::Url, json!("https://a.b/c"), json!("a.b")),
            (
                Form::Link,
                json!("https://a.b/c?d#e"),
                json!("javascript:alert(1)"),
            ),
            (Form::Link, json!("/catalog?kind=api"), json!("//a.b")),
            (Form::Link, json!("/"), json!("/\\a.b")),
            (Form::Link, json!("mailto:a@b.c"), json!("a.b")),
            (Form::Host, json!("git.b:8443"), json!("https://a.b")),
            (Form::Host, json!("[::1]:8443"), json!("A.b")),
            (Form::Host, json!("127.0.0.1:1"), json!("a.b/c")),
            (Form::Host, json!("localhost"), json!("me@a.b")),
            (Form::Whole, json!("12"), json!(-1)),
            (Form::Positive, json!("1"), json!(0)),
            (
                Form::Positive,
                json!(u32::MAX),
                json!(u64::from(u32::MAX) + 1),
            ),
            (Form::EntityRef, json!("user:default/a"), json!("a")),
            (Form::EntityRef, json!("group:a"), json!("user:a b")),
            (Form::Proxies, json!("loopback"), json!("proxy")),
            (Form::CspSource, json!("'self'"), json!("a;b")),
            (Form::CspSource, json!("https:"), json!("a\nb")),
            (Form::Number, json!("1.5"), json!("1,5")),
            (Form::Port, json!("80"), json!(65536)),
            (Form::False, json!("no"), json!(true)),
            (Form::OneOf(&["keep"]), json!("keep"), json!("Keep")),
            (Form::Map, json!({}), json!([])),
            (Form::List, json!([]), json!({})),
        ] {
            assert!(form.accepts(&value(good)), "{form:?}");
            assert!(!form.accepts(&value(bad)), "{form:?}");
        }
    }
}
