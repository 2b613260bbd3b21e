//! The catalog in memory: every value of every entity as a set of entities, so that filters, facets and orders are
//! set operations. Bodies stay in the database.
//!
//! Keys and values follow Backstage's search table: lower-case dotted paths; lists add `path.item=true`; a value
//! longer than 200 characters counts as present without a value.
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use roaring::RoaringBitmap;
use serde_json::Value;

mod column;
mod entry;
mod filter;
mod flatten;
mod order;
mod set;
mod values;

pub use entry::Entry;
pub use filter::{Filter, parse_filters};
pub use order::OrderKey;

use column::Column;

/// Key of the name that people see: display name, title or name. No key of an entity can start so.
pub const TITLE_KEY: &str = "~title";

/// Number of an entity within the index; not stable across processes.
pub type EntityId = u32;

/// Number of a key within the index.
type KeyId = u32;

/// Everything that is known in memory.
#[derive(Debug, Default)]
pub struct Index {
    slots: Vec<Option<Slot>>,
    free_slots: Vec<EntityId>,
    by_ref: BTreeMap<Arc<str>, EntityId>,
    keys: HashMap<Arc<str>, KeyId>,
    /// Names and values of keys, by number.
    names: Vec<Arc<str>>,
    columns: Vec<Column>,
    free_columns: Vec<KeyId>,
    seq: i64,
}

/// What is kept of one entity. Texts are shared with the columns.
#[derive(Debug)]
struct Slot {
    entity_ref: Arc<str>,
    kind: Arc<str>,
    title: Option<Arc<str>>,
    terms: Box<[(KeyId, Option<Arc<str>>)]>,
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
        self.insert(&Entry::of(entity_ref, entity));
    }

    /// Puts in an entity that was prepared before.
    pub fn insert(&mut self, entry: &Entry) {
        self.remove(&entry.entity_ref);
        let id = self.free_slots.pop().unwrap_or_else(|| {
            self.slots.push(None);
            number(self.slots.len() - 1)
        });
        let mut terms = Vec::with_capacity(entry.terms.len());
        for (key, value) in &entry.terms {
            let key = self.key(key);
            let column = &mut self.columns[key as usize];
            column.present.insert(id);
            terms.push((key, value.as_ref().map(|value| column.insert(value, id))));
        }
        let shared = |text: &str| {
            let texts = terms.iter().filter_map(|(_, value)| value.as_ref());
            texts
                .into_iter()
                .find(|value| ***value == *text)
                .map_or_else(|| text.into(), Arc::clone)
        };
        let slot = Slot {
            entity_ref: entry.entity_ref.as_str().into(),
            kind: shared(&entry.kind),
            title: entry.title.as_deref().map(shared),
            terms: terms.into(),
        };
        self.by_ref.insert(Arc::clone(&slot.entity_ref), id);
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
        let mut emptied = Vec::new();
        for (key, value) in &slot.terms {
            let column = &mut self.columns[*key as usize];
            column.present.remove(id);
            if let Some(value) = value {
                column.remove(value, id);
            }
            if column.present.is_empty() {
                emptied.push(*key);
            }
        }
        self.forget(&emptied);
        self.free_slots.push(id);
    }

    /// Frees the columns of keys that no entity has any more; list items make many such keys.
    fn forget(&mut self, emptied: &[KeyId]) {
        for key in emptied {
            if self.keys.remove(&self.names[*key as usize]).is_some() {
                self.free_columns.push(*key);
            }
        }
    }

    /// Returns the number of a key, giving it one if it is new.
    fn key(&mut self, key: &str) -> KeyId {
        if let Some(id) = self.keys.get(key) {
            return *id;
        }
        let name: Arc<str> = key.into();
        let id = self.free_columns.pop().unwrap_or_else(|| {
            self.columns.push(Column::default());
            self.names.push(Arc::clone(&name));
            number(self.columns.len() - 1)
        });
        self.names[id as usize] = Arc::clone(&name);
        self.keys.insert(name, id);
        id
    }

    /// Returns the values of a key, in any case.
    fn column(&self, key: &str) -> Option<&Column> {
        let id = match self.keys.get(key) {
            Some(id) => *id,
            None => *self.keys.get(key.to_lowercase().as_str())?,
        };
        self.columns.get(id as usize)
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
        let Some(column) = self.column(key) else {
            return Vec::new();
        };
        let spellings = column
            .values
            .iter()
            .flat_map(|(_, spellings)| spellings.all());
        let counted =
            spellings.map(|spelling| (spelling.text.to_string(), spelling.ids.count_in(among)));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Returns the first value of one key of an entity, as written.
    #[must_use]
    pub fn value(&self, id: EntityId, key: &str) -> Option<&str> {
        let slot = self.slots.get(id as usize)?.as_ref()?;
        let key = self.keys.get(key)?;
        slot.terms
            .iter()
            .find(|(known, _)| known == key)
            .and_then(|(_, value)| value.as_deref())
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

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("four thousand million entities do not fit into memory")
}

#[cfg(test)]
mod tests;
