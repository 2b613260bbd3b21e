//! One page of entities in order, from a place that stays right when entities come and go between pages.
use std::cmp::Ordering;

use roaring::RoaringBitmap;

use super::{EntityId, Index, OrderKey, order::Row};

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// At the first entity.
    First,
    /// After so many entities.
    Offset(usize),
    /// Right after a place.
    After(Position),
    /// So that the page ends right before a place.
    Before(Position),
}

/// A place in an order, whether or not an entity is there: what the order compares of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The value for each key of the order, in lower case; absent where the entity has none.
    pub values: Vec<Option<String>>,
    /// Canonical reference, which decides between equal values.
    pub entity_ref: String,
}

/// Entities of one page in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The entities.
    pub ids: Vec<EntityId>,
    /// Whether entities come before the page.
    pub has_before: bool,
    /// Whether entities come after the page.
    pub has_after: bool,
    /// Place of the first entity of the page.
    pub first: Option<Position>,
    /// Place of the last entity of the page.
    pub last: Option<Position>,
}

impl Index {
    /// Returns one page of some entities. The order is that of the values of the keys in lower case, those without a
    /// value last, and then that of the references; of several values the one that comes first counts.
    #[must_use]
    pub fn page(
        &self,
        among: &RoaringBitmap,
        keys: &[OrderKey],
        start: &Start,
        limit: usize,
    ) -> Page {
        let order = self.order(keys);
        let rows = among.iter().map(|id| order.row(id));
        let total = usize::try_from(among.len()).unwrap_or(usize::MAX);
        let compare = |a: &Row, b: &Row| order.compare(a, b);
        // How many come before the page, and the page.
        let (before, page) = match start {
            Start::First | Start::Offset(_) => {
                let skipped = if let Start::Offset(offset) = start {
                    *offset
                } else {
                    0
                };
                let skipped = skipped.min(total);
                let (_, mut page) = smallest(rows, skipped.saturating_add(limit), compare);
                (skipped, page.split_off(skipped.min(page.len())))
            }
            Start::After(position) => {
                let places = order.places(position);
                let later = |row: &Row| order.compare_to(row, &places) == Ordering::Greater;
                let (count, page) = smallest(rows.filter(later), limit, compare);
                (total - count, page)
            }
            Start::Before(position) => {
                let places = order.places(position);
                let earlier = |row: &Row| order.compare_to(row, &places) == Ordering::Less;
                let (count, mut page) = smallest(rows.filter(earlier), limit, |a, b| compare(b, a));
                page.reverse();
                (count - page.len(), page)
            }
        };
        let ids: Vec<EntityId> = page.into_iter().map(|(_, id)| id).collect();
        Page {
            has_before: before > 0,
            has_after: before + ids.len() < total,
            first: ids.first().and_then(|id| order.position(*id)),
            last: ids.last().and_then(|id| order.position(*id)),
            ids,
        }
    }

    /// Returns the place of an entity in an order.
    #[must_use]
    pub fn position(&self, id: EntityId, keys: &[OrderKey]) -> Option<Position> {
        self.order(keys).position(id)
    }
}

/// Returns how many rows there are, and the first of them in order, at most `limit`.
fn smallest(
    rows: impl Iterator<Item = Row>,
    limit: usize,
    compare: impl Fn(&Row, &Row) -> Ordering,
) -> (usize, Vec<Row>) {
    let mut kept: Vec<Row> = Vec::new();
    let mut bound: Option<Row> = None;
    let mut count = 0;
    let most = limit.saturating_mul(2).saturating_add(16);
    for row in rows {
        count += 1;
        if bound.is_some_and(|bound| compare(&row, &bound) == Ordering::Greater) {
            continue;
        }
        kept.push(row);
        // What is beyond the limit cannot be on the page, nor what is greater than the last that is within.
        if limit > 0 && kept.len() >= most {
            kept.select_nth_unstable_by(limit - 1, &compare);
            kept.truncate(limit);
            bound = kept.last().copied();
        }
    }
    kept.sort_unstable_by(&compare);
    kept.truncate(limit);
    (count, kept)
}
