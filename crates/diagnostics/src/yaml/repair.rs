//! Repairs of text that are certain enough to be offered: tabs, missing quotes, stray backslashes.
use callboard_model::{Diagnostic, Fix, Position, Severity};
use saphyr_parser::ScalarStyle;

use super::{syntax::Scene, text::Text};
use crate::codes;

/// Adds a repair if there is one.
pub(super) fn attach(diagnostic: Diagnostic, fix: Option<Fix>) -> Diagnostic {
    match fix {
        Some(fix) => diagnostic.with_fix(fix),
        None => diagnostic,
    }
}

/// Explains a failure by a tab in the indentation, if there is one on the line or the parser says so.
pub(super) fn tabs(info: &str, scene: &Scene<'_, '_>, file: &str) -> Option<Diagnostic> {
    let body = scene.text.body;
    let mut start = scene.text.line_at(scene.at).0;
    if info.contains("tab") && !info.contains("tag") {
        start += lines(&body[start..]).find(|(_, line)| has_tab(line))?.0;
    }
    has_tab(scene.text.line_at(start).1).then(|| tab_line(scene.text, start, file))
}

/// Returns where the line of a place starts, if only white space with a tab stands before the place.
pub(super) fn tab_before(text: &Text<'_>, place: Position) -> Option<usize> {
    let before = &text.body[..text.byte(place)];
    let line = before.trim_end_matches([' ', '\t']);
    let is_indent = line.is_empty() || line.ends_with(['\n', '\r']);
    (is_indent && before[line.len()..].contains('\t')).then_some(line.len())
}

/// Explains a tab in the indentation of the line that starts at a byte, and repairs the lines from there on.
pub(super) fn tab_line(text: &Text<'_>, start: usize, file: &str) -> Diagnostic {
    let (_, line) = text.line_at(start);
    let run = lines(&text.body[start..])
        .take_while(|(_, line)| has_tab(line))
        .last();
    let end = start + run.map_or(line.len(), |(at, line)| at + line.len());
    let replacement = text.body[start..end]
        .split_inclusive('\n')
        .map(without_tabs)
        .collect();
    let message = "this line is indented with a tab, and YAML allows only spaces there";
    let span = text.span(start, start + indent_length(line));
    Diagnostic::new(codes::YML_TAB, Severity::Error, file, message)
        .with_span(span)
        .with_help("set the editor to insert spaces for YAML files")
        .with_fix(Fix {
            title: "indent with spaces".to_owned(),
            span: text.span(start, end),
            replacement,
        })
}

/// Explains an unknown escape in double-quoted text.
pub(super) fn escape(scene: &Scene<'_, '_>, file: &str) -> Diagnostic {
    let body = scene.text.body;
    let at = first_bad_escape(&body[scene.at..]).map_or(scene.at, |found| scene.at + found);
    let length = body[at..]
        .chars()
        .take(2)
        .map(char::len_utf8)
        .sum::<usize>();
    let found = &body[at..at + length];
    let span = scene.text.span(at, at + length);
    let diagnostic = Diagnostic::new(
        codes::YML_ESCAPE,
        Severity::Error,
        file,
        format!("`{found}` is not an escape that YAML knows"),
    )
    .with_span(span)
    .with_help("inside double quotes a backslash is written `\\\\`; inside single quotes it stands for itself");
    let is_escape = found.starts_with('\\') && length > 1;
    let fix = is_escape.then(|| Fix {
        title: "write the backslash twice".to_owned(),
        span,
        replacement: format!("\\{found}"),
    });
    attach(diagnostic, fix)
}

/// Offers quotes around a plain value that holds `: `.
pub(super) fn quote_from_last(scene: &Scene<'_, '_>) -> Option<Fix> {
    let (span, style) = scene.last?;
    if style != ScalarStyle::Plain {
        return None;
    }
    quote_line_rest(scene, scene.text.byte(span.start))
}

/// Offers quotes around everything from a byte to the end of its line, without a trailing comment.
pub(super) fn quote_line_rest(scene: &Scene<'_, '_>, from: usize) -> Option<Fix> {
    if scene.bracket.is_some() {
        return None;
    }
    let (start, line) = scene.text.line_at(from);
    let rest = &line[from - start..];
    let value = rest
        .split_once(" #")
        .map_or(rest, |(value, _)| value)
        .trim_end();
    if value.is_empty() || value.contains(['"', '\\', '\'']) || value.ends_with(':') {
        return None;
    }
    Some(Fix {
        title: "put quotes around the value".to_owned(),
        span: scene.text.span(from, from + value.len()),
        replacement: format!("\"{value}\""),
    })
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

fn indent_length(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn has_tab(line: &str) -> bool {
    let indent = indent_length(line);
    indent < line.len() && line[..indent].contains('\t')
}

/// Two spaces for each tab of the indentation, as YAML is mostly written.
fn without_tabs(line: &str) -> String {
    let (indent, rest) = line.split_at(indent_length(line));
    format!("{}{rest}", indent.replace('\t', "  "))
}

fn first_bad_escape(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            let (_, escaped) = characters.next()?;
            if !"0abtnvfre \"/\\N_LPxuU\t\n\r".contains(escaped) {
                return Some(at);
            }
        }
    }
    None
}
