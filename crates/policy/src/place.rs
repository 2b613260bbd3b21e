//! Where something was written.
use std::sync::Arc;

use callboard_model::Span;

/// A place in a file; no span where the file as a whole is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Arc<str>,
    pub(crate) span: Option<Span>,
}

impl Place {
    /// The place of what no file has.
    pub(crate) fn whole(file: &str) -> Self {
        Self {
            file: file.into(),
            span: None,
        }
    }

    /// Returns line and column, counted from 1; 0 where no line is known.
    pub(crate) fn line_and_column(&self) -> (u32, u32) {
        self.span
            .map_or((0, 0), |span| (span.start.line, span.start.column))
    }
}
