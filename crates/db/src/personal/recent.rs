//! Entities that people looked at.
use std::collections::BTreeSet;

use crate::{Db, DbError, on_db, text::can_be_stored};

/// So many of the newest are kept for each user.
const KEPT: i64 = 50;

/// Somebody looked at an entity, once or a few times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Reference of who did.
    pub user_ref: String,
    /// Reference of the entity.
    pub entity_ref: String,
    /// The last time, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// How often.
    pub visits: i64,
}

/// One entity that somebody looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecent {
    /// Reference of the entity, which may be gone.
    pub entity_ref: String,
    /// The last time, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// How often.
    pub visits: i64,
}

impl Db {
    /// Returns what a user looked at, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recent_list(&self, user_ref: &str) -> Result<Vec<StoredRecent>, DbError> {
        const SQL: &str = "SELECT entity_ref, at, visits FROM recents WHERE user_ref = $1";
        if !can_be_stored(user_ref) {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, i64, i64)> =
            on_db!(self, pool => sqlx::query_as(SQL).bind(user_ref).fetch_all(pool).await?);
        let recents = rows
            .into_iter()
            .map(|(entity_ref, at, visits)| StoredRecent {
                entity_ref,
                at,
                visits,
            });
        let mut all: Vec<_> = recents.collect();
        all.sort_unstable_by(|a, b| (b.at, &a.entity_ref).cmp(&(a.at, &b.entity_ref)));
        Ok(all)
    }

    /// Adds visits in one transaction, and forgets the oldest of who has too many.
    ///
    /// # Errors
    /// When the database does not take them; then none is added.
    pub async fn recent_add(&self, visits: &[Visit]) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO recents (user_ref, entity_ref, at, visits) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (user_ref, entity_ref) DO UPDATE SET \
                           at = CASE WHEN excluded.at > recents.at THEN excluded.at ELSE recents.at END, \
                           visits = recents.visits + excluded.visits";
        const TRIM: &str = "DELETE FROM recents WHERE user_ref = $1 AND entity_ref NOT IN \
                            (SELECT entity_ref FROM recents WHERE user_ref = $1 ORDER BY at DESC, entity_ref LIMIT $2)";
        let is_storable =
            |visit: &&Visit| can_be_stored(&visit.user_ref) && can_be_stored(&visit.entity_ref);
        let mut visits: Vec<_> = visits.iter().filter(is_storable).collect();
        // In one order, so that two replicas that write the same rows do not wait for each other in a circle.
        visits.sort_unstable_by(|a, b| {
            (&a.user_ref, &a.entity_ref).cmp(&(&b.user_ref, &b.entity_ref))
        });
        if visits.is_empty() {
            return Ok(());
        }
        let users: BTreeSet<&str> = visits.iter().map(|visit| visit.user_ref.as_str()).collect();
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            for visit in &visits {
                let query = sqlx::query(SQL).bind(&visit.user_ref).bind(&visit.entity_ref);
                query.bind(visit.at).bind(visit.visits).execute(&mut *tx).await?;
            }
            for user in users {
                sqlx::query(TRIM).bind(user).bind(KEPT).execute(&mut *tx).await?;
            }
            tx.commit().await?;
        });
        Ok(())
    }
}
