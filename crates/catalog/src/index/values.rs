//! The values of one key in order; a key with one value, as every list item makes one, costs no tree.
use std::{collections::BTreeMap, sync::Arc};

use super::column::Spellings;

#[derive(Debug, Default)]
pub(super) enum Values {
    #[default]
    None,
    One(Box<(Arc<str>, Spellings)>),
    Many(BTreeMap<Arc<str>, Spellings>),
}

/// Values in order, from either end.
pub(super) type Walk<'a> = Box<dyn DoubleEndedIterator<Item = (&'a Arc<str>, &'a Spellings)> + 'a>;

impl Values {
    pub(super) fn get(&self, value: &str) -> Option<&Spellings> {
        match self {
            Self::None => None,
            Self::One(only) => (*only.0 == *value).then_some(&only.1),
            Self::Many(all) => all.get(value),
        }
    }

    pub(super) fn get_mut(&mut self, value: &str) -> Option<&mut Spellings> {
        match self {
            Self::None => None,
            Self::One(only) => (*only.0 == *value).then_some(&mut only.1),
            Self::Many(all) => all.get_mut(value),
        }
    }

    /// Adds a value that is not there yet.
    pub(super) fn insert(&mut self, value: Arc<str>, spellings: Spellings) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(Box::new((value, spellings))),
            Self::One(only) => Self::Many(BTreeMap::from([*only, (value, spellings)])),
            Self::Many(mut all) => {
                all.insert(value, spellings);
                Self::Many(all)
            }
        };
    }

    pub(super) fn remove(&mut self, value: &str) {
        match self {
            Self::None => {}
            Self::One(only) if *only.0 == *value => *self = Self::None,
            Self::One(_) => {}
            Self::Many(all) => {
                all.remove(value);
                if all.is_empty() {
                    *self = Self::None;
                }
            }
        }
    }

    /// Returns all values in order.
    pub(super) fn iter(&self) -> Walk<'_> {
        match self {
            Self::None => Box::new(std::iter::empty()),
            Self::One(only) => Box::new(std::iter::once((&only.0, &only.1))),
            Self::Many(all) => Box::new(all.iter()),
        }
    }

    /// Returns the values that start with a text, in order.
    pub(super) fn starting_with<'a>(
        &'a self,
        start: &'a str,
    ) -> Box<dyn Iterator<Item = &'a Spellings> + 'a> {
        match self {
            Self::Many(all) => Box::new(
                all.range(Arc::from(start)..)
                    .take_while(move |(value, _)| value.starts_with(start))
                    .map(|(_, spellings)| spellings),
            ),
            few => Box::new(
                few.iter()
                    .filter(move |(value, _)| value.starts_with(start))
                    .map(|(_, spellings)| spellings),
            ),
        }
    }
}
