//! Reads the parameters of a rule.
use callboard_diagnostics::{Data, Entry, Node, codes};
use callboard_model::{EntityRef, entity_ref::DEFAULT_NAMESPACE};
use serde_json::{Map, Value};

use super::{Report, names};
use crate::{
    RuleInfo,
    condition::{CURRENT_USER, OWNER_REFS},
    rule_info::{Form, Param},
};

/// Longest value that the index of the catalog keeps, in characters.
const MAX_VALUE: usize = 200;

/// Reads the parameters of the rule in a condition; nothing if one is missing or wrong.
pub(super) fn read(
    condition: &Node,
    info: &RuleInfo,
    report: &mut Report,
) -> Option<Map<String, Value>> {
    let before = report.count();
    let mut read = Map::new();
    let known: Vec<_> = info.params.iter().map(|param| param.name).collect();
    if let Some(params) = condition.get("params") {
        if !matches!(params.data, Data::Mapping(_)) {
            let message = format!(
                "`params` has to be a map, and this is {}",
                params.type_name()
            );
            let help = format!("`{}` takes {}", info.name, names::listed(&known));
            report.error(codes::POL_TYPE, params.span, message, help);
            return None;
        }
        for entry in params.entries() {
            match info.params.iter().find(|param| param.name == entry.key) {
                Some(param) => {
                    if let Some(value) = value(entry, param, report) {
                        read.insert(entry.key.clone(), value);
                    }
                }
                None => unknown(entry, info, &known, report),
            }
        }
    }
    let span = condition.place("/params");
    let span = condition
        .get("params")
        .map_or(span, |params| params.place(""));
    for param in info.params.iter().filter(|param| param.is_required) {
        let is_there = condition
            .get("params")
            .is_some_and(|params| params.get(param.name).is_some());
        if !is_there {
            let message = format!("`{}` needs the parameter `{}`", info.name, param.name);
            let help = format!("{}; {}", param.description, param.form.expected());
            report.error(codes::POL_PARAMETER, span, message, help);
        }
    }
    (report.count() == before).then_some(read)
}

fn unknown(entry: &Entry, info: &RuleInfo, known: &[&str], report: &mut Report) {
    let message = format!(
        "`{}` has no parameter `{}`",
        info.name,
        names::shown(&entry.key)
    );
    let help = names::meant(&entry.key, known);
    report.error(codes::POL_PARAMETER, entry.key_span, message, help);
}

fn value(entry: &Entry, param: &Param, report: &mut Report) -> Option<Value> {
    let node = &entry.value;
    match (param.form, &node.data) {
        (Form::Text, Data::String(text)) => one_text(node, text, param, report),
        (Form::Number, Data::Number(number)) => Some(Value::Number(number.clone())),
        (Form::Boolean, Data::Bool(value)) => Some(Value::Bool(*value)),
        (form, Data::Sequence(items)) if form.is_list() && !items.is_empty() => {
            let items: Vec<_> = items
                .iter()
                .map(|item| match &item.data {
                    Data::String(text) => item_text(item, text, param, report),
                    _ => wrong(item, param, report),
                })
                .collect();
            items
                .into_iter()
                .collect::<Option<Vec<_>>>()
                .map(Value::Array)
        }
        _ => wrong(node, param, report),
    }
}

fn wrong(node: &Node, param: &Param, report: &mut Report) -> Option<Value> {
    let found = match &node.data {
        Data::Sequence(items) if items.is_empty() => "an empty list",
        _ => node.type_name(),
    };
    let message = format!(
        "`{}` has to be {}, and this is {found}",
        param.name,
        param.form.expected()
    );
    let help = match (&node.data, param.form) {
        (Data::Number(_) | Data::Bool(_), Form::Text) => "put it in quotes".to_owned(),
        (Data::String(_), form) if form.is_list() => "put it in brackets: [ … ]".to_owned(),
        _ => param.description.to_owned(),
    };
    report.error(codes::POL_PARAMETER, node.span, message, help);
    None
}

/// Checks a text that stands alone.
fn one_text(node: &Node, text: &str, param: &Param, report: &mut Report) -> Option<Value> {
    if text == OWNER_REFS {
        let message = format!(
            "`{OWNER_REFS}` stands for a list, and `{}` is one text",
            param.name
        );
        let help = format!("`{CURRENT_USER}` stands for one reference");
        report.error(codes::POL_PARAMETER, node.span, message, help);
        return None;
    }
    if text.is_empty() && param.is_required {
        let message = format!("`{}` is empty", param.name);
        report.error(codes::POL_PARAMETER, node.span, message, param.description);
        return None;
    }
    checked(node, text, report)
}

/// Checks one text of a list.
fn item_text(node: &Node, text: &str, param: &Param, report: &mut Report) -> Option<Value> {
    let is_alias = text == CURRENT_USER || text == OWNER_REFS;
    if param.form != Form::Refs || is_alias || text.starts_with('$') {
        return checked(node, text, report);
    }
    match EntityRef::parse(text, None, DEFAULT_NAMESPACE) {
        // As the catalog writes them, so that they can be compared.
        Ok(found) => checked(node, &found.to_string(), report),
        Err(_) => {
            let message = format!("\"{}\" is not a reference with a kind", names::shown(text));
            let help = format!(
                "write `user:default/name`, `group:default/name`, `{CURRENT_USER}` or `{OWNER_REFS}`"
            );
            report.error(codes::POL_REFERENCE, node.span, message, help);
            None
        }
    }
}

/// Checks what holds for all texts.
fn checked(node: &Node, text: &str, report: &mut Report) -> Option<Value> {
    let length = text.chars().count();
    if length > MAX_VALUE {
        let message = format!("the value has {length} characters, and {MAX_VALUE} can be compared");
        let help = "compare a shorter value";
        report.error(codes::POL_LONG_VALUE, node.span, message, help);
        return None;
    }
    let aliases = [CURRENT_USER, OWNER_REFS];
    if text.starts_with('$')
        && !aliases.contains(&text)
        && let Some(meant) = names::similar(text, &aliases)
    {
        let message = format!("`{text}` stands for nothing");
        let help = format!("did you mean `{meant}`?");
        report.error(codes::POL_PARAMETER, node.span, message, help);
        return None;
    }
    Some(Value::String(text.to_owned()))
}
