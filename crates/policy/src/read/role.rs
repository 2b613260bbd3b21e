//! Reads one role of a policy file.
use callboard_diagnostics::{Node, codes};

use super::{Report, names, rule};
use crate::draft::{Draft, DraftRole, Include};

const KEYS: &[&str] = &["name", "description", "members", "includes", "rules"];

/// Reads a role.
pub(super) fn read(node: &Node, text: &str, draft: &mut Draft, report: &mut Report) {
    if !report.map(node, "a role", KEYS) {
        return;
    }
    let name_node = node.get("name");
    let name = match name_node {
        Some(name) => report
            .text(name, "the name of a role")
            .and_then(|text| names::role(report, text, Some(name.span))),
        None => {
            let help = "add `name:`, such as `name: developer`";
            report.error(
                codes::POL_MISSING,
                node.place(""),
                "the role has no `name`",
                help,
            );
            None
        }
    };
    let place = report.place(name_node.map_or(node.place(""), |name| name.span));
    // A role without a valid name is read too, so that all its problems are listed.
    let mut role = DraftRole::new(name.as_deref().unwrap_or_default(), place);
    if let Some(description) = node.get("description") {
        let text = report.text(description, "the description of a role");
        role.description = text.map(str::to_owned);
    }
    members(node, &mut role, report);
    includes(node, &mut role, report);
    if let Some(rules) = node.get("rules") {
        role.rules = rule::read_all(rules, text, draft, report);
    }
    let Some(name) = name else { return };
    match draft.position(&name) {
        Some(at) => twice(&role, &draft.roles[at], report),
        None => draft.define(role),
    }
}

fn twice(role: &DraftRole, first: &DraftRole, report: &mut Report) {
    let (line, _) = first.place.line_and_column();
    let message = format!("the role {} is defined twice", first.name);
    let help = format!(
        "the first is at {}:{line}; put both together, or give one another name",
        first.place.file
    );
    report.error(codes::POL_ROLE_TWICE, role.place.span, message, help);
}

fn members(node: &Node, role: &mut DraftRole, report: &mut Report) {
    let Some(members) = node.get("members") else {
        return;
    };
    for item in report.list(members, "`members`") {
        let Some(text) = report.text(item, "a member") else {
            continue;
        };
        if let Some(subject) = names::member(report, text, Some(item.span)) {
            role.add_member(subject, false);
        }
    }
}

fn includes(node: &Node, role: &mut DraftRole, report: &mut Report) {
    let Some(includes) = node.get("includes") else {
        return;
    };
    for item in report.list(includes, "`includes`") {
        let Some(text) = report.text(item, "the name of a role") else {
            continue;
        };
        if let Some(name) = names::role(report, text, Some(item.span)) {
            let place = report.place(item.span);
            role.includes.push(Include { role: name, place });
        }
    }
}
