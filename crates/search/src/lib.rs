//! Full-text search over documents in memory: every word has to match, typos are forgiven, and what a caller may not
//! read is not counted.
mod answer;
mod correct;
mod document;
mod engine;
mod field;
mod highlight;
mod matching;
mod query;
mod rank;
mod schema;
mod terms;
mod typo;
mod words;

pub use answer::{Answer, FacetCounts, Hit, Piece};
pub use document::{Document, id_hash};
pub use engine::{Engine, SearchError};
pub use field::Field;
pub use query::{Allowed, MAX_DEPTH, MAX_LIMIT, MAX_TERM, MAX_WORDS, Request};

/// The type of documents that are entities of the catalog.
pub const SOFTWARE_CATALOG: &str = "software-catalog";
