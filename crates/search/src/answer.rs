//! What a search answers.
use crate::{Document, Field};

/// A part of a text, marked where it is what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The part.
    pub text: String,
    /// Whether it matches.
    pub marked: bool,
}

/// One document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: Document,
    /// Place among all that were found, counted from 1.
    pub rank: usize,
    /// The title, in pieces.
    pub title: Vec<Piece>,
    /// The part of the text that matters most, in pieces.
    pub text: Vec<Piece>,
}

/// The values of a field with the number of documents that have each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// The field.
    pub field: Field,
    /// Values, the most frequent first.
    pub values: Vec<(String, usize)>,
}

/// Answer to a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The documents of this page, the best first.
    pub hits: Vec<Hit>,
    /// How many were found in all.
    pub total: usize,
    /// Counts among what was found. A field is not narrowed by its own filter.
    pub facets: Vec<FacetCounts>,
    /// What was probably meant, when nothing or only something similar was found.
    pub suggestion: Option<String>,
}
