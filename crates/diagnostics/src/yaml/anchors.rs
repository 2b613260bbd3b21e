//! Values that aliases may refer to, and keys that stand twice.
use std::collections::HashMap;

use super::{
    budget::Budget,
    frame::Weighed,
    report::{Report, quoted},
};
use crate::{Entry, codes};

/// The anchored values of one document.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    values: HashMap<usize, Weighed>,
}

impl Anchors {
    /// Remembers a value under its anchor; false when that would cost too much.
    pub(super) fn remember(&mut self, anchor: usize, value: &Weighed, budget: &mut Budget) -> bool {
        let fits = budget.copy(value.nodes, value.bytes);
        if fits {
            self.values.insert(anchor, value.clone());
        }
        fits
    }

    /// Returns the value of an anchor; none while it is still being read.
    pub(super) fn get(&self, anchor: usize) -> Option<&Weighed> {
        self.values.get(&anchor)
    }
}

/// Reports keys that stand twice in a map and returns whether there are any.
pub(super) fn report_duplicates(entries: &[Entry], report: &mut Report) -> bool {
    const FEW: usize = 12;
    let mut found = false;
    if entries.len() <= FEW {
        for (at, entry) in entries.iter().enumerate() {
            if let Some(first) = entries[..at].iter().find(|first| first.key == entry.key) {
                report_duplicate(entry, first, report);
                found = true;
            }
        }
        return found;
    }
    let mut seen: HashMap<&str, &Entry> = HashMap::with_capacity(entries.len());
    for entry in entries {
        if let Some(first) = seen.get(entry.key.as_str()) {
            report_duplicate(entry, first, report);
            found = true;
        } else {
            seen.insert(entry.key.as_str(), entry);
        }
    }
    found
}

fn report_duplicate(entry: &Entry, first: &Entry, report: &mut Report) {
    let start = first.key_span.start;
    report.error(
        codes::YML_DUPLICATE_KEY,
        entry.key_span,
        &format!("the key {} stands twice in this map", quoted(&entry.key)),
        &format!(
            "it is first given at line {}, column {}; keep one of them",
            start.line, start.column
        ),
    );
}
