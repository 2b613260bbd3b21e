//! Says in plain words what the parser could not read, and offers the repair where one is certain.
mod phrases;

use callboard_model::{Diagnostic, Position, Severity, Span};
use saphyr_parser::ScalarStyle;

use self::phrases::Phrase;
use super::{repair, report::Report, text::Text};
use crate::codes;

/// What to do about nesting that is too deep.
pub(super) const DEPTH_HELP: &str =
    "flatten the document; nobody can read this, and no tool has to";

/// What is known at the place where reading stopped.
#[derive(Debug)]
pub(super) struct Scene<'a, 'b> {
    pub(super) text: &'b Text<'a>,
    /// The byte of the text at which the parser stopped.
    pub(super) at: usize,
    /// The scalar read last.
    pub(super) last: Option<(Span, ScalarStyle)>,
    /// The innermost bracket that is open.
    pub(super) bracket: Option<Position>,
    /// The innermost map or list that is open.
    pub(super) collection: Option<Position>,
}

impl Scene<'_, '_> {
    /// Returns the line of the scalar read last, if that started on an earlier line than where we stopped.
    fn runs_on_from(&self) -> Option<u32> {
        let (span, style) = self.last?;
        let here = self.text.position(self.at);
        (style == ScalarStyle::Plain && span.start.line < here.line && span.end.line >= here.line)
            .then_some(span.start.line)
    }

    /// Returns the place of the last line with text before where we stopped, which is what lacks a colon.
    fn line_before(&self) -> Span {
        let (start, _) = self.text.line_at(self.at);
        let before = self.text.body[..start].trim_end();
        if before.is_empty() || !self.text.body[start..self.at].trim().is_empty() {
            return self.text.char_span(self.at);
        }
        let (start, line) = self.text.line_at(before.len());
        let indent = line.len() - line.trim_start().len();
        self.text.span(start + indent, before.len())
    }

    fn next_char(&self) -> Option<char> {
        self.text.body[self.at..].chars().next()
    }
}

/// Explains a message of the parser.
pub(super) fn explain(info: &str, scene: &Scene<'_, '_>, file: &str) -> Diagnostic {
    if let Some(diagnostic) = repair::tabs(info, scene, file) {
        return diagnostic;
    }
    if let Some(open) = scene.bracket
        && scene.text.body[scene.at..].trim().is_empty()
    {
        return unclosed(scene, open, file);
    }
    let at = if info.starts_with("simple key expect") {
        scene.line_before()
    } else {
        scene.text.char_span(scene.at)
    };
    if info.starts_with("mapping values are not allowed") || info.starts_with("illegal placement") {
        return colon(scene, at, file);
    }
    if info.starts_with("unexpected character") {
        return reserved(scene, at, file);
    }
    if info.contains("unknown escape") {
        return repair::escape(scene, file);
    }
    let Phrase {
        code,
        message,
        help,
    } = phrases::find(info);
    let mut message = (*message).to_owned();
    let mut help = (*help).to_owned();
    if message.is_empty() {
        message = format!("this is not valid YAML: {info}");
    }
    if info.contains("while parsing a flow")
        && let Some(open) = scene.bracket
    {
        help = format!(
            "the bracket opened at line {}, column {} is not closed",
            open.line, open.column
        );
    }
    if *code == codes::YML_INDENT
        && let Some(open) = scene.collection
        && !info.contains("block sequence entries")
    {
        help = format!(
            "align it with column {} of line {}, or indent it below the line above",
            open.column, open.line
        );
    }
    Diagnostic::new(code, Severity::Error, file, message)
        .with_span(at)
        .with_help(help)
}

/// A bracket that is still open at the end of the document.
fn unclosed(scene: &Scene<'_, '_>, open: Position, file: &str) -> Diagnostic {
    let span = scene.text.char_span(scene.text.byte(open));
    Diagnostic::new(
        codes::YML_BRACKET,
        Severity::Error,
        file,
        "the bracket that opens here is not closed",
    )
    .with_span(span)
    .with_help("close it, or quote the value if it is meant as text")
}

/// A `:` where none may stand: missing quotes, a missing colon above, or an open bracket.
fn colon(scene: &Scene<'_, '_>, at: Span, file: &str) -> Diagnostic {
    if let Some(open) = scene.bracket {
        let help = format!(
            "the bracket opened at line {}, column {} is not closed",
            open.line, open.column
        );
        return Diagnostic::new(
            codes::YML_BRACKET,
            Severity::Error,
            file,
            "`:` cannot stand here inside brackets",
        )
        .with_span(at)
        .with_help(help);
    }
    if let Some(line) = scene.runs_on_from() {
        let message = format!("the text that starts on line {line} runs on to this `:`");
        return Diagnostic::new(codes::YML_NO_COLON, Severity::Error, file, message)
            .with_span(at)
            .with_help(format!(
                "put `:` after the key on line {line}, or indent this line like the keys above"
            ));
    }
    let diagnostic = Diagnostic::new(
        codes::YML_SECOND_COLON,
        Severity::Error,
        file,
        "a second `: ` on one line: the value before it cannot also be a key",
    )
    .with_span(at)
    .with_help("put quotes around the value, or start the inner map on its own line");
    repair::attach(diagnostic, repair::quote_from_last(scene))
}

/// A value that starts with a character YAML keeps for itself.
fn reserved(scene: &Scene<'_, '_>, at: Span, file: &str) -> Diagnostic {
    let character = match scene.next_char() {
        Some('`') | None => "a back-tick".to_owned(),
        Some(character) => format!("`{character}`"),
    };
    let message = format!("a value cannot start with {character} unless it is quoted");
    let diagnostic = Diagnostic::new(codes::YML_RESERVED, Severity::Error, file, message)
        .with_span(at)
        .with_help("put quotes around the value");
    repair::attach(diagnostic, repair::quote_line_rest(scene, scene.at))
}

/// Warns about a `%YAML` version whose rules are not applied.
pub(super) fn check_version(text: &Text<'_>, report: &mut Report) {
    let mut at = 0;
    for line in text.body.split_inclusive('\n') {
        if !line.starts_with(['%', '#', '\n', '\r', ' ']) {
            return;
        }
        if let Some(version) = line.strip_prefix("%YAML")
            && !matches!(version.trim(), "" | "1.2")
        {
            report.warning(
                codes::YML_VERSION,
                text.span(at, at + line.trim_end().len()),
                "documents are read as YAML 1.2, whatever version they state",
                "`yes`, `no`, `on` and `off` are text in YAML 1.2; write `true` or `false`",
            );
        }
        at += line.len();
    }
}
