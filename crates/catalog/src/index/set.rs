//! A set of entities that costs nothing while it has one member, as most values of a catalog do.
use roaring::RoaringBitmap;

use super::EntityId;

#[derive(Debug)]
pub(super) enum IdSet {
    One(EntityId),
    Many(Box<RoaringBitmap>),
}

impl IdSet {
    pub(super) fn insert(&mut self, id: EntityId) {
        match self {
            Self::One(only) if *only == id => {}
            Self::One(only) => *self = Self::Many(Box::new(RoaringBitmap::from_iter([*only, id]))),
            Self::Many(ids) => {
                ids.insert(id);
            }
        }
    }

    /// Takes a member out and returns whether any is left.
    pub(super) fn remove(&mut self, id: EntityId) -> bool {
        match self {
            Self::One(only) => *only != id,
            Self::Many(ids) => {
                ids.remove(id);
                !ids.is_empty()
            }
        }
    }

    pub(super) fn add_to(&self, all: &mut RoaringBitmap) {
        match self {
            Self::One(only) => {
                all.insert(*only);
            }
            Self::Many(ids) => *all |= &**ids,
        }
    }

    pub(super) fn count_in(&self, among: &RoaringBitmap) -> usize {
        match self {
            Self::One(only) => usize::from(among.contains(*only)),
            Self::Many(ids) => usize::try_from(ids.intersection_len(among)).unwrap_or(usize::MAX),
        }
    }

    pub(super) fn members_in(&self, among: &RoaringBitmap) -> Vec<EntityId> {
        match self {
            Self::One(only) if among.contains(*only) => vec![*only],
            Self::One(_) => Vec::new(),
            Self::Many(ids) => (&**ids & among).iter().collect(),
        }
    }
}
