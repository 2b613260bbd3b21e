//! Rules about entities beyond what makes them valid: those one document shows, and those only the catalog shows.
//!
//! `docs/diagnostics/catalog.md` describes every rule. None of them opens a socket or a database; the only thing
//! looked at outside the document is whether a folder of documentation exists.
use std::collections::HashMap;

use callboard_diagnostics::{Node, codes};
use callboard_model::{Diagnostic, Severity};

mod annotations;
mod brackets;
mod cycles;
mod definition;
mod expression;
mod fields;
mod fix;
mod graph;
mod location;
mod metadata;
mod paths;
mod people;
mod references;
mod sheet;
mod suggest;
mod template;
mod values;
mod well_known;
mod write;

pub use fix::{FixedFile, Fixes, fix_paths};
pub(crate) use graph::{Member, lint_catalog};
pub use paths::check_paths;
pub(crate) use sheet::Sheet;

/// Most remarks about one document; errors are never left out.
const MAX_REMARKS: usize = 200;

/// Looks at one document beyond what validation demands.
pub(crate) fn lint_document(sheet: &Sheet<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    fields::lint(sheet, &mut found);
    metadata::lint(sheet, &mut found);
    annotations::lint(sheet, &mut found);
    references::lint(sheet, &mut found);
    values::lint(sheet, &mut found);
    definition::lint(sheet, &mut found);
    location::lint(sheet, &mut found);
    template::lint(sheet, &mut found);
    people::lint(sheet, &mut found);
    found.truncate(MAX_REMARKS);
    case_clashes(sheet.file, sheet.root, 0, &mut found);
    found
}

/// Longest path of keys that filters know; what is below is not searched.
const MAX_PATH: usize = 200;

/// Keys that differ only in case would be one key to every filter, so Backstage refuses them.
fn case_clashes(file: &str, node: &Node, path: usize, found: &mut Vec<Diagnostic>) {
    let entries = node.entries();
    if entries.len() > 1 {
        let mut seen: HashMap<String, &str> = HashMap::with_capacity(entries.len());
        for entry in entries {
            let Some(first) = seen.insert(entry.key.to_lowercase(), &entry.key) else {
                continue;
            };
            let message = format!(
                "the keys \"{first}\" and \"{}\" differ only in case",
                entry.key
            );
            let problem = Diagnostic::new(codes::CAT_KEY_CASE, Severity::Error, file, message)
                .with_span(entry.key_span)
                .with_help("filters do not tell them apart; keep one of them");
            found.push(problem);
        }
    }
    for entry in entries.iter().filter(|_| path < MAX_PATH) {
        case_clashes(file, &entry.value, path + 1 + entry.key.len(), found);
    }
}
