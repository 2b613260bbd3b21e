//! User entities that sign-in made: one more source of the catalog.
use crate::{Db, DbError, on_db, text::can_be_stored};

impl Db {
    /// Keeps a user entity as JSON text under its reference, in place of what was kept before. Nothing happens if that
    /// is the same.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn provided_put(
        &self,
        entity_ref: &str,
        body: &str,
        now: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO provided_users (entity_ref, body, updated_at) VALUES ($1, $2, $3) \
                           ON CONFLICT (entity_ref) DO UPDATE SET body = excluded.body, \
                           updated_at = CASE WHEN excluded.updated_at > provided_users.updated_at \
                           THEN excluded.updated_at ELSE provided_users.updated_at + 1 END \
                           WHERE provided_users.body <> excluded.body";
        let rows = on_db!(self, pool => {
            sqlx::query(SQL).bind(entity_ref).bind(body).bind(now).execute(pool).await?.rows_affected()
        });
        if rows > 0 {
            self.ring().await?;
        }
        Ok(())
    }

    /// Returns reference and entity of every user that sign-in made, by reference.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn provided_list(&self) -> Result<Vec<(String, String)>, DbError> {
        const SQL: &str = "SELECT entity_ref, body FROM provided_users";
        let mut users: Vec<(String, String)> =
            on_db!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
        // Here, since databases do not agree on the order of texts.
        users.sort_unstable();
        Ok(users)
    }

    /// Returns reference and time of the last change of every user that sign-in made, by reference.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn provided_versions(&self) -> Result<Vec<(String, i64)>, DbError> {
        const SQL: &str = "SELECT entity_ref, updated_at FROM provided_users";
        let mut users: Vec<(String, i64)> =
            on_db!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
        users.sort_unstable();
        Ok(users)
    }

    /// Removes a user that sign-in made; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn provided_remove(&self, entity_ref: &str) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM provided_users WHERE entity_ref = $1";
        if !can_be_stored(entity_ref) {
            return Ok(false);
        }
        let rows = on_db!(self, pool => sqlx::query(SQL).bind(entity_ref).execute(pool).await?.rows_affected());
        self.ring().await?;
        Ok(rows > 0)
    }
}
