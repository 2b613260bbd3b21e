//! Sign-ins under way: what has to be remembered between sending someone to an identity provider and their return.
use crate::{Db, DbError, on_db, text::can_be_stored};

impl Db {
    /// Keeps what the answer of the identity provider will be compared with, until `expires_at`.
    ///
    /// # Errors
    /// When the database does not take it, for example because the hash is there already.
    pub async fn signin_put(
        &self,
        id_hash: &str,
        body: &str,
        expires_at: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO signins (id_hash, body, expires_at) VALUES ($1, $2, $3)";
        on_db!(self, pool => { sqlx::query(SQL).bind(id_hash).bind(body).bind(expires_at).execute(pool).await?; });
        Ok(())
    }

    /// Returns what was kept and forgets it, so that it is given out once; nothing if its time is over.
    ///
    /// # Errors
    /// When the database does not answer; then nothing is forgotten.
    pub async fn signin_take(&self, id_hash: &str, now: i64) -> Result<Option<String>, DbError> {
        const SQL: &str = "DELETE FROM signins WHERE id_hash = $1 RETURNING body, expires_at";
        if !can_be_stored(id_hash) {
            return Ok(None);
        }
        let taken: Option<(String, i64)> =
            on_db!(self, pool => sqlx::query_as(SQL).bind(id_hash).fetch_optional(pool).await?);
        Ok(taken.and_then(|(body, expires_at)| (expires_at > now).then_some(body)))
    }

    /// Forgets sign-ins whose time is over; returns how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn signin_purge(&self, now: i64) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM signins WHERE expires_at <= $1";
        Ok(on_db!(self, pool => sqlx::query(SQL).bind(now).execute(pool).await?.rows_affected()))
    }
}
