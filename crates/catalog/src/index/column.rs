//! What all entities have for one key.
use memchr::memmem::Finder;
use roaring::RoaringBitmap;

use super::{EntityId, set::IdSet, values::Values};

/// The value of the key that every item of a list makes.
const TRUE: &str = "true";

/// A facet of so many more values than are found puts in order only what is found.
const FEW: usize = 16;

/// So many values of one entity are looked at one by one.
const FEW_VALUES: usize = 8;

/// What all entities have for one key.
#[derive(Debug)]
pub(super) enum Column {
    /// Entities that have the value `true`, while there is no other: so it is for each item of a list.
    Marks(IdSet),
    /// Anything else.
    Full(Box<Values>),
}

impl Default for Column {
    fn default() -> Self {
        Self::Marks(IdSet::default())
    }
}

impl Column {
    /// Adds the values of an entity that has none yet; a value that cannot be compared is `None`.
    pub(super) fn insert<'a>(
        &mut self,
        id: EntityId,
        mut texts: impl Iterator<Item = Option<&'a str>> + Clone,
    ) {
        if let Self::Marks(marked) = self {
            if texts.clone().eq([Some(TRUE)]) {
                marked.insert(id);
                return;
            }
            let mut values = Values::default();
            marked.each(|id| values.insert(id, std::iter::once(Some(TRUE))));
            *self = Self::Full(Box::new(values));
        }
        if let Self::Full(values) = self {
            values.insert(id, texts.by_ref());
        }
    }

    /// Takes the values of an entity out.
    pub(super) fn remove(&mut self, id: EntityId) {
        match self {
            Self::Marks(marked) => marked.remove(id),
            Self::Full(values) => values.remove(id),
        }
    }

    /// Returns whether no entity has the key.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Marks(marked) => marked.is_empty(),
            Self::Full(values) => values.is_empty(),
        }
    }

    /// Returns the first value of an entity, as written.
    pub(super) fn value(&self, id: EntityId) -> Option<&str> {
        match self {
            Self::Marks(marked) => marked.contains(id).then_some(TRUE),
            Self::Full(values) => values
                .of(id)
                .next()
                .map(|value| values.dictionary.text(value)),
        }
    }

    /// Returns every value of an entity, as written.
    pub(super) fn values(&self, id: EntityId) -> impl Iterator<Item = &str> {
        let (mark, values) = match self {
            Self::Marks(marked) => (marked.contains(id).then_some(TRUE), None),
            Self::Full(values) => (None, Some(values)),
        };
        let values = values.into_iter().flat_map(move |values| {
            let all = values.of(id);
            all.map(|value| values.dictionary.text(value))
        });
        mark.into_iter().chain(values)
    }

    /// Returns the entity that alone has a value as written.
    pub(super) fn holder(&self, text: &str) -> Option<EntityId> {
        match self {
            Self::Marks(_) => None,
            Self::Full(values) => values.sets.only(values.dictionary.find(text)?),
        }
    }

    /// Returns whether an entity has the key.
    pub(super) fn has(&self, id: EntityId) -> bool {
        match self {
            Self::Marks(marked) => marked.contains(id),
            Self::Full(values) => values.has(id),
        }
    }

    /// Returns whether an entity has one of these values, in any case.
    pub(super) fn has_equal(&self, id: EntityId, wanted: &[String]) -> bool {
        let values = match self {
            Self::Marks(marked) => {
                return marked.contains(id) && wanted.iter().any(|text| is_lower_of(TRUE, text));
            }
            Self::Full(values) => values,
        };
        if values.of(id).nth(FEW_VALUES).is_none() {
            let mut own = values.of(id).map(|value| values.dictionary.lower(value));
            return own.any(|lower| wanted.iter().any(|text| is_lower_of(lower, text)));
        }
        wanted.iter().any(|text| {
            let lower = text.to_lowercase();
            let mut spellings = values.dictionary.spellings(&lower);
            spellings.any(|value| values.sets.contains(value, id))
        })
    }

    /// Returns whether something holds for a value of an entity, in lower case.
    pub(super) fn has_value(&self, id: EntityId, mut holds: impl FnMut(&str) -> bool) -> bool {
        match self {
            Self::Marks(marked) => marked.contains(id) && holds(TRUE),
            Self::Full(values) => values
                .of(id)
                .any(|value| holds(values.dictionary.lower(value))),
        }
    }

    /// Returns entities that have a value, given in lower case: at most so many, in the order of their numbers.
    pub(super) fn first_equal(&self, lower: &str, limit: usize) -> Vec<EntityId> {
        match self {
            Self::Marks(marked) if lower == TRUE => marked.first(limit),
            Self::Marks(_) => Vec::new(),
            Self::Full(values) => {
                let spellings = values.dictionary.spellings(lower);
                let mut ids: Vec<_> = spellings
                    .flat_map(|value| values.sets.first(value, limit))
                    .collect();
                ids.sort_unstable();
                ids.dedup();
                ids.truncate(limit);
                ids
            }
        }
    }

    /// Adds the entities that have the key to a set.
    pub(super) fn add_to(&self, found: &mut RoaringBitmap) {
        match self {
            Self::Marks(marked) => marked.add_to(found),
            Self::Full(values) => values.add_to(found),
        }
    }

    /// Adds the entities that have a value, given in lower case, to a set.
    pub(super) fn add_equal(&self, lower: &str, found: &mut RoaringBitmap) {
        match self {
            Self::Marks(marked) if lower == TRUE => marked.add_to(found),
            Self::Marks(_) => {}
            Self::Full(values) => {
                let spellings = values.dictionary.spellings(lower);
                spellings.for_each(|value| values.sets.add_to(value, found));
            }
        }
    }

    /// Adds the entities of which a value starts with a text in lower case to a set.
    pub(super) fn add_starting(&self, start: &str, found: &mut RoaringBitmap) {
        match self {
            Self::Marks(marked) if TRUE.starts_with(start) => marked.add_to(found),
            Self::Marks(_) => {}
            Self::Full(values) => {
                let matching = values.dictionary.starting_with(start);
                add_all(values, matching, found);
            }
        }
    }

    /// Adds the entities of which a value contains a text in lower case to a set.
    pub(super) fn add_containing(&self, finder: &Finder<'_>, found: &mut RoaringBitmap) {
        match self {
            Self::Marks(marked) if finder.find(TRUE.as_bytes()).is_some() => marked.add_to(found),
            Self::Marks(_) => {}
            Self::Full(values) => {
                let matching = values.dictionary.containing(finder);
                add_all(values, matching, found);
            }
        }
    }

    /// Returns the spellings of the values among some entities with how many have each, in order.
    pub(super) fn facet(&self, among: &RoaringBitmap) -> Vec<(String, usize)> {
        let values = match self {
            Self::Marks(marked) => {
                let count = marked.count_in(among);
                return (count > 0)
                    .then(|| (TRUE.to_owned(), count))
                    .into_iter()
                    .collect();
            }
            Self::Full(values) => values,
        };
        let counts = values.counts(among);
        let dictionary = &values.dictionary;
        let shown = |value: u32| {
            let count = counts[value as usize] as usize;
            (count > 0).then(|| (dictionary.text(value).to_owned(), count))
        };
        let found = counts.iter().filter(|count| **count > 0).count();
        if found * FEW >= counts.len() {
            return dictionary.ranks().sorted().filter_map(shown).collect();
        }
        let mut few: Vec<u32> = (0..super::number(counts.len()))
            .filter(|value| counts[*value as usize] > 0)
            .collect();
        few.sort_by(|a, b| dictionary.compare(*a, *b));
        few.into_iter().filter_map(shown).collect()
    }

    /// Does what was put off while many entities came or went.
    pub(super) fn settle(&mut self) {
        if let Self::Full(values) = self {
            values.settle();
        }
    }

    /// Gives back memory that is kept for more.
    pub(super) fn shrink(&mut self) {
        match self {
            Self::Marks(marked) => marked.shrink(),
            Self::Full(values) => values.shrink(),
        }
    }
}

/// Returns whether a text in lower case is the lower case of another one.
fn is_lower_of(lower: &str, text: &str) -> bool {
    if text.is_ascii() {
        lower.eq_ignore_ascii_case(text)
    } else {
        lower == text.to_lowercase()
    }
}

/// Adds the entities of many values; sorted runs are what a bitmap takes in quickly.
fn add_all(values: &Values, matching: impl Iterator<Item = u32>, found: &mut RoaringBitmap) {
    let mut ids = Vec::new();
    matching.for_each(|value| values.sets.each(value, |id| ids.push(id)));
    ids.sort_unstable();
    ids.dedup();
    *found |= RoaringBitmap::from_sorted_iter(ids).unwrap_or_default();
}
