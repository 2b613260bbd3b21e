//! What a scalar means by YAML's core schema, in the exact reading of npm `yaml`.
use std::borrow::Cow;

use saphyr_parser::{ScalarStyle, Tag};

use super::number;
use crate::Data;

/// A scalar's value and what there is to say about it.
#[derive(Debug, PartialEq)]
pub(super) struct Scalar {
    pub(super) data: Data,
    /// The text as a key, where that differs from the value's own text.
    pub(super) key: Option<String>,
    pub(super) remark: Option<Remark>,
}

/// Something about a scalar that its author should know.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// The tag is not known or does not fit; the value is kept as text.
    UnknownTag,
    /// The number is infinite or not a number, which JSON cannot hold.
    NotANumber,
}

/// Resolves a scalar by its style and tag.
pub(super) fn resolve(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Scalar {
    match tag {
        Some(tag) => tagged(text, tag),
        None if style == ScalarStyle::Plain => plain(text),
        None => value(Data::String(exact(text))),
    }
}

/// Returns the part of a core-schema tag after its prefix: `str` for `!!str`.
pub(super) fn core_tag(tag: &Tag) -> Option<&str> {
    const PREFIX: &str = "tag:yaml.org,2002:";
    if tag.handle == PREFIX {
        return Some(&tag.suffix);
    }
    if tag.handle.is_empty() {
        tag.suffix.strip_prefix(PREFIX)
    } else {
        None
    }
}

/// Whether a tag is a lone `!`, which asks for no type in particular.
pub(super) fn is_non_specific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!" || tag.handle == "!" && tag.suffix.is_empty()
}

/// Resolves a plain scalar without a tag.
pub(super) fn plain(text: Cow<'_, str>) -> Scalar {
    match text.as_bytes().first() {
        None | Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => match word(&text) {
            Some(data) => value(data),
            None => value(Data::String(exact(text))),
        },
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => match number::parse(&text) {
            Some(parsed) => numeric(parsed, text),
            None => value(Data::String(exact(text))),
        },
        Some(_) => value(Data::String(exact(text))),
    }
}

fn value(data: Data) -> Scalar {
    Scalar {
        data,
        key: None,
        remark: None,
    }
}

/// Drops the spare room the parser leaves behind every text, which is most of what a small one takes.
fn exact(text: Cow<'_, str>) -> String {
    let mut text = text.into_owned();
    text.shrink_to_fit();
    text
}

fn word(text: &str) -> Option<Data> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(Data::Null),
        "true" | "True" | "TRUE" => Some(Data::Bool(true)),
        "false" | "False" | "FALSE" => Some(Data::Bool(false)),
        _ => None,
    }
}

fn numeric(parsed: f64, text: Cow<'_, str>) -> Scalar {
    match number::to_json(parsed) {
        Some(number) => value(Data::Number(number)),
        None => Scalar {
            data: Data::String(exact(text)),
            key: Some(number::to_key(parsed)),
            remark: Some(Remark::NotANumber),
        },
    }
}

/// A core tag picks among the readings of a plain scalar, also for quoted text; what does not fit is text.
fn tagged(text: Cow<'_, str>, tag: &Tag) -> Scalar {
    if is_non_specific(tag) || core_tag(tag) == Some("str") {
        return value(Data::String(exact(text)));
    }
    let is_whole = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+'))
        && (text.starts_with("0x") || !text.contains(['e', 'E']));
    let scalar = plain(Cow::Borrowed(&text));
    let is_number = matches!(scalar.data, Data::Number(_)) || scalar.remark.is_some();
    let fits = match core_tag(tag) {
        Some("null") => scalar.data == Data::Null,
        Some("bool") => matches!(scalar.data, Data::Bool(_)),
        Some("int") => is_number && is_whole,
        Some("float") => is_number && !is_whole,
        _ => false,
    };
    if fits {
        return scalar;
    }
    let data = Data::String(exact(text));
    Scalar {
        data,
        key: None,
        remark: Some(Remark::UnknownTag),
    }
}
