//! Asking a condition of one entity, without making the set of all entities for which it holds.
use super::{EntityId, Filter, Index};

impl Index {
    /// Returns whether a condition holds for an entity: whether [`Index::matching`] would have it.
    #[must_use]
    pub fn holds(&self, filter: &Filter, id: EntityId) -> bool {
        self.all.contains(id) && self.decides(filter, id)
    }

    /// Returns the entities that have a value, in any case, for a key: at most so many, in the order of their numbers.
    #[must_use]
    pub fn ids_where(&self, key: &str, value: &str, limit: usize) -> Vec<EntityId> {
        self.column(key)
            .map(|column| column.first_equal(&value.to_lowercase(), limit))
            .unwrap_or_default()
    }

    /// Decides a condition for an entity that there is.
    fn decides(&self, filter: &Filter, id: EntityId) -> bool {
        match filter {
            Filter::All(all) => all.iter().all(|one| self.decides(one, id)),
            Filter::Any(any) => any.iter().any(|one| self.decides(one, id)),
            Filter::Not(inner) => !self.decides(inner, id),
            Filter::Has(key) => self.column(key).is_some_and(|column| column.has(id)),
            Filter::Is(key, values) => self
                .column(key)
                .is_some_and(|column| column.has_equal(id, values)),
            Filter::StartsWith(key, start) => {
                let start = start.to_lowercase();
                let starts = |lower: &str| lower.starts_with(&start);
                self.column(key)
                    .is_some_and(|column| column.has_value(id, starts))
            }
            Filter::Contains(keys, text) => {
                let text = text.to_lowercase();
                let contains = |lower: &str| lower.contains(&text);
                let mut columns = keys.iter().filter_map(|key| self.column(key));
                columns.any(|column| column.has_value(id, contains))
            }
        }
    }
}
