//! Putting entities in order by their values.
use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::{EntityId, Index};

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
        match keys {
            [] => self
                .by_ref
                .values()
                .copied()
                .filter(|id| among.contains(*id))
                .skip(offset)
                .take(limit)
                .collect(),
            [only] => self.by_one(among, only, offset, limit),
            keys => self.by_many(among, keys, offset, limit),
        }
    }

    /// Returns the entities among some that have any value of a key.
    #[must_use]
    pub fn having(&self, among: &RoaringBitmap, key: &str) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        if let Some(column) = self.column(key) {
            column.present.add_to(&mut found);
        }
        found & among
    }

    /// Walks the values of one key and stops as soon as the page is full.
    fn by_one(
        &self,
        among: &RoaringBitmap,
        key: &OrderKey,
        offset: usize,
        limit: usize,
    ) -> Vec<EntityId> {
        let wanted = offset.saturating_add(limit);
        let mut rest = among.clone();
        let mut found = Vec::new();
        for ids in self.groups(key) {
            if found.len() >= wanted {
                break;
            }
            let mut group: Vec<EntityId> = ids.into_iter().filter(|id| rest.remove(*id)).collect();
            self.sort_by_ref(&mut group);
            found.append(&mut group);
        }
        if found.len() < wanted {
            let mut group: Vec<EntityId> = rest.iter().collect();
            self.sort_by_ref(&mut group);
            found.append(&mut group);
        }
        found.into_iter().skip(offset).take(limit).collect()
    }

    fn by_many(
        &self,
        among: &RoaringBitmap,
        keys: &[OrderKey],
        offset: usize,
        limit: usize,
    ) -> Vec<EntityId> {
        let ranks: Vec<HashMap<EntityId, usize>> =
            keys.iter().map(|key| self.ranks(key, among)).collect();
        let rank = |id: EntityId| -> Vec<usize> {
            ranks
                .iter()
                .map(|rank| rank.get(&id).copied().unwrap_or(usize::MAX))
                .collect()
        };
        let mut rows: Vec<(Vec<usize>, EntityId)> = among.iter().map(|id| (rank(id), id)).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.compare_refs(a.1, b.1)));
        rows.into_iter()
            .skip(offset)
            .take(limit)
            .map(|(_, id)| id)
            .collect()
    }

    fn ranks(&self, key: &OrderKey, among: &RoaringBitmap) -> HashMap<EntityId, usize> {
        let mut ranks = HashMap::new();
        for (rank, ids) in self.groups(key).enumerate() {
            for id in ids.into_iter().filter(|id| among.contains(*id)) {
                ranks.entry(id).or_insert(rank);
            }
        }
        ranks
    }

    /// Returns the entities of each value of a key, value by value.
    fn groups(&self, key: &OrderKey) -> Box<dyn Iterator<Item = Vec<EntityId>> + '_> {
        let Some(column) = self.column(&key.key) else {
            return Box::new(std::iter::empty());
        };
        let members = |(_, spellings): (_, &super::column::Spellings)| {
            let mut ids = Vec::new();
            spellings
                .all()
                .for_each(|spelling| spelling.ids.each(|id| ids.push(id)));
            ids
        };
        if key.descending {
            Box::new(column.values.iter().rev().map(members))
        } else {
            Box::new(column.values.iter().map(members))
        }
    }

    fn sort_by_ref(&self, ids: &mut [EntityId]) {
        ids.sort_by(|a, b| self.compare_refs(*a, *b));
    }

    fn compare_refs(&self, a: EntityId, b: EntityId) -> std::cmp::Ordering {
        let name = |id| self.label(id).map(|label| label.entity_ref);
        name(a).cmp(&name(b))
    }
}
