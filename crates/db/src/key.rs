//! Public halves of the keys that sign tokens; the private halves never leave the memory of the replica that made them.
use crate::{Db, DbError, on_db};

impl Db {
    /// Publishes the public half of a key until `expires_at`.
    ///
    /// # Errors
    /// When the database does not take it, for example because the id is there already.
    pub async fn key_put(
        &self,
        kid: &str,
        jwk: &str,
        created_at: i64,
        expires_at: i64,
    ) -> Result<(), DbError> {
        const SQL: &str =
            "INSERT INTO signing_keys (kid, jwk, created_at, expires_at) VALUES ($1, $2, $3, $4)";
        on_db!(self, pool => {
            sqlx::query(SQL).bind(kid).bind(jwk).bind(created_at).bind(expires_at).execute(pool).await?;
        });
        Ok(())
    }

    /// Returns id and public half of every key that has not ended, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn key_list(&self, now: i64) -> Result<Vec<(String, String)>, DbError> {
        const SQL: &str =
            "SELECT kid, jwk FROM signing_keys WHERE expires_at > $1 ORDER BY created_at DESC, kid";
        Ok(on_db!(self, pool => sqlx::query_as(SQL).bind(now).fetch_all(pool).await?))
    }

    /// Removes keys that have ended; returns how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn key_purge(&self, now: i64) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM signing_keys WHERE expires_at <= $1";
        Ok(on_db!(self, pool => sqlx::query(SQL).bind(now).execute(pool).await?.rows_affected()))
    }
}
