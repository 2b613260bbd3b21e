//! All values of one key, and which entities have them.
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::{EntityId, set::IdSet, values::Values};

/// All values of one key.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) present: IdSet,
    /// By value in lower case.
    pub(super) values: Values,
}

/// Entities with one value, by its spelling; nearly every value has one spelling.
#[derive(Debug)]
pub(super) struct Spellings {
    first: Spelling,
    #[expect(
        clippy::box_collection,
        reason = "nearly always absent, and then it should cost one word"
    )]
    others: Option<Box<Vec<Spelling>>>,
}

/// Entities with one spelling of a value.
#[derive(Debug)]
pub(super) struct Spelling {
    pub(super) text: Arc<str>,
    pub(super) ids: IdSet,
}

impl Column {
    /// Adds a value of an entity and returns the text that is kept, so that the caller can share it.
    pub(super) fn insert(&mut self, value: &str, id: EntityId) -> Arc<str> {
        let lower = lower(value);
        let key = lower.as_deref().unwrap_or(value);
        if let Some(spellings) = self.values.get_mut(key) {
            return spellings.insert(value, id);
        }
        let text: Arc<str> = value.into();
        let key = lower.map_or_else(|| Arc::clone(&text), Arc::from);
        let first = Spelling {
            text: Arc::clone(&text),
            ids: IdSet::one(id),
        };
        self.values.insert(
            key,
            Spellings {
                first,
                others: None,
            },
        );
        text
    }

    /// Takes a value of an entity out.
    pub(super) fn remove(&mut self, value: &str, id: EntityId) {
        let lower = lower(value);
        let key = lower.as_deref().unwrap_or(value);
        if self
            .values
            .get_mut(key)
            .is_some_and(|spellings| spellings.remove(value, id))
        {
            self.values.remove(key);
        }
    }
}

impl Spellings {
    /// Returns every spelling.
    pub(super) fn all(&self) -> impl Iterator<Item = &Spelling> {
        std::iter::once(&self.first).chain(self.others.iter().flat_map(|others| others.iter()))
    }

    /// Adds the entities of every spelling to a set.
    pub(super) fn add_to(&self, found: &mut RoaringBitmap) {
        self.all().for_each(|spelling| spelling.ids.add_to(found));
    }

    fn insert(&mut self, value: &str, id: EntityId) -> Arc<str> {
        if *self.first.text == *value {
            self.first.ids.insert(id);
            return Arc::clone(&self.first.text);
        }
        let others = self.others.get_or_insert_default();
        if let Some(other) = others.iter_mut().find(|other| *other.text == *value) {
            other.ids.insert(id);
            return Arc::clone(&other.text);
        }
        let text: Arc<str> = value.into();
        others.push(Spelling {
            text: Arc::clone(&text),
            ids: IdSet::one(id),
        });
        text
    }

    /// Takes an entity out and returns whether no spelling is left.
    fn remove(&mut self, value: &str, id: EntityId) -> bool {
        let others = self
            .others
            .as_deref_mut()
            .map(Vec::as_mut_slice)
            .unwrap_or_default();
        for spelling in std::iter::once(&mut self.first).chain(others) {
            if *spelling.text == *value {
                spelling.ids.remove(id);
            }
        }
        let others = self.others.as_deref_mut();
        if let Some(others) = others {
            others.retain(|spelling| !spelling.ids.is_empty());
        }
        if self.first.ids.is_empty() {
            match self.others.as_deref_mut().and_then(Vec::pop) {
                Some(other) => self.first = other,
                None => return true,
            }
        }
        if self.others.as_ref().is_some_and(|others| others.is_empty()) {
            self.others = None;
        }
        false
    }
}

/// Returns the lower-case form where it differs.
fn lower(value: &str) -> Option<String> {
    let is_lower = value
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    (!is_lower).then(|| value.to_lowercase())
}
