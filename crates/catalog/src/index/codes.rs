//! What each entity has for one key, as one number: a value, a list of values, or nothing that can be compared.
use roaring::RoaringBitmap;

use super::EntityId;

/// The entity does not have the key.
const ABSENT: u32 = u32::MAX;

/// The entity has the key, with a value that cannot be compared.
pub(super) const UNKNOWN: u32 = u32::MAX - 1;

/// Fewer entities than this are always kept one by one.
const FEW: usize = 16;

/// The numbers of all entities that have the key.
#[derive(Debug)]
pub(super) enum Codes {
    /// Sorted by entity, while few have the key.
    Few(Vec<(EntityId, u32)>),
    /// A row for every entity.
    Dense {
        rows: Vec<u32>,
        present: RoaringBitmap,
    },
}

impl Default for Codes {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Codes {
    /// Returns the number of an entity.
    pub(super) fn get(&self, id: EntityId) -> Option<u32> {
        match self {
            Self::Few(all) => {
                let at = all.binary_search_by_key(&id, |(id, _)| *id).ok()?;
                Some(all[at].1)
            }
            Self::Dense { rows, .. } => rows
                .get(id as usize)
                .copied()
                .filter(|code| *code != ABSENT),
        }
    }

    /// Sets the number of an entity that has none.
    pub(super) fn set(&mut self, id: EntityId, code: u32) {
        match self {
            Self::Few(all) => {
                let at = all.partition_point(|(other, _)| *other < id);
                all.insert(at, (id, code));
                let highest = all.last().map_or(0, |(id, _)| *id as usize);
                if all.len() > FEW && all.len() * 2 > highest {
                    self.spread();
                }
            }
            Self::Dense { rows, present } => {
                let at = id as usize;
                if rows.len() <= at {
                    rows.resize(at + 1, ABSENT);
                }
                rows[at] = code;
                present.insert(id);
            }
        }
    }

    /// Takes the number of an entity out.
    pub(super) fn take(&mut self, id: EntityId) -> Option<u32> {
        let code = self.get(id)?;
        match self {
            Self::Few(all) => {
                let at = all.partition_point(|(other, _)| *other < id);
                all.remove(at);
            }
            Self::Dense { rows, present } => {
                rows[id as usize] = ABSENT;
                present.remove(id);
            }
        }
        Some(code)
    }

    /// Adds the entities that have the key to a set.
    pub(super) fn add_to(&self, found: &mut RoaringBitmap) {
        match self {
            Self::Few(all) => found.extend(all.iter().map(|(id, _)| *id)),
            Self::Dense { present, .. } => *found |= present,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Few(all) => all.is_empty(),
            Self::Dense { present, .. } => present.is_empty(),
        }
    }

    /// Calls a function with the number of each of some entities that has one.
    pub(super) fn each_among(&self, among: &RoaringBitmap, mut act: impl FnMut(u32)) {
        match self {
            Self::Few(all) => {
                let within = all.iter().filter(|(id, _)| among.contains(*id));
                within.for_each(|(_, code)| act(*code));
            }
            Self::Dense { rows, .. } => {
                let codes = among.iter().filter_map(|id| rows.get(id as usize).copied());
                codes.filter(|code| *code != ABSENT).for_each(act);
            }
        }
    }

    /// Puts another number in the place of each.
    pub(super) fn replace(&mut self, mut new: impl FnMut(u32) -> u32) {
        match self {
            Self::Few(all) => all.iter_mut().for_each(|(_, code)| *code = new(*code)),
            Self::Dense { rows, .. } => {
                let codes = rows.iter_mut().filter(|code| **code != ABSENT);
                codes.for_each(|code| *code = new(*code));
            }
        }
    }

    /// Chooses the form that takes less memory, and gives back what is kept for more entities.
    pub(super) fn shrink(&mut self) {
        if let Self::Dense { rows, present } = self
            && present.len() * 4 < rows.len() as u64
        {
            let few = present.iter().map(|id| (id, rows[id as usize]));
            *self = Self::Few(few.collect());
        }
        match self {
            Self::Few(all) => super::fit(all),
            Self::Dense { rows, .. } => super::fit(rows),
        }
    }

    fn spread(&mut self) {
        if let Self::Few(all) = self {
            let highest = all.last().map_or(0, |(id, _)| *id as usize);
            let mut rows = vec![ABSENT; highest + 1];
            all.iter().for_each(|(id, code)| rows[*id as usize] = *code);
            let present = all.iter().map(|(id, _)| *id).collect();
            *self = Self::Dense { rows, present };
        }
    }
}
