//! References of one entity: to itself, to the wrong kind, and given twice.
use std::collections::HashSet;

use callboard_diagnostics::{Data, Node, codes};
use callboard_model::{
    Diagnostic, EntityRef,
    kind::{Field, Kind},
    validate,
};
use serde_json::Value;

use super::Sheet;

/// Looks at the fields that make relations.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(kind), Some(own), Some(spec)) = (
        sheet.kind(),
        validate::reference_of(sheet.entity),
        sheet.root.get("spec"),
    ) else {
        return;
    };
    found.extend(no_owner(sheet, kind, spec));
    let Some(Value::Object(values)) = sheet.entity.get("spec") else {
        return;
    };
    for field in kind.fields_for(values) {
        if let (Some(_), Some(value)) = (field.relation, spec.get(field.name)) {
            references(sheet, &own, field, value, found);
        }
    }
}

fn no_owner(sheet: &Sheet<'_>, kind: &Kind, spec: &Node) -> Option<Diagnostic> {
    let owner = kind.fields.iter().find(|field| field.name == "owner")?;
    (!owner.required && spec.get("owner").is_none()).then(|| {
        let place = sheet.root.place("/metadata/name");
        sheet
            .problem(codes::CAT_NO_OWNER, place, "nobody owns this")
            .with_help("name a group in spec.owner")
    })
}

fn references(
    sheet: &Sheet<'_>,
    own: &EntityRef,
    field: &Field,
    value: &Node,
    found: &mut Vec<Diagnostic>,
) {
    let single = std::slice::from_ref(value);
    let nodes = match value.data {
        Data::Sequence(_) => value.items(),
        _ => single,
    };
    let default_kind = field.relation.and_then(|rule| rule.default_kind);
    let mut seen = HashSet::new();
    for (at, node) in nodes.iter().enumerate() {
        let target = node
            .as_str()
            .and_then(|text| EntityRef::parse(text, default_kind, &own.namespace).ok());
        let Some(target) = target else { continue };
        if target == *own {
            let message = format!("{target} names itself in spec.{}", field.name);
            let problem = sheet.problem(codes::CAT_SELF_REFERENCE, node.span, message);
            found.push(problem.with_help("remove it, or name the other entity that is meant"));
        }
        found.extend(wrong_kind(sheet, field, node, &target, default_kind));
        if seen.contains(&target) {
            let message = format!("{target} is already in spec.{}", field.name);
            let mut problem = sheet
                .problem(codes::CAT_REPEATED_REFERENCE, node.span, message)
                .with_help("remove one of them");
            problem.fix = sheet.remove_item(value, at);
            found.push(problem);
        } else {
            seen.insert(target);
        }
    }
}

fn wrong_kind(
    sheet: &Sheet<'_>,
    field: &Field,
    node: &Node,
    target: &EntityRef,
    default_kind: Option<&str>,
) -> Option<Diagnostic> {
    // Owners have a rule of their own, because they are of two kinds.
    let wanted = default_kind.filter(|_| field.name != "owner")?;
    (!target.kind.eq_ignore_ascii_case(wanted)).then(|| {
        let message = format!(
            "spec.{} names {target}, which is not of kind {wanted}",
            field.name
        );
        sheet
            .problem(codes::CAT_REFERENCE_KIND, node.span, message)
            .with_help("the page of the entity looks here for no other kind")
    })
}
