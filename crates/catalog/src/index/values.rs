//! All values of one key, which entities have them, and which value each entity has.
use roaring::RoaringBitmap;

use super::{
    EntityId,
    codes::{Codes, UNKNOWN},
    dictionary::{Dictionary, ValueId},
    lists::Lists,
    sets::Sets,
};

/// Marks a code that is the number of a list.
const LIST: u32 = 1 << 31;

/// So many values may be out of use before they are looked for.
const UNUSED: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) dictionary: Dictionary,
    /// Entities by value.
    pub(super) sets: Sets,
    /// What each entity has: a value, or a list of values.
    codes: Codes,
    lists: Lists,
    /// How many values no entity has.
    unused: usize,
}

impl Values {
    /// Adds the values of an entity that has none; a value that cannot be compared is `None`.
    pub(super) fn insert<'a>(
        &mut self,
        id: EntityId,
        texts: impl Iterator<Item = Option<&'a str>>,
    ) {
        let mut several = Vec::new();
        let mut first = UNKNOWN;
        for text in texts.flatten() {
            let value = self.add(text, id);
            if first == UNKNOWN {
                first = value;
            } else {
                several.push(value);
            }
        }
        if several.is_empty() {
            self.codes.set(id, first);
            return;
        }
        several.insert(0, first);
        let place = self.lists.push(&several);
        self.codes.set(id, LIST | place);
    }

    /// Takes all values of an entity out.
    pub(super) fn remove(&mut self, id: EntityId) {
        let Some(code) = self.codes.take(id) else {
            return;
        };
        for value in values_of(&self.lists, &code) {
            self.sets.remove(*value, id);
            self.unused += usize::from(self.sets.is_empty(*value));
        }
        if is_list(code) {
            self.lists.forget(code & !LIST);
        }
    }

    /// Returns whether no entity has the key.
    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Returns whether an entity has the key.
    pub(super) fn has(&self, id: EntityId) -> bool {
        self.codes.get(id).is_some()
    }

    /// Returns the values of an entity.
    pub(super) fn of(&self, id: EntityId) -> impl Iterator<Item = ValueId> + '_ {
        let code = self.codes.get(id).unwrap_or(UNKNOWN);
        let list = is_list(code).then(|| self.lists.get(code & !LIST));
        let single = (code < LIST).then_some(code);
        let several = list.unwrap_or_default().iter().copied();
        single.into_iter().chain(several)
    }

    /// Adds all entities that have the key to a set.
    pub(super) fn add_to(&self, found: &mut RoaringBitmap) {
        self.codes.add_to(found);
    }

    /// Returns for each value how many of some entities have it.
    pub(super) fn counts(&self, among: &RoaringBitmap) -> Vec<u32> {
        let mut counts = vec![0; self.dictionary.len()];
        self.codes.each_among(among, |code| {
            for value in values_of(&self.lists, &code) {
                counts[*value as usize] += 1;
            }
        });
        counts
    }

    /// Does what was put off while many entities came or went.
    pub(super) fn settle(&mut self) {
        if self.unused > UNUSED && self.unused * 2 > self.sets.len() {
            self.forget_unused();
        }
        if self.lists.is_loose() {
            self.pack_lists(|value| value);
        }
        self.dictionary.settle();
    }

    /// Gives back memory that is kept for more.
    pub(super) fn shrink(&mut self) {
        self.dictionary.shrink();
        self.sets.shrink();
        self.codes.shrink();
        self.lists.shrink();
    }

    /// Returns the number of a text, with the entity noted as having it.
    fn add(&mut self, text: &str, id: EntityId) -> ValueId {
        let (value, is_new) = self.dictionary.insert(text);
        if is_new {
            self.sets.push();
        } else if self.sets.is_empty(value) {
            self.unused -= 1;
        }
        self.sets.insert(value, id);
        value
    }

    /// Forgets the values that no entity has, and numbers the others anew.
    fn forget_unused(&mut self) {
        let Self {
            dictionary,
            sets,
            codes,
            ..
        } = self;
        let renumbered = dictionary.keep(|value| !sets.is_empty(value));
        let new = |value: ValueId| {
            renumbered[value as usize].expect("what an entity has is in use, and was kept")
        };
        codes.replace(|code| if code < LIST { new(code) } else { code });
        sets.forget_empty();
        self.pack_lists(new);
        self.unused = 0;
    }

    /// Makes the lists anew from those that are used, with another number for each value.
    fn pack_lists(&mut self, new: impl Fn(ValueId) -> ValueId) {
        let old = std::mem::take(&mut self.lists);
        let lists = &mut self.lists;
        self.codes.replace(|code| {
            if !is_list(code) {
                return code;
            }
            let values: Vec<ValueId> = old.get(code & !LIST).iter().copied().map(&new).collect();
            LIST | lists.push(&values)
        });
    }
}

fn is_list(code: u32) -> bool {
    code >= LIST && code != UNKNOWN
}

fn values_of<'a>(lists: &'a Lists, code: &'a u32) -> &'a [ValueId] {
    if is_list(*code) {
        lists.get(code & !LIST)
    } else if *code == UNKNOWN {
        &[]
    } else {
        std::slice::from_ref(code)
    }
}
