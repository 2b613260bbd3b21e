//! The sets of entities that conditions are made of.
use memchr::memmem::Finder;
use roaring::RoaringBitmap;

use super::{Index, column::Column};

impl Index {
    /// Returns the entities that have a key, whatever its value.
    pub(super) fn with_key(&self, key: &str) -> RoaringBitmap {
        self.found_in(key, |column, found| column.add_to(found))
    }

    /// Returns the entities that have one of these values, in any case, for a key.
    pub(super) fn with_values<S: AsRef<str>>(&self, key: &str, values: &[S]) -> RoaringBitmap {
        self.found_in(key, |column, found| {
            for value in values {
                column.add_equal(&value.as_ref().to_lowercase(), found);
            }
        })
    }

    /// Returns the entities of which a value of a key starts with a text, in any case.
    pub(super) fn with_prefix(&self, key: &str, start: &str) -> RoaringBitmap {
        let start = start.to_lowercase();
        self.found_in(key, |column, found| column.add_starting(&start, found))
    }

    /// Returns the entities of which a value of any of these keys contains a text, in any case.
    pub(super) fn with_text<S: AsRef<str>>(&self, keys: &[S], text: &str) -> RoaringBitmap {
        let text = text.to_lowercase();
        let finder = Finder::new(&text);
        let columns = keys.iter().filter_map(|key| self.column(key.as_ref()));
        columns.fold(RoaringBitmap::new(), |mut found, column| {
            column.add_containing(&finder, &mut found);
            found
        })
    }

    fn found_in(&self, key: &str, add: impl FnOnce(&Column, &mut RoaringBitmap)) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        if let Some(column) = self.column(key) {
            add(column, &mut found);
        }
        found
    }
}
