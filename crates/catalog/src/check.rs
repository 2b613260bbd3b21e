//! Warnings about entities that are valid: those one document shows, and those only the whole catalog shows.
use std::collections::BTreeMap;

use callboard_diagnostics::Node;
use callboard_model::{Diagnostic, Fix, Severity, annotation};
use serde_json::Value;

use crate::draft::Draft;

/// Annotations that Backstage has replaced, with what replaces them; an empty text means that it is not a rename.
const DEPRECATED: &[(&str, &str, &str)] = &[
    (
        "backstage.io/github-actions-id",
        "github.com/project-slug",
        "use github.com/project-slug",
    ),
    (
        "jenkins.io/github-folder",
        "jenkins.io/job-full-name",
        "use jenkins.io/job-full-name",
    ),
    (
        "backstage.io/definition-at-location",
        "",
        "put the place of the file into spec.definition as $text",
    ),
];

const LIFECYCLES: &[&str] = &["experimental", "production", "deprecated"];

/// Looks at one document beyond what validation demands.
pub(crate) fn lint_document(file: &str, root: &Node, entity: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    case_clashes(file, root, "", &mut found);
    lint_annotations(file, root, &mut found);
    if let Some(lifecycle) = entity.pointer("/spec/lifecycle").and_then(Value::as_str)
        && !LIFECYCLES.contains(&lifecycle)
        && !lifecycle.is_empty()
    {
        found.push(
            Diagnostic::new(
                "CAT033",
                Severity::Info,
                file,
                format!("the lifecycle \"{lifecycle}\" is not one of the usual ones"),
            )
            .with_span(root.place("/spec/lifecycle"))
            .with_help("people filter by experimental, production and deprecated"),
        );
    }
    found
}

/// Keys that differ only in case would be one key to every filter, so Backstage refuses them.
fn case_clashes(file: &str, node: &Node, path: &str, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for entry in node.entries() {
        if let Some(first) = seen.insert(entry.key.to_lowercase(), &entry.key) {
            found.push(
                Diagnostic::new(
                    "CAT035",
                    Severity::Error,
                    file,
                    format!(
                        "the keys \"{first}\" and \"{}\" differ only in case",
                        entry.key
                    ),
                )
                .with_span(entry.key_span)
                .with_help("filters do not tell them apart; keep one of them"),
            );
        }
        if path.len() < 200 {
            case_clashes(file, &entry.value, &format!("{path}.{}", entry.key), found);
        }
    }
}

fn lint_annotations(file: &str, root: &Node, found: &mut Vec<Diagnostic>) {
    let annotations = root
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"));
    for entry in annotations.map_or(&[][..], Node::entries) {
        if [annotation::LOCATION, annotation::ORIGIN_LOCATION].contains(&entry.key.as_str()) {
            found.push(
                Diagnostic::new(
                    "CAT024",
                    Severity::Info,
                    file,
                    format!(
                        "the catalog sets {} itself; this value is not used",
                        entry.key
                    ),
                )
                .with_span(entry.key_span)
                .with_help("remove the annotation"),
            );
        }
        if let Some((_, better, help)) = DEPRECATED.iter().find(|(old, ..)| *old == entry.key) {
            let mut problem = Diagnostic::new(
                "CAT034",
                Severity::Warning,
                file,
                format!("the annotation {} is deprecated", entry.key),
            )
            .with_span(entry.key_span)
            .with_help(*help);
            problem.fix = (!better.is_empty()).then(|| Fix {
                title: format!("Rename it to {better}"),
                span: entry.key_span,
                replacement: (*better).to_owned(),
            });
            found.push(problem);
        }
    }
}

/// Looks at the references of one entity, given whether the catalog has an entity of some reference.
pub(crate) fn lint_references(
    file: &str,
    draft: &Draft,
    exists: impl Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for edge in &draft.edges {
        let kind = edge.target.split(':').next().unwrap_or_default();
        let is_owner = edge.rule.forward == "ownedBy";
        let problem =
            if is_owner && !matches!(kind, "group" | "user") {
                Diagnostic::new(
                    "CAT032",
                    Severity::Warning,
                    file,
                    format!("the owner {} is neither a group nor a user", edge.target),
                )
                .with_help("owners are groups or users; without a kind, a group is meant")
            } else if exists(&edge.target) {
                continue;
            } else if is_owner {
                Diagnostic::new(
                    "CAT031",
                    Severity::Warning,
                    file,
                    format!("the owner {} is not in the catalog", edge.target),
                )
                .with_help("check the spelling, or register the file that describes it")
            } else {
                Diagnostic::new(
                "CAT030",
                Severity::Warning,
                file,
                format!("{} is not in the catalog ({})", edge.target, edge.rule.forward),
            )
            .with_help(
                "check the spelling, kind and namespace, or register the file that describes it",
            )
            };
        found.push(problem.with_span(edge.span).about(&draft.entity_ref));
    }
    found
}
