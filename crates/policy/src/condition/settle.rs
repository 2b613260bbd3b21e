//! Puts a user in place of the aliases of a condition, and says what is known of it then.
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Condition, Known, all_of, any_of, negation};
use crate::Who;

/// Stands for the reference of the user.
pub(crate) const CURRENT_USER: &str = "$currentUser";

/// Stands for the references that the user owns things as.
pub(crate) const OWNER_REFS: &str = "$ownerRefs";

/// The condition asks for the user, and there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoUser;

/// Resolves the aliases for one user.
pub(crate) fn settle(condition: &Condition, who: &Who) -> Result<Known, NoUser> {
    let each = |items: &[Condition]| -> Result<Vec<Known>, NoUser> {
        items.iter().map(|item| settle(item, who)).collect()
    };
    match condition {
        Condition::AllOf(items) => each(items).map(all_of),
        Condition::AnyOf(items) => each(items).map(any_of),
        Condition::Not(inner) => settle(inner, who).map(negation),
        Condition::Rule {
            rule,
            resource_type,
            params,
        } => {
            let Some(params) = resolve(params, who)? else {
                return Ok(Known::Never);
            };
            Ok(Known::If(Condition::Rule {
                rule: rule.clone(),
                resource_type: resource_type.clone(),
                params,
            }))
        }
    }
}

/// Resolves parameters; nothing if one is an empty list, which no thing can match.
fn resolve(params: &Map<String, Value>, who: &Who) -> Result<Option<Map<String, Value>>, NoUser> {
    let mut resolved = Map::new();
    for (name, value) in params {
        let value = match value {
            Value::String(text) if text == CURRENT_USER => {
                Value::String(who.user.clone().ok_or(NoUser)?)
            }
            Value::Array(items) => {
                let items = spread(items, who);
                if items.is_empty() {
                    return Ok(None);
                }
                Value::Array(items)
            }
            other => other.clone(),
        };
        resolved.insert(name.clone(), value);
    }
    Ok(Some(resolved))
}

/// Puts the references of the user in place of aliases; each text stands there once.
fn spread(items: &[Value], who: &Who) -> Vec<Value> {
    let mut seen = HashSet::new();
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        match item.as_str() {
            Some(CURRENT_USER) => all.extend(who.user.as_deref()),
            Some(OWNER_REFS) => all.extend(who.ownership.iter().map(String::as_str)),
            text => all.extend(text),
        }
    }
    all.retain(|text| seen.insert(*text));
    all.into_iter().map(Value::from).collect()
}
