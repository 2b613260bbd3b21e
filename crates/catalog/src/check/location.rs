//! Location entities that lead nowhere, twice to one place, or only on one machine.
use std::collections::HashSet;

use callboard_diagnostics::{Node, codes};
use callboard_model::Diagnostic;

use super::Sheet;

/// Looks at the targets of a Location.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    if sheet.kind().is_none_or(|kind| kind.name != "Location") {
        return;
    }
    let Some(spec) = sheet.root.get("spec") else {
        return;
    };
    let (target, targets) = (spec.get("target"), spec.get("targets"));
    if target.is_none() && targets.is_none_or(|targets| targets.items().is_empty()) {
        let place = sheet.root.place("/spec");
        let problem = sheet.problem(codes::CAT_NO_TARGETS, place, "the location leads nowhere");
        found.push(problem.with_help("give it a target, or remove it"));
    }
    let is_file = spec
        .get("type")
        .and_then(Node::as_str)
        .is_none_or(|kind| kind == "file");
    let mut seen = HashSet::new();
    if let Some(text) = target.and_then(Node::as_str) {
        seen.insert(text);
    }
    let items = targets.map_or(&[][..], Node::items);
    for node in target.into_iter().chain(items).filter(|_| is_file) {
        found.extend(absolute(sheet, node));
    }
    for (at, node) in items.iter().enumerate() {
        let Some(text) = node.as_str().filter(|text| !seen.insert(*text)) else {
            continue;
        };
        let message = format!("{text} is named twice");
        let mut problem = sheet
            .problem(codes::CAT_REPEATED_TARGET, node.span, message)
            .with_help("it is read once; remove one of them");
        problem.fix = targets.and_then(|targets| sheet.remove_item(targets, at));
        found.push(problem);
    }
}

fn absolute(sheet: &Sheet<'_>, node: &Node) -> Option<Diagnostic> {
    let text = node.as_str().filter(|text| text.starts_with('/'))?;
    let message = format!("{text} is there only where this machine's folders are");
    let problem = sheet.problem(codes::CAT_ABSOLUTE_TARGET, node.span, message);
    Some(problem.with_help("name the file relative to this one"))
}
