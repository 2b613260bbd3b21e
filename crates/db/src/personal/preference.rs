//! What people chose for themselves, by name.
use crate::{
    Db, DbError, on_db,
    text::{can_be_stored, stored},
};

/// Longest name of a preference, in characters.
const LONGEST_KEY: usize = 200;

impl Db {
    /// Returns the preferences of a user: name and value, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn preference_list(&self, user_ref: &str) -> Result<Vec<(String, String)>, DbError> {
        const SQL: &str = "SELECT key, value FROM preferences WHERE user_ref = $1";
        if !can_be_stored(user_ref) {
            return Ok(Vec::new());
        }
        let mut all: Vec<(String, String)> =
            on_db!(self, pool => sqlx::query_as(SQL).bind(user_ref).fetch_all(pool).await?);
        all.sort_unstable();
        Ok(all)
    }

    /// Returns two preferences of a user, as far as they are there: name and value.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn preference_some(
        &self,
        user_ref: &str,
        [first, second]: [&str; 2],
    ) -> Result<Vec<(String, String)>, DbError> {
        const SQL: &str =
            "SELECT key, value FROM preferences WHERE user_ref = $1 AND key IN ($2, $3)";
        if ![user_ref, first, second]
            .iter()
            .all(|text| can_be_stored(text))
        {
            return Ok(Vec::new());
        }
        Ok(on_db!(self, pool => {
            sqlx::query_as(SQL).bind(user_ref).bind(first).bind(second).fetch_all(pool).await?
        }))
    }

    /// Returns a preference of a user.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn preference_get(
        &self,
        user_ref: &str,
        key: &str,
    ) -> Result<Option<String>, DbError> {
        const SQL: &str = "SELECT value FROM preferences WHERE user_ref = $1 AND key = $2";
        if !can_be_stored(user_ref) || !can_be_stored(key) {
            return Ok(None);
        }
        Ok(on_db!(self, pool => {
            sqlx::query_scalar(SQL).bind(user_ref).bind(key).fetch_optional(pool).await?
        }))
    }

    /// Keeps a preference in place of the one of the same name; returns whether it was kept, which it is not when it
    /// is new and the user has `limit` of them.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn preference_put(
        &self,
        user_ref: &str,
        (key, value): (&str, &str),
        now: i64,
        limit: i64,
    ) -> Result<bool, DbError> {
        const COUNT: &str = "SELECT COUNT(*) FROM preferences WHERE user_ref = $1 AND key <> $2";
        const SQL: &str = "INSERT INTO preferences (user_ref, key, value, updated_at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (user_ref, key) DO UPDATE SET value = excluded.value, \
                           updated_at = excluded.updated_at";
        if !can_be_stored(user_ref) {
            return Ok(false);
        }
        let key = stored(key, LONGEST_KEY);
        let value = stored(value, usize::MAX);
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            let others: i64 =
                sqlx::query_scalar(COUNT).bind(user_ref).bind(&key).fetch_one(&mut *tx).await?;
            if others >= limit {
                return Ok(false);
            }
            sqlx::query(SQL).bind(user_ref).bind(key).bind(value).bind(now).execute(&mut *tx).await?;
            tx.commit().await?;
        });
        Ok(true)
    }

    /// Forgets a preference; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn preference_remove(&self, user_ref: &str, key: &str) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM preferences WHERE user_ref = $1 AND key = $2";
        if !can_be_stored(user_ref) || !can_be_stored(key) {
            return Ok(false);
        }
        let rows = on_db!(self, pool => sqlx::query(SQL).bind(user_ref).bind(key).execute(pool).await?.rows_affected());
        Ok(rows > 0)
    }
}
