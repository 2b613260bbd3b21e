//! Walks a checked tree and reads values in the forms the description allows; whatever is missing stays missing.
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::duration::read_duration;
use crate::files::join;
use crate::schema::form::{read_boolean, read_port, read_whole};
use crate::tree::Value;

/// A place in the tree, which may not exist.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    value: Option<&'a Value>,
}

impl<'a> Cursor<'a> {
    /// Starts at a value.
    pub(crate) fn new(value: &'a Value) -> Self {
        Self { value: Some(value) }
    }

    /// Goes to a key of a map.
    pub(crate) fn get(self, key: &str) -> Self {
        Self {
            value: self.value.and_then(|value| value.get(key)),
        }
    }

    /// Returns the value itself.
    pub(crate) fn value(self) -> Option<&'a Value> {
        self.value
    }

    /// Goes through the items of a list.
    pub(crate) fn items(self) -> impl Iterator<Item = Self> {
        self.value
            .map_or(&[][..], Value::items)
            .iter()
            .map(Self::new)
    }

    /// Returns the items of a list if there is one, each read by `read`.
    pub(crate) fn list<T>(self, read: impl Fn(Self) -> T) -> Option<Vec<T>> {
        self.value.map(|_| self.items().map(read).collect())
    }

    /// Reads several words: the items of a list, or the parts of a text that spaces or commas separate.
    pub(crate) fn words(self) -> Vec<String> {
        let own = self.value.into_iter();
        own.chain(self.value.map_or(&[][..], Value::items))
            .filter_map(Value::text)
            .flat_map(|text| text.split(|letter: char| letter == ',' || letter.is_whitespace()))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Returns the folder of the file the value is written in, where its relative paths start.
    pub(crate) fn folder(self) -> PathBuf {
        let file = self
            .value
            .filter(|value| value.origin.span.is_some())
            .map(|value| Path::new(&*value.origin.file));
        join(
            Path::new(""),
            file.and_then(Path::parent).unwrap_or(Path::new("")),
        )
    }

    /// Reads text.
    pub(crate) fn text(self) -> Option<String> {
        self.value.and_then(Value::text).map(str::to_owned)
    }

    /// Reads a boolean.
    pub(crate) fn boolean(self) -> Option<bool> {
        self.value.and_then(read_boolean)
    }

    /// Reads a whole number.
    pub(crate) fn whole(self) -> Option<u64> {
        self.value.and_then(read_whole)
    }

    /// Reads a port number.
    pub(crate) fn port(self) -> Option<u16> {
        self.value.and_then(read_port)
    }

    /// Reads a duration.
    pub(crate) fn duration(self) -> Option<Duration> {
        self.value.and_then(read_duration)
    }
}
