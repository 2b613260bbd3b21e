//! What one file gives: entities without relations, further locations, problems.
use std::{path::PathBuf, time::SystemTime};

use callboard_model::{Diagnostic, Span, kind::RelationRule};

use crate::read::Stamp;

pub(crate) mod build;

/// An entity as its file says it, with the annotations of its location but without relations.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Canonical reference.
    pub(crate) entity_ref: String,
    /// SHA-1 of the text.
    pub(crate) digest: [u8; 20],
    /// The text itself. It is let go once it is stored, because a hundred thousand of them take much memory.
    pub(crate) text: Option<Box<Text>>,
    /// Relations it makes.
    pub(crate) edges: Box<[DraftEdge]>,
    /// Where its name stands.
    pub(crate) name_span: Option<Span>,
    /// Messages to show as its status; only a retained entity has any.
    pub(crate) status: Vec<String>,
}

/// The JSON of an entity in two parts; `uid` and `etag` go between the parts and relations after them.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// `{"apiVersion":…,"kind":…,"metadata":{…` without the brace that ends the metadata.
    pub(crate) head: Box<str>,
    /// `,"spec":{…}` or nothing; without the brace that ends the entity.
    pub(crate) tail: Box<str>,
}

/// One relation with the place that makes it.
#[derive(Debug, Clone)]
pub(crate) struct DraftEdge {
    /// Types seen from either end.
    pub(crate) rule: &'static RelationRule,
    /// Canonical reference of the other end.
    pub(crate) target: Box<str>,
    /// Where the reference stands.
    pub(crate) span: Option<Span>,
}

/// Another place to read, named by a Location entity.
#[derive(Debug, Clone)]
pub(crate) struct Emit {
    /// Reference of the Location entity.
    pub(crate) by: String,
    /// Path, glob or URL as written.
    pub(crate) target: String,
    /// Type as written.
    pub(crate) location_type: Option<String>,
    /// Where it is written.
    pub(crate) span: Option<Span>,
    /// Whether a missing file is fine.
    pub(crate) optional: bool,
}

/// Entities that a file should give and, because of an error, does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Lost {
    /// None: the file was read completely.
    #[default]
    Nothing,
    /// These; their documents are readable enough to know the names.
    Refs(Vec<String>),
    /// Nobody knows which.
    Anything,
}

impl Lost {
    /// Adds one document that was lost.
    pub(crate) fn add(&mut self, entity_ref: Option<String>) {
        match (&mut *self, entity_ref) {
            (Self::Refs(refs), Some(new)) => refs.push(new),
            (Self::Nothing, Some(new)) => *self = Self::Refs(vec![new]),
            (_, None) => *self = Self::Anything,
            (Self::Anything, Some(_)) => {}
        }
    }

    /// Whether an entity of this file may be one of the lost.
    pub(crate) fn may_be(&self, entity_ref: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Refs(refs) => refs.iter().any(|lost| lost == entity_ref),
            Self::Anything => true,
        }
    }
}

/// Everything that came of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileOutcome {
    /// Entities in the order of the file.
    pub(crate) drafts: Vec<Draft>,
    /// Further locations.
    pub(crate) emits: Vec<Emit>,
    /// Problems.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What is missing because of problems.
    pub(crate) lost: Lost,
    /// Entities that the rules do not let in: somebody decided that they have no place here.
    pub(crate) refused: Vec<String>,
    /// State of the file when it was read, and when that was; absent for what came from another host.
    pub(crate) stamp: Option<(Stamp, SystemTime)>,
    /// Files that placeholders named, with their state.
    pub(crate) included: Vec<(PathBuf, Option<Stamp>)>,
    /// URLs that this depends on, the file's own first, with the number of the content that was used.
    pub(crate) fetched: Vec<(String, u64)>,
}
