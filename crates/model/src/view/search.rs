//! What the search page and the palette show.
use serde::{Deserialize, Serialize};

use super::{EntityLabel, Facet};

/// What the search page asks for; every field is part of its URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    /// Words that all have to match.
    pub q: String,
    /// Types of documents, any of them.
    #[serde(rename = "type")]
    pub types: Vec<String>,
    /// Kinds in any case, any of them.
    pub kind: Vec<String>,
    /// Lifecycles, any of them.
    pub lifecycle: Vec<String>,
    /// Owner references, any of them.
    pub owner: Vec<String>,
    /// Page, counted from 1; 0 means 1.
    pub page: u32,
}

/// A part of a text, marked where it is what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The part.
    pub text: String,
    /// Whether it matches.
    pub marked: bool,
}

/// One thing that was found, as short as a list of suggestions needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The entity that it is, or belongs to.
    pub label: EntityLabel,
    /// What it is called, in pieces.
    pub title: Vec<Piece>,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// Name of the owner.
    pub owner: Option<String>,
    /// Address of its page, within this portal.
    pub location: String,
}

/// One thing that was found, with all that the page shows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRow {
    /// What it is.
    pub hit: SearchHit,
    /// What sort of document it is, for example `software-catalog`.
    pub doc_type: String,
    /// The part of its text that matters most, in pieces.
    pub text: Vec<Piece>,
    /// The owner.
    pub owner: Option<EntityLabel>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
}

/// Answer to [`SearchQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchView {
    /// The best first.
    pub rows: Vec<SearchRow>,
    /// How many things match.
    pub total: usize,
    /// This page, counted from 1.
    pub page: u32,
    /// Number of pages that can be turned to, at least 1.
    pub pages: u32,
    /// Values to filter by.
    pub facets: Vec<Facet>,
    /// Microseconds that the search took.
    pub took_us: u64,
    /// True until everything can be found.
    pub indexing: bool,
    /// Words that were probably meant.
    pub suggestion: Option<String>,
}
