//! A set of entities that costs nothing while it has one member, as most values of a catalog do.
use roaring::RoaringBitmap;

use super::EntityId;

#[derive(Debug, Default)]
pub(super) enum IdSet {
    #[default]
    Empty,
    One(EntityId),
    Many(Box<RoaringBitmap>),
}

impl IdSet {
    pub(super) fn one(id: EntityId) -> Self {
        Self::One(id)
    }

    pub(super) fn insert(&mut self, id: EntityId) {
        match self {
            Self::Empty => *self = Self::One(id),
            Self::One(only) if *only == id => {}
            Self::One(only) => *self = Self::Many(Box::new(RoaringBitmap::from_iter([*only, id]))),
            Self::Many(ids) => {
                ids.insert(id);
            }
        }
    }

    pub(super) fn remove(&mut self, id: EntityId) {
        match self {
            Self::One(only) if *only == id => *self = Self::Empty,
            Self::Many(ids) => {
                ids.remove(id);
                if ids.is_empty() {
                    *self = Self::Empty;
                }
            }
            Self::Empty | Self::One(_) => {}
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(super) fn add_to(&self, all: &mut RoaringBitmap) {
        match self {
            Self::Empty => {}
            Self::One(only) => {
                all.insert(*only);
            }
            Self::Many(ids) => *all |= &**ids,
        }
    }

    pub(super) fn count_in(&self, among: &RoaringBitmap) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(only) => usize::from(among.contains(*only)),
            Self::Many(ids) => usize::try_from(ids.intersection_len(among)).unwrap_or(usize::MAX),
        }
    }

    /// Calls a function for every member.
    pub(super) fn each(&self, mut act: impl FnMut(EntityId)) {
        match self {
            Self::Empty => {}
            Self::One(only) => act(*only),
            Self::Many(ids) => ids.iter().for_each(act),
        }
    }
}
