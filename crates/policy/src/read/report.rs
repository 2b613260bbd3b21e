//! Collects the problems of one file.
use std::sync::Arc;

use callboard_diagnostics::{Data, Node, codes};
use callboard_model::{Diagnostic, Severity, Span};

use crate::{
    draft::{MAX_ROLES, MAX_RULES},
    place::Place,
};

/// Most problems of one file that are listed.
const MAX_PROBLEMS: usize = 500;

/// The problems of one file so far.
pub(super) struct Report {
    file: Arc<str>,
    found: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.into(),
            found: Vec::new(),
        }
    }

    /// Returns a place in the file.
    pub(super) fn place(&self, span: impl Into<Option<Span>>) -> Place {
        Place {
            file: Arc::clone(&self.file),
            span: span.into(),
        }
    }

    /// Adds what was found before the content was looked at.
    pub(super) fn extend(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
    }

    /// Adds an error with what to do about it.
    pub(super) fn error(
        &mut self,
        code: &str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(
            code,
            Severity::Error,
            span.into(),
            message.into(),
            help.into(),
        );
    }

    /// Adds a warning with what to do about it.
    pub(super) fn warning(
        &mut self,
        code: &str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(
            code,
            Severity::Warning,
            span.into(),
            message.into(),
            help.into(),
        );
    }

    fn push(
        &mut self,
        code: &str,
        severity: Severity,
        span: Option<Span>,
        message: String,
        help: String,
    ) {
        if self.found.len() < MAX_PROBLEMS {
            let problem = Diagnostic::new(code, severity, &*self.file, message);
            self.found.push(problem.with_span(span).with_help(help));
        } else if self.found.len() == MAX_PROBLEMS {
            let message = format!("there are more than {MAX_PROBLEMS} problems");
            let problem =
                Diagnostic::new(codes::POL_TOO_MANY, Severity::Error, &*self.file, message);
            self.found
                .push(problem.with_help("the rest is not listed; correct these first"));
        }
    }

    /// Says that there is no room for more.
    pub(super) fn too_many(&mut self, span: impl Into<Option<Span>>) {
        let message = format!("there are more than {MAX_ROLES} roles or {MAX_RULES} rules");
        let help = "give roles to groups instead of users, and name permissions with `*`";
        self.error(codes::POL_TOO_MANY, span, message, help);
    }

    /// Returns whether so much is wrong that looking further helps nobody.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() > MAX_PROBLEMS
    }

    /// Returns how many problems there are so far.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Returns all problems.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Returns the text of a value, which has to be text that is not empty.
    pub(super) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        match node.as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.trim()),
            found => {
                let kind = found.map_or(node.type_name(), |_| "empty");
                let is_scalar = matches!(node.data, Data::Number(_) | Data::Bool(_));
                let help = if is_scalar {
                    "put it in quotes"
                } else {
                    "write text"
                };
                let message = format!("{what} has to be text, and this is {kind}");
                self.error(codes::POL_TYPE, node.span, message, help);
                None
            }
        }
    }

    /// Returns the items of a list; a value that is no list is an error.
    pub(super) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        if !matches!(node.data, Data::Sequence(_)) {
            let message = format!("{what} has to be a list, and this is {}", node.type_name());
            let help = "start each item with a dash, or write [a, b]";
            self.error(codes::POL_TYPE, node.span, message, help);
        }
        node.items()
    }

    /// Returns whether a value is a map with no other keys than these.
    pub(super) fn map(&mut self, node: &Node, what: &str, known: &[&str]) -> bool {
        if !matches!(node.data, Data::Mapping(_)) {
            let message = format!("{what} has to be a map, and this is {}", node.type_name());
            let help = format!("its keys are {}", super::names::listed(known));
            self.error(codes::POL_TYPE, node.span, message, help);
            return false;
        }
        for entry in node.entries() {
            if !known.contains(&entry.key.as_str()) {
                let shown = super::names::shown(&entry.key);
                let message = format!("{what} has no key `{shown}`");
                let help = super::names::meant(&entry.key, known);
                self.error(codes::POL_KEY, entry.key_span, message, help);
            }
        }
        true
    }
}

/// Returns one value or the items of a list.
pub(super) fn one_or_list(node: &Node) -> &[Node] {
    match node.data {
        Data::Sequence(_) => node.items(),
        _ => std::slice::from_ref(node),
    }
}
