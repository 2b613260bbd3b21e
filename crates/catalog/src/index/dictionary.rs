//! The distinct values of one key, numbered, as written and in lower case.
use std::{cmp::Ordering, hash::BuildHasher, sync::OnceLock};

use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::memmem::Finder;

use super::{rank::Ranks, texts::Texts};

/// Number of a value within its key.
pub(super) type ValueId = u32;

/// All values of one key.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    lower: Texts,
    /// As written, empty where that is the lower case; absent while it is so for all.
    written: Option<Texts>,
    /// Numbers by the lower case of their values.
    numbers: HashTable<ValueId>,
    hasher: DefaultHashBuilder,
    /// The order of the values, made when it is first asked for.
    ranks: OnceLock<Ranks>,
    /// Values that the order does not have yet.
    unranked: Vec<ValueId>,
}

impl Dictionary {
    /// Returns the number of values.
    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// Returns a value as written.
    pub(super) fn text(&self, value: ValueId) -> &str {
        match self.written.as_ref().map(|written| written.get(value)) {
            None | Some("") => self.lower.get(value),
            Some(written) => written,
        }
    }

    /// Returns a value in lower case.
    pub(super) fn lower(&self, value: ValueId) -> &str {
        self.lower.get(value)
    }

    /// Returns the number of a value and whether it is new.
    pub(super) fn insert(&mut self, text: &str) -> (ValueId, bool) {
        let lower = lower(text);
        let key = lower.as_deref().unwrap_or(text);
        let hash = self.hasher.hash_one(key);
        let same = |value: &ValueId| self.lower.get(*value) == key && self.text(*value) == text;
        if let Some(value) = self.numbers.find(hash, same) {
            return (*value, false);
        }
        let value = super::number(self.lower.len());
        if lower.is_some() && self.written.is_none() {
            let mut written = Texts::default();
            (0..value).for_each(|_| written.push(""));
            self.written = Some(written);
        }
        if let Some(written) = &mut self.written {
            written.push(if lower.is_some() { text } else { "" });
        }
        self.lower.push(key);
        let Self {
            numbers,
            hasher,
            lower,
            ..
        } = self;
        numbers.insert_unique(hash, value, |value| hasher.hash_one(lower.get(*value)));
        if self.ranks.get().is_some() {
            self.unranked.push(value);
        }
        (value, true)
    }

    /// Returns the number of a value as written.
    pub(super) fn find(&self, text: &str) -> Option<ValueId> {
        let lower = lower(text);
        self.spellings(lower.as_deref().unwrap_or(text))
            .find(|value| self.text(*value) == text)
    }

    /// Returns every spelling of a value that is given in lower case.
    pub(super) fn spellings<'a>(&'a self, lower: &'a str) -> impl Iterator<Item = ValueId> + 'a {
        let same_hash = self.numbers.iter_hash(self.hasher.hash_one(lower));
        same_hash
            .copied()
            .filter(move |value| self.lower.get(*value) == lower)
    }

    /// Returns the values that contain a text in lower case.
    pub(super) fn containing<'a>(
        &'a self,
        finder: &'a Finder<'a>,
    ) -> impl Iterator<Item = ValueId> + 'a {
        self.lower.containing(finder)
    }

    /// Returns the values that start with a text in lower case.
    pub(super) fn starting_with<'a>(
        &'a self,
        start: &'a str,
    ) -> impl Iterator<Item = ValueId> + 'a {
        (0..super::number(self.len()))
            .filter(move |value| self.lower.get(*value).starts_with(start))
    }

    /// Compares two values: by lower case first, and of two spellings the one in lower case comes first.
    pub(super) fn compare(&self, a: ValueId, b: ValueId) -> Ordering {
        let by_lower = self.lower.get(a).cmp(self.lower.get(b));
        by_lower.then_with(|| self.text(b).cmp(self.text(a)))
    }

    /// Returns the order of the values.
    pub(super) fn ranks(&self) -> &Ranks {
        self.ranks.get_or_init(|| Ranks::of(self))
    }

    /// Brings new values into the order, if there is one.
    pub(super) fn settle(&mut self) {
        if self.unranked.is_empty() {
            return;
        }
        let new = std::mem::take(&mut self.unranked);
        if let Some(mut ranks) = self.ranks.take() {
            ranks.add(self, new);
            self.ranks = OnceLock::from(ranks);
        }
    }

    /// Leaves out the values that are used no more and numbers the others anew, in the same order. Returns the new
    /// number of each.
    pub(super) fn keep(&mut self, used: impl Fn(ValueId) -> bool) -> Vec<Option<ValueId>> {
        let mut kept = Self {
            hasher: self.hasher.clone(),
            ..Self::default()
        };
        let numbers = 0..super::number(self.len());
        let renumbered = numbers
            .map(|value| used(value).then(|| kept.insert(self.text(value)).0))
            .collect();
        let ranked = self.ranks.get().is_some();
        kept.shrink();
        *self = kept;
        if ranked {
            self.ranks();
        }
        renumbered
    }

    /// Gives back memory that is kept for more values.
    pub(super) fn shrink(&mut self) {
        self.lower.shrink();
        self.written.iter_mut().for_each(Texts::shrink);
        let Self {
            numbers,
            hasher,
            lower,
            ..
        } = self;
        numbers.shrink_to_fit(|value| hasher.hash_one(lower.get(*value)));
    }
}

/// Returns the lower-case form where it differs.
fn lower(value: &str) -> Option<String> {
    let is_lower = value
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_lower {
        return None;
    }
    Some(value.to_lowercase()).filter(|lower| lower != value)
}
