//! The order of the values of one key.
use std::cmp::Ordering;

use super::dictionary::{Dictionary, ValueId};

/// A new value is put in its place by itself while there are few; many are merged in one walk.
const FEW: usize = 8;

/// Marks a value in the order that differs from the one before in its spelling only.
const SPELLING: u32 = 1 << 31;

/// Values in order, and the place of each.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// The order; a value whose lower case the one before has too is marked.
    sorted: Vec<u32>,
    /// Place of each value; spellings of one value share it.
    places: Vec<u32>,
}

impl Ranks {
    /// Puts all values in order.
    pub(super) fn of(values: &Dictionary) -> Self {
        let mut sorted: Vec<ValueId> = (0..super::number(values.len())).collect();
        // Stable, because values often come in runs that are in order already.
        sorted.sort_by(|a, b| values.compare(*a, *b));
        let mut ranks = Self {
            sorted,
            places: Vec::new(),
        };
        (1..ranks.sorted.len()).for_each(|at| ranks.mark(values, at));
        ranks.number();
        ranks
    }

    /// Adds new values.
    pub(super) fn add(&mut self, values: &Dictionary, mut new: Vec<ValueId>) {
        new.sort_by(|a, b| values.compare(*a, *b));
        let place = |sorted: &[u32], value| {
            sorted.partition_point(|other| values.compare(plain(*other), value) == Ordering::Less)
        };
        if new.len() <= FEW {
            for value in new {
                let at = place(&self.sorted, value);
                self.sorted.insert(at, value);
                self.mark(values, at);
                self.mark(values, at + 1);
            }
        } else {
            let mut merged = Vec::with_capacity(self.sorted.len() + new.len());
            let mut marks = Vec::with_capacity(new.len());
            let mut from = 0;
            for value in new {
                let to = from + place(&self.sorted[from..], value);
                merged.extend_from_slice(&self.sorted[from..to]);
                marks.push(merged.len());
                merged.push(value);
                from = to;
            }
            merged.extend_from_slice(&self.sorted[from..]);
            self.sorted = merged;
            for at in marks {
                self.mark(values, at);
                self.mark(values, at + 1);
            }
        }
        self.number();
    }

    /// Returns all values in order.
    pub(super) fn sorted(&self) -> impl Iterator<Item = ValueId> + '_ {
        self.sorted.iter().map(|value| plain(*value))
    }

    /// Returns the place of a value; spellings of one value share it.
    pub(super) fn place(&self, value: ValueId) -> u32 {
        self.places[value as usize]
    }

    /// Returns the place of a text in lower case, or the place before which it would stand.
    pub(super) fn find(&self, values: &Dictionary, lower: &str) -> Result<u32, u32> {
        let at = self
            .sorted
            .partition_point(|value| values.lower(plain(*value)) < lower);
        match self.sorted.get(at).map(|value| plain(*value)) {
            Some(value) if values.lower(value) == lower => Ok(self.place(value)),
            Some(value) => Err(self.place(value)),
            None => Err(self
                .sorted
                .last()
                .map_or(0, |last| self.place(plain(*last)) + 1)),
        }
    }

    /// Marks the value at a place of the order if it is a spelling of the one before.
    fn mark(&mut self, values: &Dictionary, at: usize) {
        let Some(value) = self.sorted.get(at).map(|value| plain(*value)) else {
            return;
        };
        let before = at.checked_sub(1).map(|before| plain(self.sorted[before]));
        let spelling = before.is_some_and(|before| values.lower(before) == values.lower(value));
        self.sorted[at] = if spelling { value | SPELLING } else { value };
    }

    fn number(&mut self) {
        self.places.clear();
        self.places.resize(self.sorted.len(), 0);
        let mut place = 0;
        for (at, value) in self.sorted.iter().enumerate() {
            if at > 0 && value & SPELLING == 0 {
                place += 1;
            }
            self.places[plain(*value) as usize] = place;
        }
    }
}

fn plain(value: u32) -> ValueId {
    value & !SPELLING
}
