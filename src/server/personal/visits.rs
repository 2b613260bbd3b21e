//! Who looked at what. It is written down by a job, since nobody who opens a page should wait for that.
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use callboard_db::{Db, DbError, StoredRecent, Visit, now_ms};
use callboard_model::EntityRef;

use crate::{
    error::AppError,
    server::{access::Access, caller::Proof},
};

/// Most visits that wait to be written; more are not noted.
const MANY: usize = 10_000;

/// Visits that wait to be written: by user and entity, the last time and how many.
#[derive(Debug, Default)]
pub(super) struct Visits(Mutex<HashMap<(String, String), (i64, i64)>>);

impl Visits {
    fn note(&self, user_ref: &str, entity_ref: String, now: i64) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (user_ref.to_owned(), entity_ref);
        if waiting.len() < MANY || waiting.contains_key(&key) {
            let (at, visits) = waiting.entry(key).or_default();
            *at = now.max(*at);
            *visits += 1;
        }
    }

    fn all(&self) -> Vec<Visit> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let visit =
            |((user_ref, entity_ref), (at, visits)): (&(String, String), &(i64, i64))| Visit {
                user_ref: user_ref.clone(),
                entity_ref: entity_ref.clone(),
                at: *at,
                visits: *visits,
            };
        waiting.iter().map(visit).collect()
    }

    fn of(&self, user: &str) -> Vec<(String, i64, i64)> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = waiting.iter().filter(|((user_ref, _), _)| user_ref == user);
        own.map(|((_, entity_ref), (at, visits))| (entity_ref.clone(), *at, *visits))
            .collect()
    }

    /// Writes what waits. It goes on waiting until it is written, so that nothing is lost when this is cut off.
    pub(super) async fn write(&self, db: &Db) -> Result<(), DbError> {
        let written = self.all();
        db.recent_add(&written).await?;
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for visit in written {
            let key = (visit.user_ref, visit.entity_ref);
            if let Some((_, visits)) = waiting.get_mut(&key) {
                *visits -= visit.visits;
                if *visits <= 0 {
                    waiting.remove(&key);
                }
            }
        }
        Ok(())
    }
}

impl Access {
    /// Notes that the caller looked at an entity, if that is a person who wants to see it now.
    pub(in crate::server) fn note_visit(&self, entity_ref: &EntityRef) {
        let Some(user) = self.person() else { return };
        let is_here = matches!(
            user.proof,
            Proof::Session(_) | Proof::Proxy(_) | Proof::Guest
        );
        if is_here && !self.caller().is_prefetch {
            let visits = &self.personal().visits;
            visits.note(&user.user_ref, entity_ref.to_string(), now_ms());
        }
    }

    /// Returns the references of what the caller looked at and may read, the newest first.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn recents(&self, limit: usize) -> Result<Vec<String>, AppError> {
        let all = self.recent_visits().await?.into_iter().take(limit);
        Ok(all.map(|one| one.entity_ref).collect())
    }

    /// Returns what the caller looked at and may read, the newest first; what is gone is left out.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn recent_visits(&self) -> Result<Vec<StoredRecent>, AppError> {
        let Some(user) = self.person() else {
            return Ok(Vec::new());
        };
        let mut all = self.db().recent_list(&user.user_ref).await?;
        for (entity_ref, at, visits) in self.personal().visits.of(&user.user_ref) {
            match all.iter_mut().find(|one| one.entity_ref == entity_ref) {
                Some(known) => {
                    known.at = known.at.max(at);
                    known.visits += visits;
                }
                None => all.push(StoredRecent {
                    entity_ref,
                    at,
                    visits,
                }),
            }
        }
        all.retain(|one| self.sees_ref(&one.entity_ref));
        all.sort_by(|a, b| (b.at, &a.entity_ref).cmp(&(a.at, &b.entity_ref)));
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_of_one_entity_are_one_and_there_are_never_too_many() {
        let visits = Visits::default();
        for number in 0..MANY + 5 {
            visits.note(
                "user:default/ada",
                format!("component:default/c{number}"),
                1,
            );
        }
        visits.note("user:default/ada", "component:default/c1".to_owned(), 9);
        visits.note("user:default/ada", "component:default/c1".to_owned(), 8);
        assert_eq!(visits.all().len(), MANY);
        let own = visits.of("user:default/ada");
        let one = own.iter().find(|(name, ..)| name == "component:default/c1");
        assert_eq!(one.map(|(_, at, count)| (*at, *count)), Some((9, 3)));
        assert!(visits.of("user:default/ben").is_empty());
    }
}
