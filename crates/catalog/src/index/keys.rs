//! The numbers of keys.
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Number of a key within the index.
pub(super) type KeyId = u32;

/// Keys by number and by name; the number of a key that is gone is given to another.
#[derive(Debug, Default)]
pub(super) struct Keys {
    names: Vec<Box<str>>,
    numbers: HashTable<KeyId>,
    hasher: DefaultHashBuilder,
    free: Vec<KeyId>,
}

impl Keys {
    /// Returns the number of a key, if there is such a key.
    pub(super) fn find(&self, name: &str) -> Option<KeyId> {
        let same = |key: &KeyId| *self.names[*key as usize] == *name;
        self.numbers.find(self.hasher.hash_one(name), same).copied()
    }

    /// Returns the keys that start with a text, in no order.
    pub(super) fn starting_with<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let names = self.names.iter().map(|name| &**name);
        names.filter(move |name| name.starts_with(start) && self.find(name).is_some())
    }

    /// Returns the number of a key, giving it one if it is new.
    pub(super) fn number(&mut self, name: &str) -> KeyId {
        if let Some(key) = self.find(name) {
            return key;
        }
        let key = match self.free.pop() {
            Some(free) => {
                self.names[free as usize] = name.into();
                free
            }
            None => {
                self.names.push(name.into());
                super::number(self.names.len() - 1)
            }
        };
        let Self {
            names,
            numbers,
            hasher,
            ..
        } = self;
        let hash = hasher.hash_one(name);
        numbers.insert_unique(hash, key, |key| hasher.hash_one(&*names[*key as usize]));
        key
    }

    /// Takes a key out.
    pub(super) fn forget(&mut self, key: KeyId) {
        let hash = self.hasher.hash_one(&*self.names[key as usize]);
        if let Ok(entry) = self.numbers.find_entry(hash, |other| *other == key) {
            entry.remove();
            self.names[key as usize] = Box::default();
            self.free.push(key);
        }
    }
}
