//! Reads the file of Backstage's RBAC plugin with conditional policies.
use std::sync::Arc;

use callboard_diagnostics::{Data, Limits, Node, codes, read_stream};

use super::{Report, condition, csv, names};
use crate::{
    Action, Effect, PERMISSIONS, Source,
    draft::{Draft, Origin, Rule},
    matcher::Matcher,
};

const KEYS: &[&str] = &[
    "id",
    "result",
    "roleEntityRef",
    "pluginId",
    "resourceType",
    "permissionMapping",
    "conditions",
];

/// Reads all documents of the file.
pub(super) fn read(source: &Source, draft: &mut Draft, report: &mut Report) {
    let stream = read_stream(&source.file, source.text.as_bytes(), &Limits::default());
    report.extend(stream.diagnostics);
    for root in stream
        .documents
        .into_iter()
        .filter_map(|document| document.root)
    {
        if report.is_full() {
            return;
        }
        if !read_document(&root, draft, report) {
            report.too_many(root.place(""));
            return;
        }
    }
}

/// Reads one policy; returns whether there was room for it.
fn read_document(root: &Node, draft: &mut Draft, report: &mut Report) -> bool {
    if !report.map(root, "a conditional policy", KEYS) {
        return true;
    }
    if let Some(result) = root.get("result")
        && result.as_str() != Some("CONDITIONAL")
    {
        let help = "write `result: CONDITIONAL`; what is always allowed or denied belongs into the CSV file";
        report.error(
            codes::POL_DOCUMENT,
            result.span,
            "`result` has to be CONDITIONAL",
            help,
        );
    }
    let needed = KEYS.iter().skip(1).map(|key| (*key, root.get(key)));
    for (key, _) in needed.filter(|(_, value)| value.is_none()) {
        let message = format!("the policy has no `{key}`");
        report.error(
            codes::POL_MISSING,
            root.place(""),
            message,
            format!("add `{key}:`"),
        );
    }
    let role = root.get("roleEntityRef").and_then(|node| {
        let text = report.text(node, "`roleEntityRef`")?;
        names::role(report, text, Some(node.span)).map(|name| (name, node.span))
    });
    let Some(of_type) = type_of(root, report) else {
        return true;
    };
    let condition = root
        .get("conditions")
        .and_then(|node| condition::read(node, Some(of_type), report))
        .map(|condition| draft.shared(condition));
    let items = root.get("permissionMapping").map_or(&[][..], |mapping| {
        report.list(mapping, "`permissionMapping`")
    });
    if !draft.has_room(items.len()) {
        return false;
    }
    for item in items {
        let Some((pattern, matcher)) = pattern(item, of_type, report) else {
            continue;
        };
        // Without a role or condition there is an error, so that nothing comes of the policy anyway.
        let (Some((name, span)), Some(condition)) = (&role, &condition) else {
            continue;
        };
        let rule = Rule {
            effect: Effect::Allow,
            pattern,
            matcher,
            condition: Some(Arc::clone(condition)),
            guard: None,
            origin: Origin::Conditional,
            place: report.place(item.place("")),
        };
        let place = || report.place(*span);
        draft.role(name, place).rules.push(rule);
    }
    true
}

/// Returns the type of thing the policy is about; nothing, with a warning, if nothing here has this type.
fn type_of(root: &Node, report: &mut Report) -> Option<&'static str> {
    let node = root.get("resourceType")?;
    let text = report.text(node, "`resourceType`")?;
    let Some(known) = PERMISSIONS
        .iter()
        .find(|known| known.resource_type == Some(text))
    else {
        let message = format!("nothing here asks for a {}", names::shown(text));
        let mut types: Vec<_> = PERMISSIONS
            .iter()
            .filter_map(|known| known.resource_type)
            .collect();
        types.dedup();
        let help = format!(
            "the policy is left out; there are {}",
            names::listed(&types)
        );
        report.warning(codes::POL_NO_EFFECT, node.span, message, help);
        return None;
    };
    let plugin = root.get("pluginId")?;
    let written = report.text(plugin, "`pluginId`")?;
    if written != known.plugin {
        let message = format!(
            "a {text} does not belong to the plugin {}",
            names::shown(written)
        );
        let help = format!("the policy is left out; write `pluginId: {}`", known.plugin);
        report.warning(codes::POL_NO_EFFECT, plugin.span, message, help);
        return None;
    }
    known.resource_type
}

/// Reads one action, or a permission with its action.
fn pattern(node: &Node, of_type: &str, report: &mut Report) -> Option<(String, Matcher)> {
    let (name, action_node) = match node.data {
        Data::Mapping(_) => {
            report.map(node, "a permission", &["name", "action"]);
            let (name, action) = (node.get("name"), node.get("action"));
            let (Some(name), Some(action)) = (name, action) else {
                let help = "write `{ name: catalog.entity.read, action: read }`";
                let message = "the permission needs `name` and `action`";
                report.error(codes::POL_MISSING, node.place(""), message, help);
                return None;
            };
            (report.text(name, "the name of a permission")?, action)
        }
        _ => (of_type, node),
    };
    let text = report.text(action_node, "an action")?;
    let Some(action) = csv::read_action(text) else {
        let message = format!("\"{}\" is not an action", names::shown(text));
        let help = "write create, read, update, delete or use";
        report.error(codes::POL_CONDITION, action_node.span, message, help);
        return None;
    };
    let matcher = Matcher::Action {
        of: name.to_owned(),
        action,
    };
    csv::check_effect(&matcher, name, action, node.place(""), report);
    Some((
        format!("{name}, {}", action.map_or("use", Action::as_str)),
        matcher,
    ))
}
