//! Counts what a file has cost so far.
//!
//! Values that stand in the text are given back when their document fails. Copies made for aliases never
//! are: a file with a thousand documents of exploding aliases must not cost a thousand explosions.
use super::Limits;

/// Recursion over a tree (drop, clone, to JSON) must stay within a small stack whatever the caller allows.
const DEEPEST: usize = 500;

/// What may still be spent.
#[derive(Debug)]
pub(super) struct Budget {
    /// Deepest nesting of maps and lists.
    pub(super) depth: usize,
    /// Most values in all documents.
    pub(super) most_nodes: usize,
    nodes: usize,
    current: usize,
    copied_nodes: usize,
    copied_bytes: usize,
    repeated_bytes: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            depth: limits.depth.min(DEEPEST),
            most_nodes: limits.nodes,
            nodes: limits.nodes,
            current: 0,
            copied_nodes: limits.nodes,
            copied_bytes: limits.bytes,
            repeated_bytes: limits.bytes,
        }
    }

    /// Takes one value of the text; false when there are too many.
    pub(super) fn take(&mut self) -> bool {
        self.current += 1;
        self.current <= self.nodes
    }

    /// Takes a copy of a value; false when that would be too much.
    pub(super) fn copy(&mut self, nodes: usize, bytes: usize) -> bool {
        let fits = nodes <= self.copied_nodes && bytes <= self.copied_bytes;
        if fits {
            self.copied_nodes -= nodes;
            self.copied_bytes -= bytes;
        }
        fits
    }

    /// Takes the repeated reading of some bytes; false when that was done too often.
    pub(super) fn repeat(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.repeated_bytes;
        if fits {
            self.repeated_bytes -= bytes;
        }
        fits
    }

    /// Ends a document; only one that is kept has spent its values.
    pub(super) fn finish(&mut self, kept: bool) {
        if kept {
            self.nodes = self.nodes.saturating_sub(self.current);
        }
        self.current = 0;
    }
}
