//! Collects the problems of one file, up to a number a person could still use.
use callboard_model::{Diagnostic, Severity, Span};

use crate::codes;

/// More problems than this in one file are counted, not listed.
const LISTED: usize = 500;

/// The problems found so far.
#[derive(Debug)]
pub(super) struct Report {
    file: String,
    listed: Vec<Diagnostic>,
    more: usize,
}

impl Report {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            listed: Vec::new(),
            more: 0,
        }
    }

    /// Returns the name of the file that is read.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if self.listed.len() < LISTED {
            self.listed.push(diagnostic);
        } else {
            self.more += 1;
        }
    }

    /// Returns how much has been found, to go [`Report::back`] to.
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.listed.len(), self.more)
    }

    /// Forgets what was found since a mark.
    pub(super) fn back(&mut self, mark: (usize, usize)) {
        self.listed.truncate(mark.0);
        self.more = mark.1;
    }

    /// Adds an error at a place.
    pub(super) fn error(&mut self, code: &str, span: Span, message: &str, help: &str) {
        self.add(code, Severity::Error, span, message, help);
    }

    /// Adds a warning at a place.
    pub(super) fn warning(&mut self, code: &str, span: Span, message: &str, help: &str) {
        self.add(code, Severity::Warning, span, message, help);
    }

    fn add(&mut self, code: &str, severity: Severity, span: Span, message: &str, help: &str) {
        let diagnostic = Diagnostic::new(code, severity, self.file.as_str(), message);
        self.push(diagnostic.with_span(span).with_help(help));
    }

    /// Returns what was found; the last entry says how many were left out.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.more > 0 {
            let message = format!("{} more problems in this file are not listed", self.more);
            self.listed.push(
                Diagnostic::new(codes::YML_MORE, Severity::Warning, self.file, message)
                    .with_help("repair the ones above first"),
            );
        }
        self.listed
    }
}

/// Returns text from a file for use in a message: short, on one line, in back-ticks.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= LONGEST {
        format!("`{text}`")
    } else {
        format!("`{}…`", line.chars().take(LONGEST).collect::<String>())
    }
}
