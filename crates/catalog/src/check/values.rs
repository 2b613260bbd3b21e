//! Values that YAML reads otherwise than many people do, and lifecycles nobody filters by.
use callboard_diagnostics::{Data, Entry, Node, codes};
use callboard_model::{Diagnostic, kind::Shape, validate::nearest::nearest};

use super::Sheet;

const LIFECYCLES: &[&str] = &["experimental", "production", "deprecated"];

/// Short forms that mean one of the usual lifecycles.
const SHORT_FORMS: &[(&str, &str)] = &[("prod", "production"), ("exp", "experimental")];

/// Words that YAML 1.1 took for booleans.
const YES: &[&str] = &["yes", "on"];
const NO: &[&str] = &["no", "off"];

/// Keys whose value is meant for people.
const TEXT_KEYS: &[&str] = &[
    "title",
    "description",
    "name",
    "const",
    "label",
    "text",
    "help",
];

/// Looks at scalars.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(lifecycle(sheet));
    let Some(spec) = sheet.root.get("spec") else {
        return;
    };
    let fields = sheet.kind().map_or(&[][..], |kind| kind.fields);
    for entry in spec.entries() {
        let is_text = |shape| matches!(shape, Shape::Text | Shape::AnyText | Shape::OneOf(_));
        let field = fields.iter().find(|field| field.name == entry.key);
        if field.is_none_or(|field| !is_text(field.shape)) && entry.key != "definition" {
            value(sheet, spec, entry, found);
        }
    }
}

fn lifecycle(sheet: &Sheet<'_>) -> Option<Diagnostic> {
    let written = sheet.entity.get("spec")?.get("lifecycle")?.as_str()?;
    if written.is_empty() || LIFECYCLES.contains(&written) {
        return None;
    }
    let message = format!("the lifecycle \"{written}\" is not one of the usual ones");
    let mut problem = sheet
        .problem(
            codes::CAT_LIFECYCLE,
            sheet.root.place("/spec/lifecycle"),
            message,
        )
        .with_help("people filter by experimental, production and deprecated");
    let short = SHORT_FORMS
        .iter()
        .find(|(short, _)| short.eq_ignore_ascii_case(written));
    let meant = short
        .map(|(_, long)| *long)
        .or_else(|| nearest(written, LIFECYCLES));
    if let (Some(meant), (node, true)) = (meant, sheet.root.pointer("/spec/lifecycle")) {
        problem.fix = sheet.replace(node.span, meant, format!("Replace it with {meant}"));
    }
    Some(problem)
}

/// Goes through everything below one key; trees are at most a hundred levels deep.
fn value(sheet: &Sheet<'_>, map: &Node, entry: &Entry, found: &mut Vec<Diagnostic>) {
    match &entry.value.data {
        Data::String(text) if !TEXT_KEYS.contains(&entry.key.as_str()) => {
            found.extend(boolean_word(sheet, map, entry, text));
        }
        Data::Number(number) => {
            found.extend(leading_zero(sheet, &entry.value, &number.to_string()));
        }
        _ => below(sheet, &entry.value, found),
    }
}

fn below(sheet: &Sheet<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    for entry in node.entries() {
        value(sheet, node, entry, found);
    }
    for item in node.items() {
        match &item.data {
            Data::Number(number) => {
                found.extend(leading_zero(sheet, item, &number.to_string()));
            }
            _ => below(sheet, item, found),
        }
    }
}

fn boolean_word(sheet: &Sheet<'_>, map: &Node, entry: &Entry, text: &str) -> Option<Diagnostic> {
    let lower = text.to_ascii_lowercase();
    let is_yes = YES.contains(&lower.as_str());
    let is_plain = sheet.written(entry.value.span) == Some(text);
    if !is_plain || !(is_yes || NO.contains(&lower.as_str())) {
        return None;
    }
    let message = format!("{text} is a text here, not a boolean");
    let mut problem = sheet
        .problem(codes::CAT_BOOLEAN_WORD, entry.value.span, message)
        .with_help("write true or false, or put it in quotes to say that a text is meant");
    if map.get("type").and_then(Node::as_str) == Some("boolean") && entry.key == "default" {
        problem.fix = Some(callboard_model::Fix {
            title: format!("Write {is_yes}"),
            span: entry.value.span,
            replacement: is_yes.to_string(),
        });
    }
    Some(problem)
}

fn leading_zero(sheet: &Sheet<'_>, node: &Node, read: &str) -> Option<Diagnostic> {
    let written = sheet.written(node.span)?;
    let digits = written.trim_start_matches(['-', '+']).as_bytes();
    let is_trap = digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit();
    is_trap.then(|| {
        let message = format!("{written} is read as the number {read}");
        sheet
            .problem(codes::CAT_LEADING_ZERO, node.span, message)
            .with_help("put it in quotes if the zero matters, as in file modes and postal codes")
    })
}
