//! Problems as workflow commands of GitHub Actions, which show them beside the lines of a change.
use callboard_model::{Diagnostic, Severity, Span};

use super::sorted;

/// Prints one [workflow command](https://docs.github.com/actions/reference/workflow-commands-for-github-actions)
/// for each problem.
#[must_use]
pub fn github(diagnostics: &[Diagnostic]) -> String {
    sorted(diagnostics).into_iter().map(command).collect()
}

fn command(found: &Diagnostic) -> String {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut message = found.message.clone();
    if let Some(help) = &found.help {
        message.push('\n');
        message.push_str(help);
    }
    let file = property(&found.file);
    let place = found.span.map(place).unwrap_or_default();
    let title = property(&found.code);
    format!(
        "::{level} file={file}{place},title={title}::{}\n",
        data(&message)
    )
}

/// Columns are only allowed where the place is on one line; ends are the last line and column meant.
fn place(span: Span) -> String {
    let (start, end) = (span.start, span.end);
    if start.line == end.line {
        let last = end.column.saturating_sub(1).max(start.column);
        return format!(
            ",line={},col={},endLine={},endColumn={last}",
            start.line, start.column, end.line
        );
    }
    let last = if end.column == 1 {
        end.line - 1
    } else {
        end.line
    };
    format!(",line={},endLine={}", start.line, last.max(start.line))
}

fn data(text: &str) -> String {
    visible(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Line breaks are written as escapes, everything else that acts on a terminal is made visible.
fn visible(text: &str) -> String {
    text.split('\n')
        .map(|line| {
            line.split('\r')
                .map(super::safe::escaped)
                .collect::<Vec<_>>()
                .join("\r")
        })
        .collect::<Vec<_>>()
        .join("\n")
}
