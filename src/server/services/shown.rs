//! What of an entity a caller may see who may not read every entity: relations to what it may not read are left out,
//! since most of them come from the file of the other side and would tell that there is one. Relations to what is not
//! there go with them, or the difference would tell.
use callboard_catalog::{Filter, Index, index::OrderKey};
use callboard_model::Relation;
use serde_json::Value;

use crate::{error::AppError, server::access::Access};

/// The start of the keys of relations in the index.
const RELATIONS: &str = "relations.";

impl Access {
    /// Whether the caller may read every entity.
    pub(in crate::server) fn sees_all(&self) -> bool {
        matches!(self.reading(), Filter::All(all) if all.is_empty())
    }

    /// Tells whether there is an entity of a reference that the caller may not read.
    pub(in crate::server) fn is_hidden(&self, index: &Index, entity_ref: &str) -> bool {
        index.id(entity_ref).is_some_and(|id| !self.sees(index, id))
    }

    /// Tells whether an entity may be named as the other end of a relation. One that is not there is treated like one
    /// that may not be read: the difference would tell which of them it is.
    fn may_name(&self, index: &Index, entity_ref: &str) -> bool {
        let id = index.id(&entity_ref.to_lowercase());
        id.is_some_and(|id| self.sees(index, id))
    }

    /// Leaves out what the caller may not see of the text of an entity.
    pub(in crate::server) fn shown(&self, body: String) -> String {
        if self.sees_all() {
            return body;
        }
        let Ok(mut entity) = serde_json::from_str::<Value>(&body) else {
            return body;
        };
        if let Some(relations) = entity.get_mut("relations").and_then(Value::as_array_mut) {
            let index = self.index().read();
            relations.retain(|relation| {
                let target = relation["targetRef"].as_str();
                target.is_none_or(|target| self.may_name(&index, target))
            });
        }
        entity.to_string()
    }

    /// Leaves out relations that the caller may not see.
    pub(in crate::server) fn shown_relations(&self, relations: &mut Vec<Relation>) {
        if !self.sees_all() {
            let index = self.index().read();
            relations.retain(|relation| self.may_name(&index, &relation.target_ref));
        }
    }

    /// Leaves out values of a facet that name what is hidden.
    pub(in crate::server) fn shown_values(
        &self,
        index: &Index,
        key: &str,
        values: &mut Vec<(String, usize)>,
    ) {
        if is_relation(key) && !self.sees_all() {
            values.retain(|(value, _)| self.may_name(index, value));
        }
    }

    /// Makes sure that the order of a list does not tell what is hidden: a cursor holds the value that is sorted by.
    ///
    /// # Errors
    /// `Invalid` when it is an order by relations.
    pub(in crate::server) fn check_order(&self, order: &[OrderKey]) -> Result<(), AppError> {
        let relation = order.iter().find(|order| is_relation(&order.key));
        match relation.filter(|_| !self.sees_all()) {
            Some(order) => Err(AppError::Invalid(format!(
                "only who may read every entity can sort by {}",
                order.key
            ))),
            None => Ok(()),
        }
    }

    /// Takes out of a condition what would tell, by what it finds, that something hidden is there.
    pub(in crate::server) fn discreet(&self, index: &Index, filter: Filter) -> Filter {
        if self.sees_all() {
            return filter;
        }
        self.blind(index, filter)
    }

    fn blind(&self, index: &Index, filter: Filter) -> Filter {
        let each = |all: Vec<Filter>| all.into_iter().map(|one| self.blind(index, one)).collect();
        match filter {
            Filter::All(all) => Filter::All(each(all)),
            Filter::Any(any) => Filter::Any(each(any)),
            Filter::Not(inner) => Filter::Not(Box::new(self.blind(index, *inner))),
            Filter::Is(key, mut values) if is_relation(&key) => {
                values.retain(|value| self.may_name(index, value));
                Filter::Is(key, values)
            }
            Filter::Has(key) if is_relation(&key) => self.naming(index, key, |_| true),
            Filter::StartsWith(key, start) if is_relation(&key) => {
                let start = start.to_lowercase();
                self.naming(index, key, |value| value.starts_with(&start))
            }
            Filter::Contains(keys, text) => {
                let (relations, mut plain): (Vec<_>, Vec<_>) =
                    keys.into_iter().partition(|key| is_relation(key));
                let lower = text.to_lowercase();
                let named = relations
                    .into_iter()
                    .map(|key| self.naming(index, key, |value| value.contains(&lower)));
                let named: Vec<Filter> = named.collect();
                if named.is_empty() {
                    return Filter::Contains(plain, text);
                }
                plain.sort();
                Filter::Any([named, vec![Filter::Contains(plain, text)]].concat())
            }
            other => other,
        }
    }

    /// Returns the condition that a relation leads to one of the entities that may be named and that are meant.
    fn naming(&self, index: &Index, key: String, is_meant: impl Fn(&str) -> bool) -> Filter {
        let values = index.facet(&key, &index.all()).into_iter();
        let values = values.map(|(value, _)| value.to_lowercase());
        let named = values.filter(|value| is_meant(value) && self.may_name(index, value));
        let named = named.collect();
        Filter::Is(key, named)
    }
}

fn is_relation(key: &str) -> bool {
    key.get(..RELATIONS.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(RELATIONS))
}
