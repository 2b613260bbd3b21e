//! The catalog in memory: every value of every entity, so that filters, facets and orders need no database. Bodies
//! stay there.
//!
//! Keys and values follow Backstage's search table: lower-case dotted paths; lists add `path.item=true`; a value
//! longer than 200 characters counts as present without a value.
//!
//! For each key there is a column. It numbers the distinct values of the key, knows the entities of each value, for
//! filters, and the value of each entity, for facets and orders. See `values`, and `dictionary` for the texts.
use roaring::RoaringBitmap;
use serde_json::Value;

mod codes;
mod column;
mod dictionary;
mod entry;
mod filter;
mod flatten;
mod holds;
mod keys;
mod lists;
mod lookup;
mod order;
mod page;
mod predicate;
mod rank;
mod related;
mod set;
mod sets;
mod terms;
mod texts;
mod values;

pub use entry::Entry;
pub(crate) use entry::Room;
pub use filter::{Filter, parse_filters};
pub use order::OrderKey;
pub use page::{Page, Position, Start};
pub use predicate::parse_predicate;

use column::Column;
use keys::{KeyId, Keys};

/// Key of the name that people see: display name, title or name. No key of an entity can start so.
pub const TITLE_KEY: &str = "~title";

/// Key of the canonical reference.
pub const REF_KEY: &str = "~ref";

const KIND_KEY: &str = "kind";

/// Entities of the index, by number.
pub type EntitySet = RoaringBitmap;

/// Number of an entity within the index; not stable across processes.
pub type EntityId = u32;

/// Everything that is known in memory.
#[derive(Debug)]
pub struct Index {
    slots: Vec<Option<Slot>>,
    free_slots: Vec<EntityId>,
    all: RoaringBitmap,
    keys: Keys,
    /// By number of the key.
    columns: Vec<Column>,
    /// Columns with work that was put off.
    unsettled: Vec<KeyId>,
    known: Known,
    seq: i64,
}

/// Keys that the index itself asks for.
#[derive(Debug, Clone, Copy)]
struct Known {
    entity_ref: KeyId,
    title: KeyId,
    kind: KeyId,
}

/// What is kept of one entity beside the columns.
#[derive(Debug)]
struct Slot {
    /// Every key that it has.
    keys: Box<[KeyId]>,
    /// Whether it has a name for people beside its name.
    titled: bool,
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

impl Default for Index {
    fn default() -> Self {
        let mut keys = Keys::default();
        let known = Known {
            entity_ref: keys.number(REF_KEY),
            title: keys.number(TITLE_KEY),
            kind: keys.number(KIND_KEY),
        };
        Self {
            slots: Vec::new(),
            free_slots: Vec::new(),
            all: RoaringBitmap::new(),
            columns: std::iter::repeat_with(Column::default).take(3).collect(),
            unsettled: Vec::new(),
            keys,
            known,
            seq: 0,
        }
    }
}

impl Index {
    /// Puts an entity in, in place of what was there under its reference.
    pub fn put(&mut self, entity_ref: &str, entity: &Value) {
        self.add(&Entry::of(entity_ref, entity));
        self.settle();
    }

    /// Takes an entity out; does nothing when there is none of that reference.
    pub fn remove(&mut self, entity_ref: &str) {
        self.take(entity_ref);
        self.settle();
    }

    /// Puts in an entity that was prepared before. Nothing may be asked before [`Index::settle`].
    pub(crate) fn add(&mut self, entry: &Entry) {
        self.take(&entry.entity_ref);
        let id = self.free_slots.pop().unwrap_or_else(|| {
            self.slots.push(None);
            number(self.slots.len() - 1)
        });
        let mut keys = Vec::with_capacity(64);
        let reference = std::iter::once(Some(entry.entity_ref.as_str()));
        self.column_of(self.known.entity_ref).insert(id, reference);
        keys.push(self.known.entity_ref);
        for (name, values) in entry.terms.keys() {
            let key = self.keys.number(name);
            self.column_of(key).insert(id, values);
            keys.push(key);
        }
        self.slots[id as usize] = Some(Slot {
            keys: keys.into(),
            titled: entry.titled,
        });
        self.all.insert(id);
    }

