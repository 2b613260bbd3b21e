//! The values of entities that have several for one key, one list after the other.
use super::dictionary::ValueId;

/// So many numbers may be out of use before the lists are packed.
const UNUSED: usize = 1024;

/// Lists, each known by the place where it starts: there is its length, and after that its values.
#[derive(Debug, Default)]
pub(super) struct Lists {
    all: Vec<u32>,
    unused: usize,
}

impl Lists {
    /// Adds a list and returns its place.
    pub(super) fn push(&mut self, values: &[ValueId]) -> u32 {
        let place = super::number(self.all.len());
        self.all.push(super::number(values.len()));
        self.all.extend_from_slice(values);
        place
    }

    pub(super) fn get(&self, place: u32) -> &[ValueId] {
        let first = place as usize + 1;
        &self.all[first..first + self.all[first - 1] as usize]
    }

    /// Notes that a list is not used any more.
    pub(super) fn forget(&mut self, place: u32) {
        self.unused += self.get(place).len() + 1;
    }

    /// Whether it is worth to make the lists anew from those that are used.
    pub(super) fn is_loose(&self) -> bool {
        self.unused > UNUSED && self.unused * 2 > self.all.len()
    }

    /// Gives back memory that is kept for more lists.
    pub(super) fn shrink(&mut self) {
        super::fit(&mut self.all);
    }
}
