//! Conditions on things, in the JSON form of Backstage.
use serde_json::{Map, Value};

mod join;
mod json;
mod settle;

pub(crate) use join::{Known, all_of, any_of, negation};
pub(crate) use json::{MAX_COUNT, MAX_DEPTH};
pub(crate) use settle::{CURRENT_USER, OWNER_REFS, settle};

/// A condition on one thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of these hold.
    AllOf(Vec<Self>),
    /// At least one of these holds.
    AnyOf(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// A rule holds, such as `IS_ENTITY_OWNER`.
    Rule {
        /// Name of the rule.
        rule: String,
        /// The type of thing it is about.
        resource_type: String,
        /// What it compares with.
        params: Map<String, Value>,
    },
}

impl Condition {
    /// Returns a text that two conditions share only if they are the same.
    pub(crate) fn key(&self) -> String {
        serde_json::to_string(self).expect("a condition has only texts as keys, so it is JSON")
    }

    /// Tells whether all its rules are about things of one type.
    pub(crate) fn is_about(&self, wanted: &str) -> bool {
        match self {
            Self::AllOf(items) | Self::AnyOf(items) => {
                items.iter().all(|item| item.is_about(wanted))
            }
            Self::Not(inner) => inner.is_about(wanted),
            Self::Rule { resource_type, .. } => resource_type == wanted,
        }
    }
}

#[cfg(test)]
mod tests;
