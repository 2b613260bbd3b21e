//! What callers may read as the search engine knows it, so that not every key that is typed looks at all entities.
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use callboard_catalog::Filter;

/// Conditions that are known at most.
const MOST: usize = 64;

/// Numbers of the references that may be read.
type Numbers = Arc<HashSet<u64>>;

/// What was found last, for one state of the index. What was used last is at the end.
#[derive(Debug, Default)]
pub(super) struct Hashes(Mutex<Vec<Known>>);

#[derive(Debug)]
struct Known {
    /// Of the index.
    seq: i64,
    /// On the entities that may be read.
    condition: Filter,
    numbers: Numbers,
}

impl Hashes {
    /// Returns what is known of a condition for a state of the index.
    pub(super) fn get(&self, seq: i64, condition: &Filter) -> Option<Numbers> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = all.iter();
        let at = known.position(|known| known.seq == seq && known.condition == *condition)?;
        let known = all.remove(at);
        let numbers = Arc::clone(&known.numbers);
        all.push(known);
        Some(numbers)
    }

    /// Keeps what was found, in place of what was true for another state of the index.
    pub(super) fn keep(&self, seq: i64, condition: &Filter, numbers: &Numbers) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have found the same meanwhile.
        all.retain(|known| known.seq == seq && known.condition != *condition);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(Known {
            seq,
            condition: condition.clone(),
            numbers: Arc::clone(numbers),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(number: usize) -> Filter {
        Filter::Is("kind".to_owned(), vec![format!("kind-{number}")])
    }

    fn numbers(number: u64) -> Numbers {
        Arc::new(HashSet::from([number]))
    }

    #[test]
    fn what_is_known_holds_for_one_condition_and_one_state() {
        let hashes = Hashes::default();
        let found = numbers(1);
        hashes.keep(7, &condition(1), &found);
        let known = hashes.get(7, &condition(1)).expect("known");
        assert!(Arc::ptr_eq(&known, &found));
        assert_eq!(hashes.get(7, &condition(2)), None);
        assert_eq!(hashes.get(8, &condition(1)), None);
        hashes.keep(8, &condition(2), &numbers(2));
        assert_eq!(
            hashes.get(7, &condition(1)),
            None,
            "it is not true any more"
        );
    }

    #[test]
    fn what_was_not_used_for_longest_goes() {
        let hashes = Hashes::default();
        for number in 0..MOST {
            hashes.keep(1, &condition(number), &numbers(0));
        }
        assert!(hashes.get(1, &condition(0)).is_some());
        hashes.keep(1, &condition(MOST), &numbers(0));
        assert!(hashes.get(1, &condition(0)).is_some(), "just used");
        assert_eq!(hashes.get(1, &condition(1)), None);
        assert!(hashes.get(1, &condition(MOST)).is_some());
        hashes.keep(1, &condition(MOST), &numbers(3));
        let all = hashes.0.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(all.len(), MOST, "the same is kept once");
    }
}
