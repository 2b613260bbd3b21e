//! What one person marked and prefers, remembered for a moment: every page asks for it.
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use callboard_db::{Db, DbError, Mark, StoredMark};

use super::preferences::OF_PAGES;
use crate::{error::AppError, server::access::Access};

/// How long it is believed. What somebody does in this process shows at once, in another one within this time.
const KEPT: Duration = Duration::from_secs(3);

/// Most people that are remembered.
const MANY: usize = 2_000;

/// What one person marked and prefers.
#[derive(Debug, Default)]
pub(in crate::server) struct Own {
    /// The preferences that every page needs, by name; the values are JSON.
    pub(in crate::server) preferences: BTreeMap<String, String>,
    /// References of what is starred.
    pub(in crate::server) stars: Arc<BTreeSet<String>>,
    /// References of what is watched.
    pub(in crate::server) watches: Arc<BTreeSet<String>>,
    /// Both with their times, the newest first.
    pub(in crate::server) marks: Vec<StoredMark>,
}

impl Own {
    async fn load(db: &Db, user_ref: &str) -> Result<Self, DbError> {
        let (preferences, marks) = futures::try_join!(
            db.preference_some(user_ref, OF_PAGES),
            db.mark_list(user_ref)
        )?;
        let of = |mark: Mark| {
            let marks = marks.iter().filter(|one| one.mark == mark);
            Arc::new(marks.map(|one| one.entity_ref.clone()).collect())
        };
        Ok(Self {
            preferences: preferences.into_iter().collect(),
            stars: of(Mark::Star),
            watches: of(Mark::Watch),
            marks,
        })
    }
}

/// What was read lately. Each change counts up, so that what was read before it is not put here after it.
#[derive(Debug, Default)]
pub(super) struct OwnCache(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    known: HashMap<String, (Instant, Arc<Own>)>,
    changes: u64,
}

impl OwnCache {
    fn get(&self, user_ref: &str) -> Result<Arc<Own>, u64> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.known.get(user_ref) {
            Some((since, own)) if since.elapsed() < KEPT => Ok(Arc::clone(own)),
            _ => Err(state.changes),
        }
    }

    fn put(&self, user_ref: &str, own: &Arc<Own>, changes: u64) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.changes != changes {
            return;
        }
        if state.known.len() >= MANY {
            state.known.retain(|_, (since, _)| since.elapsed() < KEPT);
        }
        if state.known.len() < MANY {
            let entry = (Instant::now(), Arc::clone(own));
            state.known.insert(user_ref.to_owned(), entry);
        }
    }

    /// Forgets what is known of somebody who changed it.
    pub(super) fn forget(&self, user_ref: &str) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.changes += 1;
        state.known.remove(user_ref);
    }
}

impl Access {
    /// Returns what the caller marked and prefers; nothing for programs.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn own(&self) -> Result<Arc<Own>, AppError> {
        let Some(user) = self.person() else {
            return Ok(Arc::default());
        };
        let cache = &self.personal().own;
        let changes = match cache.get(&user.user_ref) {
            Ok(known) => return Ok(known),
            Err(changes) => changes,
        };
        let own = Arc::new(Own::load(self.db(), &user.user_ref).await?);
        cache.put(&user.user_ref, &own, changes);
        Ok(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_believed_after_it() {
        let cache = OwnCache::default();
        let own = Arc::new(Own::default());
        let changes = cache.get("user:default/ada").unwrap_err();
        cache.forget("user:default/ada");
        cache.put("user:default/ada", &own, changes);
        assert_eq!(cache.get("user:default/ada").unwrap_err(), 1);
        cache.put("user:default/ada", &own, 1);
        assert!(cache.get("user:default/ada").is_ok());
        assert!(cache.get("user:default/ben").is_err());
    }
}
