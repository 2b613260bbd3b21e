//! A set of entities that costs little while it has few members, as most values of a catalog do.
use roaring::RoaringBitmap;

use super::EntityId;

/// Up to so many members are kept as a list.
const FEW: usize = 64;

#[derive(Debug, Default)]
pub(super) enum IdSet {
    #[default]
    Empty,
    One(EntityId),
    /// Sorted.
    #[expect(
        clippy::box_collection,
        reason = "there is a set for every value, most have one member, and the set should cost no more than that"
    )]
    Few(Box<Vec<EntityId>>),
    Many(Box<RoaringBitmap>),
}

impl IdSet {
    pub(super) fn insert(&mut self, id: EntityId) {
        match self {
            Self::Empty => *self = Self::One(id),
            Self::One(only) if *only == id => {}
            Self::One(only) => {
                *self = Self::Few(Box::new(vec![id.min(*only), id.max(*only)]));
            }
            Self::Few(ids) => {
                let at = ids.partition_point(|other| *other < id);
                if ids.get(at) != Some(&id) {
                    ids.insert(at, id);
                }
                if ids.len() > FEW {
                    *self = Self::Many(Box::new(ids.iter().copied().collect()));
                }
            }
            Self::Many(ids) => {
                ids.insert(id);
            }
        }
    }

    pub(super) fn remove(&mut self, id: EntityId) {
        match self {
            Self::One(only) if *only == id => *self = Self::Empty,
            Self::Few(ids) => {
                ids.retain(|other| *other != id);
                if let [only] = ***ids {
                    *self = Self::One(only);
                }
            }
            Self::Many(ids) => {
                ids.remove(id);
                if ids.len() < FEW as u64 / 2 {
                    *self = Self::Few(Box::new(ids.iter().collect()));
                }
            }
            Self::Empty | Self::One(_) => {}
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(super) fn contains(&self, id: EntityId) -> bool {
        match self {
            Self::Empty => false,
            Self::One(only) => *only == id,
            Self::Few(ids) => ids.binary_search(&id).is_ok(),
            Self::Many(ids) => ids.contains(id),
        }
    }

    /// Returns the member when there is no other.
    pub(super) fn only(&self) -> Option<EntityId> {
        match self {
            Self::One(only) => Some(*only),
            _ => None,
        }
    }

    pub(super) fn add_to(&self, all: &mut RoaringBitmap) {
        match self {
            Self::Empty => {}
            Self::One(only) => {
                all.insert(*only);
            }
            Self::Few(ids) => all.extend(ids.iter().copied()),
            Self::Many(ids) => *all |= &**ids,
        }
    }

    pub(super) fn count_in(&self, among: &RoaringBitmap) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(only) => usize::from(among.contains(*only)),
            Self::Few(ids) => ids.iter().filter(|id| among.contains(**id)).count(),
            Self::Many(ids) => usize::try_from(ids.intersection_len(among)).unwrap_or(usize::MAX),
        }
    }

    /// Returns the first members, at most so many.
    pub(super) fn first(&self, limit: usize) -> Vec<EntityId> {
        match self {
            Self::Empty => Vec::new(),
            Self::One(only) => std::iter::once(*only).take(limit).collect(),
            Self::Few(ids) => ids.iter().copied().take(limit).collect(),
            Self::Many(ids) => ids.iter().take(limit).collect(),
        }
    }

    /// Calls a function for every member, in order.
    pub(super) fn each(&self, mut act: impl FnMut(EntityId)) {
        match self {
            Self::Empty => {}
            Self::One(only) => act(*only),
            Self::Few(ids) => ids.iter().copied().for_each(act),
            Self::Many(ids) => ids.iter().for_each(act),
        }
    }

    /// Gives back memory that is kept for more members.
    pub(super) fn shrink(&mut self) {
        if let Self::Few(ids) = self {
            super::fit(ids);
        }
    }
}
