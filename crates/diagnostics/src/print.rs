//! Prints problems: for people, as JSON, as SARIF and as commands for GitHub Actions.
//!
//! `docs/diagnostics/formats.md` describes the three formats that other tools read.
mod diff;
mod excerpt;
mod github;
mod human;
mod json;
mod safe;
mod sarif;

use callboard_model::{Diagnostic, Severity};
use serde::Serialize;

pub use diff::diff;
pub use github::github;
pub use human::human;
pub use json::json;
pub use sarif::sarif;

/// How many problems there are, by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Problems that keep something from being used.
    pub errors: usize,
    /// Problems that do not.
    pub warnings: usize,
    /// Remarks.
    pub infos: usize,
    /// Different files with problems.
    pub files: usize,
}

impl Summary {
    /// Counts problems.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|found| found.severity == severity)
                .count()
        };
        let files: std::collections::BTreeSet<_> = diagnostics
            .iter()
            .map(|found| found.file.as_str())
            .collect();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            files: files.len(),
        }
    }
}

impl std::fmt::Display for Summary {
    /// Writes `3 errors, 1 warning in 2 files`, or `no problems`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.infos, "remark"),
        ];
        let parts: Vec<_> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(*count, word))
            .collect();
        if parts.is_empty() {
            return out.write_str("no problems");
        }
        write!(
            out,
            "{} in {}",
            parts.join(", "),
            counted(self.files, "file")
        )
    }
}

/// Orders problems by file, place and code, so that the same problems always print the same.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|left, right| key(left).cmp(&key(right)));
}

fn key(found: &Diagnostic) -> impl Ord + '_ {
    (
        &found.file,
        found.span.map(|span| (span.start.line, span.start.column)),
        &found.code,
        found.span.map(|span| span.end),
        &found.message,
        &found.entity_ref,
    )
}

/// Returns the problems in printing order.
fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by(|left, right| key(left).cmp(&key(right)));
    sorted
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
