//! A problem in a file a person wrote: code, place, reason and, where one exists, the fix.
use serde::{Deserialize, Serialize};

/// How much a diagnostic matters. Ordered: `Error` sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document, entity or value is not used until this is fixed.
    Error,
    /// It is used, and something about it is probably not what its author meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// Returns the lower-case word used in JSON and on screens.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A place in a text.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// Byte offset from the start of the file, counted from 0.
    pub offset: usize,
}

/// A half-open range of a text: `end` is the first place that no longer belongs to it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// A change to the text that repairs a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the change does, as an imperative sentence.
    pub title: String,
    /// The text to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// One coded problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code such as `CAT001`; documented in the book.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The file as a person would name it: a path or a URL.
    pub file: String,
    /// Where in the file; absent when the file as a whole is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What is wrong: one sentence, lower-case start, no full stop.
    pub message: String,
    /// Why it matters or what to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A change that repairs it, if one is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// The entity it is about, as a canonical reference, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_ref: Option<String>,
}

impl Diagnostic {
    /// Builds a diagnostic about a whole file; narrow it with the `with_` methods.
    #[must_use]
    pub fn new(
        code: &str,
        severity: Severity,
        file: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            file: file.into(),
            span: None,
            message: message.into(),
            help: None,
            fix: None,
            entity_ref: None,
        }
    }

    /// Says where in the file.
    #[must_use]
    pub fn with_span(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a certain repair.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Says which entity is meant.
    #[must_use]
    pub fn about(mut self, entity_ref: impl Into<String>) -> Self {
        self.entity_ref = Some(entity_ref.into());
        self
    }

    /// Returns `file:line:column`, or the file alone when the place is not known.
    #[must_use]
    pub fn place(&self) -> String {
        match self.span {
            Some(span) => format!("{}:{}:{}", self.file, span.start.line, span.start.column),
            None => self.file.clone(),
        }
    }
}
