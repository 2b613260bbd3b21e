//! Templates: steps, and the parameters and outputs that expressions name.
use std::collections::HashSet;

use callboard_diagnostics::{Data, Node, codes};
use callboard_model::{Diagnostic, validate::nearest::nearest};

use super::{Sheet, expression};

/// Looks at the steps and parameters of a template.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    if sheet.kind().is_none_or(|kind| kind.name != "Template") {
        return;
    }
    let Some(spec) = sheet.root.get("spec") else {
        return;
    };
    let steps = spec.get("steps").map_or(&[][..], Node::items);
    check_steps(sheet, steps, found);
    let parameters = spec.get("parameters");
    if let Some(parameters) = parameters {
        check_required(sheet, parameters, found);
    }
    let scope = expression::Scope {
        steps: steps.iter().map(step_id).collect(),
        parameters: known_parameters(parameters),
    };
    for (at, step) in steps.iter().enumerate() {
        expression::lint(sheet, step, &scope, at, found);
    }
    if let Some(output) = spec.get("output") {
        expression::lint(sheet, output, &scope, steps.len(), found);
    }
}

fn step_id(step: &Node) -> Option<&str> {
    step.get("id").and_then(Node::as_str)
}

fn check_steps(sheet: &Sheet<'_>, steps: &[Node], found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (at, step) in steps.iter().enumerate() {
        let is_step = !step.entries().is_empty();
        if is_step && step.get("action").is_none() {
            let place = sheet.first_key(step);
            let message = format!("step {} has no action", at + 1);
            let problem = sheet.problem(codes::CAT_STEP_ACTION, place, message);
            found.push(problem.with_help("name what it does, for example action: fetch:template"));
        }
        let Some(node) = step.get("id") else { continue };
        let Some(id) = node.as_str().filter(|id| !seen.insert(*id)) else {
            continue;
        };
        let message = format!("another step has the id {id} as well");
        let problem = sheet.problem(codes::CAT_REPEATED_STEP, node.span, message);
        found.push(problem.with_help("only one of the outputs can be used; rename one of them"));
    }
}

/// Returns the names of all parameters; nothing when some of them are not in this file.
fn known_parameters(parameters: Option<&Node>) -> Option<HashSet<&str>> {
    let mut names = HashSet::new();
    match parameters {
        Some(parameters) => collect(parameters, &mut names).then_some(names),
        None => Some(names),
    }
}

/// Collects the keys of every `properties`, however deep; false when something is read from elsewhere.
fn collect<'a>(node: &'a Node, names: &mut HashSet<&'a str>) -> bool {
    for entry in node.entries() {
        if entry.key.starts_with('$') {
            return false;
        }
        if entry.key == "properties" {
            let keys = entry.value.entries().iter();
            names.extend(keys.map(|property| property.key.as_str()));
        }
        if !collect(&entry.value, names) {
            return false;
        }
    }
    node.items().iter().all(|item| collect(item, names))
}

/// Keywords that bring further properties.
const COMPOSED: &[&str] = &["allOf", "anyOf", "oneOf", "dependencies", "if", "$ref"];

/// Looks for required parameters that do not exist, on each page and in each object.
fn check_required(sheet: &Sheet<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    let is_composed = COMPOSED.iter().any(|key| node.get(key).is_some());
    if let (Some(required), Some(properties)) = (node.get("required"), node.get("properties"))
        && !is_composed
    {
        let names: HashSet<&str> = properties
            .entries()
            .iter()
            .map(|property| property.key.as_str())
            .collect();
        let known: Vec<&str> = names.iter().copied().take(100).collect();
        for item in required.items() {
            let Some(name) = item.as_str().filter(|name| !names.contains(name)) else {
                continue;
            };
            let message = format!("the parameter {name} is required, and there is none");
            let mut problem = sheet.problem(codes::CAT_REQUIRED_PARAMETER, item.span, message);
            problem.help = Some(match nearest(name, &known) {
                Some(meant) => {
                    problem.fix = sheet.replace(item.span, meant, format!("Write {meant}"));
                    format!("did you mean {meant}?")
                }
                None => "add it to properties, or remove it from required".to_owned(),
            });
            found.push(problem);
        }
    }
    for entry in node.entries() {
        if matches!(entry.value.data, Data::Mapping(_) | Data::Sequence(_)) {
            check_required(sheet, &entry.value, found);
        }
    }
    for item in node.items() {
        check_required(sheet, item, found);
    }
}
