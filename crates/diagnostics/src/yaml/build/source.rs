//! The text as the parser gets it: two things that YAML allows and the parser refuses are smoothed over.
use std::borrow::Cow;

/// Something the parser refuses although YAML, or npm `yaml`, allows it; with the character it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quirk {
    /// A tab between `:` and a value.
    Tab(usize),
    /// A closing bracket that is indented no further than the key of its list or map.
    Bracket(usize),
}

/// A text with the changes that the parser needs, and the way back to places in the original.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) body: Cow<'a, str>,
    pub(super) inserted: Inserted,
}

/// The characters of the changed text that are not in the original, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Inserted(Vec<usize>);

impl Inserted {
    /// Returns which character of the original stands at a place of the changed text.
    pub(super) fn original(&self, index: usize) -> usize {
        index - self.0.partition_point(|inserted| *inserted < index)
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self {
            body: Cow::Borrowed(body),
            inserted: Inserted::default(),
        }
    }

    /// Changes what the parser stopped at. It stops at ever later places, so insertions stay in order.
    pub(super) fn smooth(&mut self, quirk: Quirk) {
        match quirk {
            Quirk::Tab(index) => {
                let at = self.byte(index);
                self.body.to_mut().replace_range(at..=at, " ");
            }
            Quirk::Bracket(index) => {
                let at = self.byte(index);
                self.body.to_mut().insert(at, ' ');
                self.inserted.0.push(index);
            }
        }
    }

    fn byte(&self, index: usize) -> usize {
        self.body
            .char_indices()
            .nth(index)
            .map_or(self.body.len(), |(at, _)| at)
    }
}
