//! The catalog in memory: every value of every entity as a set of entities, so that filters, facets and orders are
//! set operations. Bodies stay in the database.
//!
//! Keys and values follow Backstage's search table: lower-case dotted paths; lists add `path.item=true`; a value
//! longer than 200 characters counts as present without a value.
use std::collections::{BTreeMap, HashMap};

use roaring::RoaringBitmap;
use serde_json::Value;

mod filter;
mod flatten;
mod order;
mod set;

pub use filter::{Filter, parse_filters};
pub use order::OrderKey;

use flatten::{Term, flatten};
use set::IdSet;

/// Number of an entity within the index; not stable across processes.
pub type EntityId = u32;

/// Everything that is known in memory.
#[derive(Debug, Default)]
pub struct Index {
    slots: Vec<Option<Slot>>,
    free: Vec<EntityId>,
    by_ref: BTreeMap<Box<str>, EntityId>,
    columns: HashMap<Box<str>, Column>,
    seq: i64,
}

/// What is kept of one entity.
#[derive(Debug)]
struct Slot {
    entity_ref: Box<str>,
    kind: Box<str>,
    title: Option<Box<str>>,
    terms: Box<[Term]>,
}

/// All values of one key.
#[derive(Debug, Default)]
struct Column {
    present: RoaringBitmap,
    values: BTreeMap<Box<str>, Vec<Variant>>,
}

/// Entities with one spelling of a value.
#[derive(Debug)]
struct Variant {
    original: Box<str>,
    ids: IdSet,
}

/// Name and kind of one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// Canonical reference.
    pub entity_ref: &'a str,
    /// Kind as written.
    pub kind: &'a str,
    /// Display name or title, where there is one.
    pub title: Option<&'a str>,
}

impl Index {
    /// Puts an entity in, in place of what was there under its reference.
    pub fn put(&mut self, entity_ref: &str, entity: &Value) {
        self.remove(entity_ref);
        let id = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            EntityId::try_from(self.slots.len() - 1).unwrap_or(EntityId::MAX)
        });
        let terms = flatten(entity);
        for term in &terms {
            self.columns
                .entry(term.key.clone())
                .or_default()
                .insert(term, id);
        }
        let text = |pointer| {
            entity
                .pointer(pointer)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let slot = Slot {
            entity_ref: entity_ref.into(),
            kind: text("/kind").unwrap_or_default().into(),
            title: text("/spec/profile/displayName")
                .or_else(|| text("/metadata/title"))
                .map(Into::into),
            terms: terms.into(),
        };
        self.by_ref.insert(entity_ref.into(), id);
        self.slots[id as usize] = Some(slot);
    }

    /// Takes an entity out; does nothing when there is none of that reference.
    pub fn remove(&mut self, entity_ref: &str) {
        let Some(id) = self.by_ref.remove(entity_ref) else {
            return;
        };
        let Some(slot) = self.slots[id as usize].take() else {
            return;
        };
        for term in &slot.terms {
            if let Some(column) = self.columns.get_mut(&term.key) {
                column.remove(term, id);
                if column.present.is_empty() {
                    self.columns.remove(&term.key);
                }
            }
        }
        self.free.push(id);
    }

    /// Returns how many entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_ref.len()
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_ref.is_empty()
    }

    /// Returns the number of an entity.
    #[must_use]
    pub fn id(&self, entity_ref: &str) -> Option<EntityId> {
        self.by_ref.get(entity_ref).copied()
    }

    /// Returns name and kind of an entity.
    #[must_use]
    pub fn label(&self, id: EntityId) -> Option<Label<'_>> {
        let slot = self.slots.get(id as usize)?.as_ref()?;
        Some(Label {
            entity_ref: &slot.entity_ref,
            kind: &slot.kind,
            title: slot.title.as_deref(),
        })
    }

    /// Returns all entities.
    #[must_use]
    pub fn all(&self) -> RoaringBitmap {
        self.by_ref.values().copied().collect()
    }

    /// Returns the spellings of one key's values among some entities, with how many have each, sorted by value.
    #[must_use]
    pub fn facet(&self, key: &str, among: &RoaringBitmap) -> Vec<(String, usize)> {
        let Some(column) = self.columns.get(key.to_lowercase().as_str()) else {
            return Vec::new();
        };
        let variants = column.values.values().flatten();
        let counted =
            variants.map(|variant| (variant.original.to_string(), variant.ids.count_in(among)));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Returns the first value of one key of an entity, as written.
    #[must_use]
    pub fn value(&self, id: EntityId, key: &str) -> Option<&str> {
        let slot = self.slots.get(id as usize)?.as_ref()?;
        slot.terms
            .iter()
            .find(|term| &*term.key == key)
            .and_then(|term| term.original.as_deref())
    }

    /// Returns the position in the change log that the index has reached.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Says which position in the change log the index has reached.
    pub fn set_seq(&mut self, seq: i64) {
        self.seq = seq;
    }
}

impl Column {
    fn insert(&mut self, term: &Term, id: EntityId) {
        self.present.insert(id);
        let Some(original) = &term.original else {
            return;
        };
        let variants = self.values.entry(term.value().into()).or_default();
        match variants
            .iter_mut()
            .find(|variant| variant.original == *original)
        {
            Some(variant) => variant.ids.insert(id),
            None => variants.push(Variant {
                original: original.clone(),
                ids: IdSet::One(id),
            }),
        }
    }

    fn remove(&mut self, term: &Term, id: EntityId) {
        self.present.remove(id);
        let Some(original) = &term.original else {
            return;
        };
        let value = term.value();
        let Some(variants) = self.values.get_mut(value.as_str()) else {
            return;
        };
        variants.retain_mut(|variant| variant.original != *original || variant.ids.remove(id));
        if variants.is_empty() {
            self.values.remove(value.as_str());
        }
    }
}

#[cfg(test)]
mod tests;
