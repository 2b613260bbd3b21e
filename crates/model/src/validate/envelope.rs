//! The part of an entity that every kind shares.
use serde_json::{Map, Value};

use super::{
    Repair, Violation, check_text, dotted, escaped, format, nearest::nearest, show, wrong_type,
};
use crate::kind;

const ROOT_FIELDS: &[&str] = &["apiVersion", "kind", "metadata", "spec"];

/// The fields of `metadata` that Backstage knows.
pub const METADATA_FIELDS: &[&str] = &[
    "name",
    "namespace",
    "uid",
    "etag",
    "title",
    "description",
    "labels",
    "annotations",
    "tags",
    "links",
];

/// Checks root fields and metadata.
pub(super) fn check(root: &Map<String, Value>) -> Vec<Violation> {
    let mut found = Vec::new();
    for key in root
        .keys()
        .filter(|key| !ROOT_FIELDS.contains(&key.as_str()))
    {
        found.push(foreign_root_field(root, key));
    }
    check_api_version(root.get("apiVersion"), &mut found);
    check_kind(root.get("kind"), &mut found);
    match root.get("metadata") {
        Some(Value::Object(metadata)) => check_metadata(metadata, &mut found),
        Some(Value::Null) | None => found.push(missing("/metadata")),
        Some(other) => found.push(wrong_type("/metadata", "a map", other)),
    }
    found
}

fn foreign_root_field(root: &Map<String, Value>, key: &str) -> Violation {
    let violation = Violation::new(
        format!("/{}", escaped(key)),
        "CAT009",
        format!("the field \"{key}\" does not belong at the root of an entity"),
    );
    if let Some(meant) = nearest(key, ROOT_FIELDS).filter(|meant| !root.contains_key(*meant)) {
        return violation
            .help(format!("did you mean {meant}?"))
            .repair(Repair::Rename(meant.to_owned()));
    }
    let spec = root
        .get("kind")
        .and_then(Value::as_str)
        .and_then(kind::find);
    let is_of_spec = spec.is_some_and(|kind| kind.fields.iter().any(|field| field.name == key));
    if METADATA_FIELDS.contains(&key) {
        violation.help(format!(
            "{key} belongs in metadata: indent it below metadata"
        ))
    } else if is_of_spec {
        violation.help(format!("{key} belongs in spec: indent it below spec"))
    } else {
        violation.help(
            "the root has apiVersion, kind, metadata and spec; own data belongs in metadata or spec",
        )
    }
}

/// Builds the violation of a field that is not there.
pub(super) fn missing(pointer: &str) -> Violation {
    Violation::new(pointer, "CAT010", format!("{} is missing", dotted(pointer)))
}

fn check_api_version(value: Option<&Value>, found: &mut Vec<Violation>) {
    match value {
        None | Some(Value::Null) => found.push(missing("/apiVersion").help(
            "most kinds use backstage.io/v1alpha1, templates scaffolder.backstage.io/v1beta3",
        )),
        Some(Value::String(text)) if format::is_api_version(text) => {}
        Some(other) => found.push(Violation::new(
            "/apiVersion",
            "CAT013",
            format!(
                "apiVersion is {}, which is not a version such as backstage.io/v1alpha1",
                show(other)
            ),
        )),
    }
}

fn check_kind(value: Option<&Value>, found: &mut Vec<Violation>) {
    match value {
        None | Some(Value::Null) => {
            found.push(missing("/kind").help("for example kind: Component"));
        }
        Some(Value::String(text)) if format::is_kind(text) => {}
        Some(other) => found.push(
            Violation::new(
                "/kind",
                "CAT014",
                format!("kind is {}, which is not a kind", show(other)),
            )
            .help("a kind is a letter, then letters or digits, at most 63 in all"),
        ),
    }
}

fn check_metadata(metadata: &Map<String, Value>, found: &mut Vec<Violation>) {
    check_name(metadata.get("name"), found);
    match metadata.get("namespace") {
        None => {}
        Some(Value::String(text)) if format::is_dns_label(text) => {}
        Some(other) => found.push(bad_namespace(other)),
    }
    for key in ["uid", "etag", "title"] {
        if let Some(value) = metadata.get(key) {
            check_text(&format!("/metadata/{key}"), value, found);
        }
    }
    if let Some(value) = metadata
        .get("description")
        .filter(|value| !value.is_string())
    {
        found.push(wrong_type("/metadata/description", "a text", value));
    }
    check_map(
        metadata,
        "labels",
        "CAT017",
        Some(format::is_label_value),
        found,
    );
    check_map(metadata, "annotations", "CAT018", None, found);
    check_tags(metadata.get("tags"), found);
    check_links(metadata.get("links"), found);
}

