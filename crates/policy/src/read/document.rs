//! Reads a policy file of ours: one or more YAML documents with roles.
use callboard_diagnostics::{Limits, Node, codes, read_stream};

use super::{Report, names, role};
use crate::{Source, draft::Draft};

/// The format this is.
const API_VERSION: &str = "callboard.dev/v1";

/// The kind of document.
const KIND: &str = "Policy";

/// Reads all documents of a file.
pub(super) fn read(source: &Source, draft: &mut Draft, report: &mut Report) {
    let stream = read_stream(&source.file, source.text.as_bytes(), &Limits::default());
    report.extend(stream.diagnostics);
    if stream.documents.is_empty() && report.count() <= 1 {
        // Not to be taken for a policy that allows nobody anything: the file may be half written.
        let help = "write `apiVersion: callboard.dev/v1`, `kind: Policy` and `roles:`";
        report.error(codes::POL_DOCUMENT, None, "the file holds no policy", help);
    }
    for document in stream.documents {
        if let Some(root) = document.root {
            read_document(&root, &source.text, draft, report);
        }
    }
}

fn read_document(root: &Node, text: &str, draft: &mut Draft, report: &mut Report) {
    let known = ["apiVersion", "kind", "roles"];
    // What a document is comes first; in another kind of document all keys are unknown.
    if !says(root, "apiVersion", API_VERSION, report) || !says(root, "kind", KIND, report) {
        return;
    }
    report.map(root, "a policy", &known);
    let Some(roles) = root.get("roles") else {
        let span = root.place("");
        let help = "add `roles:` with a list; an empty list allows nobody anything";
        report.error(codes::POL_MISSING, span, "the policy has no `roles`", help);
        return;
    };
    for node in report.list(roles, "`roles`") {
        if report.is_full() {
            return;
        }
        if !draft.has_room(0) {
            report.too_many(node.place(""));
            return;
        }
        role::read(node, text, draft, report);
    }
}

/// Checks one of the two keys that say what a document is.
fn says(root: &Node, key: &str, wanted: &str, report: &mut Report) -> bool {
    let found = root.get(key);
    if found.and_then(Node::as_str) == Some(wanted) {
        return true;
    }
    let help = format!("write `{key}: {wanted}`");
    let (span, message) = match found {
        Some(node) => {
            let found = node.as_str().map_or(node.type_name().to_owned(), |text| {
                format!("\"{}\"", names::shown(text))
            });
            let message = format!("`{key}` is {found}, which is not read here");
            (node.span, message)
        }
        None if root.entries().is_empty() => {
            let message = format!("a policy is a map, and this is {}", root.type_name());
            (root.span, message)
        }
        None => (root.place(""), format!("the document has no `{key}`")),
    };
    report.error(codes::POL_DOCUMENT, span, message, help);
    false
}
