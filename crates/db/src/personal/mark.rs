//! Entities that people starred or watch.
use crate::{Db, DbError, on_db, text::can_be_stored};

/// What somebody may do with an entity for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Keeps it at hand.
    Star,
    /// Follows what happens to it.
    Watch,
}

/// One entity that somebody marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMark {
    /// How.
    pub mark: Mark,
    /// Reference of the entity, which may be gone.
    pub entity_ref: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
}

impl Mark {
    fn as_str(self) -> &'static str {
        match self {
            Self::Star => "star",
            Self::Watch => "watch",
        }
    }

    /// A later version may know more marks than this one.
    fn from_word(word: &str) -> Option<Self> {
        [Self::Star, Self::Watch]
            .into_iter()
            .find(|mark| mark.as_str() == word)
    }
}

impl Db {
    /// Returns what a user marked, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mark_list(&self, user_ref: &str) -> Result<Vec<StoredMark>, DbError> {
        const SQL: &str = "SELECT mark, entity_ref, at FROM marks WHERE user_ref = $1";
        if !can_be_stored(user_ref) {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, String, i64)> =
            on_db!(self, pool => sqlx::query_as(SQL).bind(user_ref).fetch_all(pool).await?);
        let known = rows.into_iter().filter_map(|(mark, entity_ref, at)| {
            Some(StoredMark {
                mark: Mark::from_word(&mark)?,
                entity_ref,
                at,
            })
        });
        let mut all: Vec<_> = known.collect();
        // Here, since databases do not agree on the order of texts.
        all.sort_unstable_by(|a, b| (b.at, &a.entity_ref).cmp(&(a.at, &b.entity_ref)));
        Ok(all)
    }

    /// Marks these entities: all of them or, when the user would have more than `limit`, none. Returns whether it was
    /// done. What is marked already keeps its time.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn mark_put(
        &self,
        user_ref: &str,
        mark: Mark,
        refs: &[String],
        now: i64,
        limit: i64,
    ) -> Result<bool, DbError> {
        const SQL: &str = "INSERT INTO marks (user_ref, mark, entity_ref, at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (user_ref, mark, entity_ref) DO NOTHING";
        const COUNT: &str = "SELECT COUNT(*) FROM marks WHERE user_ref = $1 AND mark = $2";
        if !can_be_stored(user_ref) || !refs.iter().all(|one| can_be_stored(one)) {
            return Ok(false);
        }
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            let mut added = 0;
            for entity_ref in refs {
                let query = sqlx::query(SQL).bind(user_ref).bind(mark.as_str());
                let done = query.bind(entity_ref).bind(now).execute(&mut *tx).await?;
                added += done.rows_affected();
            }
            let count = sqlx::query_scalar(COUNT).bind(user_ref).bind(mark.as_str());
            let count: i64 = count.fetch_one(&mut *tx).await?;
            if added > 0 && count > limit {
                tx.rollback().await?;
                return Ok(false);
            }
            tx.commit().await?;
        });
        Ok(true)
    }

    /// Takes a mark off these entities; returns how many had it.
    ///
    /// # Errors
    /// When the database does not answer; then all keep it.
    pub async fn mark_remove(
        &self,
        user_ref: &str,
        mark: Mark,
        refs: &[String],
    ) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM marks WHERE user_ref = $1 AND mark = $2 AND entity_ref = $3";
        if !can_be_stored(user_ref) {
            return Ok(0);
        }
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            let mut removed = 0;
            for entity_ref in refs.iter().filter(|one| can_be_stored(one)) {
                let query = sqlx::query(SQL).bind(user_ref).bind(mark.as_str());
                removed += query.bind(entity_ref).execute(&mut *tx).await?.rows_affected();
            }
            tx.commit().await?;
            Ok(removed)
        })
    }
}