    /// Takes an entity out. Nothing may be asked before [`Index::settle`].
    pub(crate) fn take(&mut self, entity_ref: &str) {
        let Some(id) = self.id(entity_ref) else {
            return;
        };
        let Some(slot) = self.slots[id as usize].take() else {
            return;
        };
        for key in slot.keys {
            let column = self.column_of(key);
            column.remove(id);
            let own = [self.known.entity_ref, self.known.title, self.known.kind];
            if self.columns[key as usize].is_empty() && !own.contains(&key) {
                self.columns[key as usize] = Column::default();
                self.keys.forget(key);
            }
        }
        self.all.remove(id);
        self.free_slots.push(id);
    }

    /// Does what was put off while entities were put in and taken out.
    pub(crate) fn settle(&mut self) {
        let mut touched = std::mem::take(&mut self.unsettled);
        touched.sort_unstable();
        touched.dedup();
        for key in touched {
            self.columns[key as usize].settle();
        }
    }

    /// Gives back memory that is kept for more entities, and makes the orders that nearly every page needs.
    pub(crate) fn finish_load(&mut self) {
        self.settle();
        self.columns.iter_mut().for_each(Column::shrink);
        self.slots.shrink_to_fit();
        self.prepare_orders();
    }

    /// Returns the column of a key that is about to change.
    fn column_of(&mut self, key: KeyId) -> &mut Column {
        let at = key as usize;
        if self.columns.len() <= at {
            self.columns.resize_with(at + 1, Column::default);
        }
        if self.unsettled.last() != Some(&key) {
            self.unsettled.push(key);
        }
        &mut self.columns[at]
    }

    /// Returns the values of a key, in any case.
    fn column(&self, key: &str) -> Option<&Column> {
        let known = self.keys.find(key);
        let known = known.or_else(|| self.keys.find(&key.to_lowercase()))?;
        self.columns.get(known as usize)
    }

    /// Returns how many entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::try_from(self.all.len()).unwrap_or(usize::MAX)
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns the number of an entity.
    #[must_use]
    pub fn id(&self, entity_ref: &str) -> Option<EntityId> {
        self.columns[self.known.entity_ref as usize].holder(entity_ref)
    }

    /// Returns name and kind of an entity.
    #[must_use]
    pub fn label(&self, id: EntityId) -> Option<Label<'_>> {
        let slot = self.slots.get(id as usize)?.as_ref()?;
        let value = |key: KeyId| self.columns[key as usize].value(id);
        Some(Label {
            entity_ref: value(self.known.entity_ref)?,
            kind: value(self.known.kind).unwrap_or_default(),
            title: value(self.known.title).filter(|_| slot.titled),
        })
    }

    /// Returns all entities.
    #[must_use]
    pub fn all(&self) -> RoaringBitmap {
        self.all.clone()
    }

    /// Returns the spellings of one key's values among some entities, with how many have each, sorted by value.
    #[must_use]
    pub fn facet(&self, key: &str, among: &RoaringBitmap) -> Vec<(String, usize)> {
        self.column(key)
            .map(|column| column.facet(among))
            .unwrap_or_default()
    }

    /// Returns the first value of one key of an entity, as written.
    #[must_use]
    pub fn value(&self, id: EntityId, key: &str) -> Option<&str> {
        self.column(key)?.value(id)
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

/// Gives back what a list has room for beyond its items. Asked to shrink, an allocator may leave a block as it is, so
/// the items move to a new one.
fn fit<T: Copy>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        *list = list.as_slice().to_vec();
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("four thousand million entities do not fit into memory")
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
