//! Reads a YAML stream into documents with places, as Backstage (npm `yaml`, core schema) reads it.
mod anchors;
mod budget;
mod build;
mod cursor;
mod frame;
mod key;
mod number;
mod reject;
mod repair;
mod report;
mod scalar;
mod split;
mod syntax;
mod text;

use callboard_model::Diagnostic;

use crate::Node;
use budget::Budget;
use report::Report;

/// Bounds on what one file may ask of us.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of text; more is refused before parsing. Aliases may copy as much again.
    pub bytes: usize,
    /// Nesting of maps and lists; values above 500 count as 500.
    pub depth: usize,
    /// Values in all documents together, and as many again for those that aliases copy.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10 * 1024 * 1024,
            depth: 100,
            nodes: 1_000_000,
        }
    }
}

/// One document of a stream.
#[derive(Debug, Clone)]
pub struct Document {
    /// Position in the stream, counted from 0; empty documents are not counted in.
    pub index: usize,
    /// The tree; absent when the document could not be read.
    pub root: Option<Node>,
}

/// What was read from one file.
#[derive(Debug, Clone, Default)]
pub struct Stream {
    /// Documents in order, without empty ones.
    pub documents: Vec<Document>,
    /// Problems of reading; `file` is the given name.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a stream. A document that cannot be read gives a diagnostic and does not stop the ones after it.
#[must_use]
pub fn read_stream(file: &str, bytes: &[u8], limits: &Limits) -> Stream {
    if let Some(diagnostic) = reject::whole_file(file, bytes, limits) {
        return Stream {
            documents: Vec::new(),
            diagnostics: vec![diagnostic],
        };
    }
    let mut report = Report::new(file);
    let mut budget = Budget::new(limits);
    let mut documents = Vec::new();
    for chunk in split::chunks(bytes) {
        let root = match text::decode(bytes, &chunk, &mut report) {
            Some(text) => match build::document(&text, &mut budget, &mut report) {
                build::Outcome::Empty => continue,
                build::Outcome::Broken => None,
                build::Outcome::Read(node) => Some(node),
            },
            None => None,
        };
        documents.push(Document {
            index: documents.len(),
            root,
        });
    }
    if documents.is_empty() {
        report.push(reject::nothing(file));
    }
    Stream {
        documents,
        diagnostics: report.finish(),
    }
}
