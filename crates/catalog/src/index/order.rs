//! Putting entities in order by their values.
use std::cmp::Ordering;

use roaring::RoaringBitmap;

use super::{
    EntityId, Index, REF_KEY, TITLE_KEY,
    column::Column,
    page::{Position, Start},
    set::IdSet,
    values::Values,
};

/// Keys that nearly every list is ordered by.
const PREPARED: [&str; 4] = [REF_KEY, TITLE_KEY, "metadata.name", "metadata.title"];

/// Place of what has no value.
const LAST: u32 = u32::MAX;

/// Places run the other way round from here when the order is descending.
const TURN: u32 = u32::MAX - 1;

/// One key to order by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderKey {
    /// Dotted path, in any case.
    pub key: String,
    /// From the last value to the first.
    pub descending: bool,
}

impl Index {
    /// Returns some entities in order, from `offset`, at most `limit`. Entities without a value come last; equal
    /// ones, and all when there is no key, are ordered by reference.
    #[must_use]
    pub fn ordered(
        &self,
        among: &RoaringBitmap,
        keys: &[OrderKey],
        offset: usize,
        limit: usize,
    ) -> Vec<EntityId> {
        self.page(among, keys, &Start::Offset(offset), limit).ids
    }

    /// Returns the entities among some that have any value of a key.
    #[must_use]
    pub fn having(&self, among: &RoaringBitmap, key: &str) -> RoaringBitmap {
        self.with_key(key) & among
    }

    /// Makes the orders that nearly every list needs, so that no request has to wait for them.
    pub(super) fn prepare_orders(&self) {
        for key in PREPARED {
            if let Some(Column::Full(values)) = self.column(key) {
                values.dictionary.ranks();
            }
        }
    }

    /// Returns the order by some keys and then by reference.
    pub(super) fn order(&self, keys: &[OrderKey]) -> Order<'_> {
        let steps = keys
            .iter()
            .map(|key| Step::new(self.column(&key.key), key.descending));
        let reference = Step::new(self.column(REF_KEY), false);
        Order(steps.chain(std::iter::once(reference)).collect())
    }
}

/// An order of entities: by the first step, what is equal there by the second, and so on.
pub(super) struct Order<'a>(Vec<Step<'a>>);

/// An entity with its place in the first step, which decides most comparisons.
pub(super) type Row = (u32, EntityId);

impl Order<'_> {
    /// Returns an entity in the form that is compared.
    pub(super) fn row(&self, id: EntityId) -> Row {
        (self.0[0].of(id), id)
    }

    /// Compares two entities.
    pub(super) fn compare(&self, a: &Row, b: &Row) -> Ordering {
        a.0.cmp(&b.0).then_with(|| {
            let later = self.0[1..]
                .iter()
                .map(|step| step.of(a.1).cmp(&step.of(b.1)));
            later
                .into_iter()
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        })
    }

    /// Returns where a position stands among the places of each step.
    pub(super) fn places(&self, position: &Position) -> Vec<u32> {
        let last = self.0.len() - 1;
        let place = |(at, step): (usize, &Step<'_>)| match position.values.get(at) {
            _ if at == last => step.find(&position.entity_ref),
            Some(Some(value)) => step.find(value),
            _ => LAST,
        };
        self.0.iter().enumerate().map(place).collect()
    }

    /// Compares an entity with the places of a position.
    pub(super) fn compare_to(&self, row: &Row, places: &[u32]) -> Ordering {
        row.0.cmp(&places[0]).then_with(|| {
            let later = self.0[1..].iter().zip(&places[1..]);
            let mut later = later.map(|(step, place)| step.of(row.1).cmp(place));
            later.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        })
    }

    /// Returns the position of an entity.
    pub(super) fn position(&self, id: EntityId) -> Option<Position> {
        let mut values: Vec<_> = self.0.iter().map(|step| step.text(id)).collect();
        Some(Position {
            entity_ref: values.pop()??,
            values,
        })
    }
}

/// One key of an order.
struct Step<'a> {
    values: Source<'a>,
    descending: bool,
}

enum Source<'a> {
    Nothing,
    /// All that have a value have the same.
    Marks(&'a IdSet),
    Values(&'a Values),
}

impl<'a> Step<'a> {
    fn new(column: Option<&'a Column>, descending: bool) -> Self {
        let values = match column {
            None => Source::Nothing,
            Some(Column::Marks(marked)) => Source::Marks(marked),
            Some(Column::Full(values)) => Source::Values(values),
        };
        Self { values, descending }
    }

    /// Returns the place of an entity, always an odd number, so that there are places between any two.
    fn of(&self, id: EntityId) -> u32 {
        match &self.values {
            Source::Nothing => LAST,
            Source::Marks(marked) => {
                if marked.contains(id) {
                    self.turned(1)
                } else {
                    LAST
                }
            }
            Source::Values(values) => {
                let ranks = values.dictionary.ranks();
                let places = values
                    .of(id)
                    .map(|value| self.turned(2 * ranks.place(value) + 1));
                places.min().unwrap_or(LAST)
            }
        }
    }

    /// Returns the place of a value in lower case: that of the entities that have it, or one between those around it.
    fn find(&self, text: &str) -> u32 {
        self.turned(match &self.values {
            Source::Nothing => 0,
            Source::Marks(_) => match text.cmp("true") {
                Ordering::Less => 0,
                Ordering::Equal => 1,
                Ordering::Greater => 2,
            },
            Source::Values(values) => {
                match values.dictionary.ranks().find(&values.dictionary, text) {
                    Ok(place) => 2 * place + 1,
                    Err(next) => 2 * next,
                }
            }
        })
    }

    /// Returns the value of an entity that its place comes from, in lower case.
    fn text(&self, id: EntityId) -> Option<String> {
        match &self.values {
            Source::Nothing => None,
            Source::Marks(marked) => marked.contains(id).then(|| "true".to_owned()),
            Source::Values(values) => {
                let ranks = values.dictionary.ranks();
                let first = values
                    .of(id)
                    .min_by_key(|value| self.turned(ranks.place(*value)));
                first.map(|value| values.dictionary.lower(value).to_owned())
            }
        }
    }

    fn turned(&self, place: u32) -> u32 {
        if self.descending { TURN - place } else { place }
    }
}
