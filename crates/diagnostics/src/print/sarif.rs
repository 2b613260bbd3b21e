//! Problems as a [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) log.
use std::{collections::BTreeSet, fmt::Write as _};

use callboard_model::{Diagnostic, Fix, Severity, Span};
use serde_json::{Value, json};

use super::{safe, sorted};
use crate::rule;

/// Prints problems as a SARIF log with one run; it lists the rules that occur.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic]) -> String {
    let codes: BTreeSet<&str> = diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results: Vec<_> = sorted(diagnostics)
        .iter()
        .map(|found| result(found, &codes))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Callboard",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| descriptor(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    safe::json(&format!("{log:#}\n"))
}

fn descriptor(code: &str) -> Value {
    match rule(code) {
        Some(rule) => json!({
            "id": rule.code,
            "name": rule.name,
            "shortDescription": { "text": rule.summary },
            "fullDescription": { "text": rule.explanation },
            "help": { "text": rule.explanation, "markdown": rule.explanation },
            "helpUri": rule.reference(),
            "defaultConfiguration": { "level": level(rule.severity) },
        }),
        None => json!({ "id": code }),
    }
}

fn result(found: &Diagnostic, codes: &[&str]) -> Value {
    let text = match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    };
    let mut physical = json!({ "artifactLocation": { "uri": uri(&found.file) } });
    if let Some(span) = found.span {
        physical["region"] = region(span);
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(entity) = &found.entity_ref {
        location["logicalLocations"] =
            json!([{ "fullyQualifiedName": entity, "kind": "resource" }]);
    }
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": codes.binary_search(&found.code.as_str()).unwrap_or_default(),
        "level": level(found.severity),
        "message": { "text": text },
        "locations": [location],
    });
    if let Some(fix) = &found.fix {
        result["fixes"] = json!([change(&found.file, fix)]);
    }
    result
}

fn change(file: &str, fix: &Fix) -> Value {
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(file) },
            "replacements": [{
                "deletedRegion": region(fix.span),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

/// SARIF's end column is the one after the last character, as ours is.
fn region(span: Span) -> Value {
    json!({
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
        "byteOffset": span.start.offset,
        "byteLength": span.end.offset.saturating_sub(span.start.offset),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A URL stays; an absolute path becomes a `file` URL; a relative path is encoded and stays relative.
fn uri(file: &str) -> String {
    if file.contains("://") {
        return encoded(file, b":?&=#%@+,;");
    }
    let path = file.strip_prefix("./").unwrap_or(file);
    let path = encoded(path, b"@+,;=");
    if path.starts_with('/') {
        format!("file://{path}")
    } else {
        path
    }
}

fn encoded(text: &str, more: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let stays =
            byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) || more.contains(&byte);
        if stays {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