fn check_name(value: Option<&Value>, found: &mut Vec<Violation>) {
    match value {
        None | Some(Value::Null) => found.push(missing("/metadata/name")),
        Some(Value::String(text)) if format::is_object_name(text) => {}
        Some(Value::String(text)) => {
            let long = text.chars().count();
            let why = if long > format::MAX_NAME {
                format!(
                    "it has {long} characters, at most {} are allowed",
                    format::MAX_NAME
                )
            } else {
                "letters, digits, and inside also - _ . are allowed".to_owned()
            };
            let shown = show(&Value::String(text.clone()));
            found.push(
                Violation::new(
                    "/metadata/name",
                    "CAT015",
                    format!("{shown} is not a valid name"),
                )
                .help(why)
                .repair(format::nearest_name(text).map(Repair::Text)),
            );
        }
        Some(other) => found.push(wrong_type("/metadata/name", "a text", other)),
    }
}

fn bad_namespace(value: &Value) -> Violation {
    let Value::String(text) = value else {
        return wrong_type("/metadata/namespace", "a text", value);
    };
    Violation::new(
        "/metadata/namespace",
        "CAT016",
        format!("{} is not a valid namespace", show(value)),
    )
    .help("lower-case letters, digits and inner hyphens are allowed, at most 63")
    .repair(format::nearest_namespace(text).map(Repair::Text))
}

fn check_map(
    metadata: &Map<String, Value>,
    name: &str,
    code: &'static str,
    value_rule: Option<fn(&str) -> bool>,
    found: &mut Vec<Violation>,
) {
    let entries = match metadata.get(name) {
        None => return,
        Some(Value::Object(entries)) => entries,
        Some(other) => return found.push(wrong_type(&format!("/metadata/{name}"), "a map", other)),
    };
    for (key, value) in entries {
        let pointer = format!("/metadata/{name}/{}", escaped(key));
        if !format::is_key(key) {
            found.push(
                Violation::new(&pointer, code, format!("\"{key}\" is not a valid key of metadata.{name}"))
                    .help("a key is a name of at most 63 letters, digits, - _ . with an optional domain/ in front"),
            );
        }
        match value {
            Value::String(text) if value_rule.is_none_or(|rule| rule(text)) => {}
            Value::String(text) => found.push(
                Violation::new(&pointer, code, format!("{} is not a valid value of a label", show(value)))
                    .help("at most 63 letters, digits and inner - _ . are allowed; longer texts belong in annotations")
                    .repair(format::nearest_label_value(text).map(Repair::Text)),
            ),
            other => found.push(wrong_type(&pointer, "a text", other)),
        }
    }
}

fn check_tags(value: Option<&Value>, found: &mut Vec<Violation>) {
    let tags = match value {
        None => return,
        Some(Value::Array(tags)) => tags,
        Some(other) => return found.push(wrong_type("/metadata/tags", "a list", other)),
    };
    for (at, tag) in tags.iter().enumerate() {
        let pointer = format!("/metadata/tags/{at}");
        match tag {
            Value::String(text) if format::is_tag(text) => {}
            Value::String(text) => {
                found.push(
                    Violation::new(&pointer, "CAT019", format!("{} is not a valid tag", show(tag)))
                        .help("lower-case letters, digits, : + # and single inner hyphens are allowed, at most 63")
                        .repair(format::nearest_tag(text).map(Repair::Text)),
                );
            }
            other => found.push(wrong_type(&pointer, "a text", other)),
        }
    }
}

fn check_links(value: Option<&Value>, found: &mut Vec<Violation>) {
    let links = match value {
        None => return,
        Some(Value::Array(links)) => links,
        Some(other) => return found.push(wrong_type("/metadata/links", "a list", other)),
    };
    for (at, link) in links.iter().enumerate() {
        let pointer = format!("/metadata/links/{at}");
        let Value::Object(link) = link else {
            found.push(wrong_type(&pointer, "a map", link));
            continue;
        };
        for key in ["title", "icon", "type"] {
            if let Some(value) = link.get(key) {
                check_text(&format!("{pointer}/{key}"), value, found);
            }
        }
        check_url(&format!("{pointer}/url"), link.get("url"), found);
    }
}

fn check_url(pointer: &str, value: Option<&Value>, found: &mut Vec<Violation>) {
    match value {
        None => found.push(missing(pointer)),
        Some(Value::String(text)) if format::is_script_url(text) => found.push(
            Violation::new(pointer, "CAT020", "a link may not run a script")
                .help("use an https URL"),
        ),
        Some(Value::String(text)) if format::is_absolute_url(text) => {}
        Some(Value::String(text)) => found.push(
            Violation::new(
                pointer,
                "CAT020",
                format!(
                    "{} is not an absolute URL",
                    value.map(show).unwrap_or_default()
                ),
            )
            .help("write it with its scheme, for example https://example.com/page")
            .repair(format::with_scheme(text).map(Repair::Text)),
        ),
        Some(other) => found.push(wrong_type(pointer, "a text", other)),
    }
}
