//! One entity made ready for the index: all the work that needs neither the index nor a lock.
use serde_json::Value;

use super::{
    TITLE_KEY,
    flatten::{Term, flatten},
};

/// What the index takes in of one entity.
#[derive(Debug)]
pub struct Entry {
    pub(super) entity_ref: String,
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) terms: Vec<Term>,
}

impl Entry {
    /// Prepares an entity.
    #[must_use]
    pub fn of(entity_ref: &str, entity: &Value) -> Self {
        let text = |pointer| {
            let text = entity.pointer(pointer).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let title = text("/spec/profile/displayName").or_else(|| text("/metadata/title"));
        let mut terms = flatten(entity);
        let shown = title
            .clone()
            .or_else(|| text("/metadata/name"))
            .unwrap_or_default();
        terms.push((TITLE_KEY.to_owned(), Some(shown)));
        Self {
            entity_ref: entity_ref.to_owned(),
            kind: text("/kind").unwrap_or_default(),
            title,
            terms,
        }
    }
}
