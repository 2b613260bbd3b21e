//! Locks by name, for what must not be done twice at once: renewing one session, making one user.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// So many names are kept before those that nobody holds are let go of.
const MANY: usize = 1_000;

/// The locks that somebody holds or waits for, and some that nobody does.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    /// Returns the lock of a name.
    pub(super) fn of(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, lock| Arc::strong_count(lock) > 1);
        }
        Arc::clone(known.entry(name.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_lock_and_names_that_nobody_needs_are_forgotten() {
        let turns = Turns::default();
        let held = turns.of("a");
        for number in 0..3 * MANY {
            turns.of(&number.to_string());
        }
        assert!(Arc::ptr_eq(&held, &turns.of("a")));
        assert!(turns.0.lock().unwrap().len() <= MANY + 1);
    }
}
