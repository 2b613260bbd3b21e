//! The entities of each value of a key, by the number of the value. Most values have one, which costs one number.
use roaring::RoaringBitmap;

use super::{EntityId, dictionary::ValueId, set::IdSet};

/// No entity has the value.
const NONE: u32 = u32::MAX;

/// Marks the number of a set among those with more than one entity.
const MORE: u32 = 1 << 31;

#[derive(Debug, Default)]
pub(super) struct Sets {
    /// For each value its only entity, or the number of its set.
    heads: Vec<u32>,
    more: Vec<IdSet>,
    free: Vec<u32>,
}

impl Sets {
    pub(super) fn len(&self) -> usize {
        self.heads.len()
    }

    /// Adds a value that no entity has.
    pub(super) fn push(&mut self) {
        self.heads.push(NONE);
    }

    pub(super) fn insert(&mut self, value: ValueId, id: EntityId) {
        let head = &mut self.heads[value as usize];
        match *head {
            NONE => *head = id,
            set if set & MORE != 0 => self.more[(set & !MORE) as usize].insert(id),
            only if only == id => {}
            only => {
                let mut set = IdSet::default();
                set.insert(only);
                set.insert(id);
                *head = MORE | self.free.pop().unwrap_or(super::number(self.more.len()));
                let at = (*head & !MORE) as usize;
                if at == self.more.len() {
                    self.more.push(set);
                } else {
                    self.more[at] = set;
                }
            }
        }
    }

    pub(super) fn remove(&mut self, value: ValueId, id: EntityId) {
        let head = &mut self.heads[value as usize];
        match *head {
            NONE => {}
            set if set & MORE != 0 => {
                let number = set & !MORE;
                let set = &mut self.more[number as usize];
                set.remove(id);
                if let Some(only) = set.only() {
                    *set = IdSet::default();
                    self.free.push(number);
                    *head = only;
                }
            }
            only if only == id => *head = NONE,
            _ => {}
        }
    }

    pub(super) fn is_empty(&self, value: ValueId) -> bool {
        self.heads[value as usize] == NONE
    }

    /// Returns the entity that alone has a value.
    pub(super) fn only(&self, value: ValueId) -> Option<EntityId> {
        let head = self.heads[value as usize];
        (head & MORE == 0).then_some(head)
    }

    /// Adds the entities of a value to a set.
    pub(super) fn add_to(&self, value: ValueId, found: &mut RoaringBitmap) {
        match self.set(value) {
            Some(set) => set.add_to(found),
            None => found.extend(self.only(value)),
        }
    }

    /// Returns whether an entity has a value.
    pub(super) fn contains(&self, value: ValueId, id: EntityId) -> bool {
        match self.set(value) {
            Some(set) => set.contains(id),
            None => self.only(value) == Some(id),
        }
    }

    /// Returns the first entities of a value, at most so many.
    pub(super) fn first(&self, value: ValueId, limit: usize) -> Vec<EntityId> {
        match self.set(value) {
            Some(set) => set.first(limit),
            None => self.only(value).into_iter().take(limit).collect(),
        }
    }

    /// Calls a function for every entity of a value.
    pub(super) fn each(&self, value: ValueId, act: impl FnMut(EntityId)) {
        match self.set(value) {
            Some(set) => set.each(act),
            None => self.only(value).into_iter().for_each(act),
        }
    }

    /// Takes out the values that no entity has; the others move up.
    pub(super) fn forget_empty(&mut self) {
        self.heads.retain(|head| *head != NONE);
    }

    /// Gives back memory that is kept for more values.
    pub(super) fn shrink(&mut self) {
        super::fit(&mut self.heads);
        self.more.iter_mut().for_each(IdSet::shrink);
        self.more.shrink_to_fit();
    }

    /// Returns the set of a value that more than one entity has.
    fn set(&self, value: ValueId) -> Option<&IdSet> {
        let head = self.heads[value as usize];
        let is_set = head != NONE && head & MORE != 0;
        is_set.then(|| &self.more[(head & !MORE) as usize])
    }
}
