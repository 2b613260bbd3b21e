//! A set of roles, one bit for each.

/// A set of roles by their position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RoleSet {
    words: Vec<u64>,
}

impl RoleSet {
    /// Makes an empty set with room for so many roles.
    pub(super) fn with_room(roles: usize) -> Self {
        Self {
            words: vec![0; roles.div_ceil(64)],
        }
    }

    /// Adds a role; returns whether it is new.
    pub(super) fn insert(&mut self, role: usize) -> bool {
        let (word, bit) = (role / 64, 1_u64 << (role % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        is_new
    }

    /// Tells whether a role is in the set.
    pub(super) fn contains(&self, role: usize) -> bool {
        let word = self.words.get(role / 64).copied().unwrap_or(0);
        word >> (role % 64) & 1 == 1
    }

    /// Tells whether the two sets have a role in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let mut pairs = self.words.iter().zip(&other.words);
        pairs.any(|(left, right)| left & right != 0)
    }

    /// Returns the roles that both sets have, in order.
    pub(super) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        let words = self.words.iter().zip(&other.words).enumerate();
        words.flat_map(|(at, (left, right))| bits(left & right).map(move |bit| at * 64 + bit))
    }
}

/// The positions of the bits that are set.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros();
        word &= word - 1;
        usize::try_from(bit).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_know_their_roles() {
        let mut left = RoleSet::with_room(3);
        let mut right = RoleSet::default();
        assert!(left.insert(2) && left.insert(200) && !left.insert(2));
        assert!(right.insert(63) && right.insert(64) && !left.meets(&right));
        assert!(right.insert(200) && right.insert(2) && left.meets(&right));
        assert_eq!(left.common(&right).collect::<Vec<_>>(), [2, 200]);
        assert!(left.contains(200) && !left.contains(201) && !left.contains(9_999));
    }
}
