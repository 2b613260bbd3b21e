//! Small facts about the database as a whole, for example when the last ingestion was complete.
use crate::{Db, DbError, on_db};

impl Db {
    /// Returns the value of a fact.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fact_get(&self, name: &str) -> Result<Option<String>, DbError> {
        const SQL: &str = "SELECT value FROM facts WHERE name = $1";
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).bind(name).fetch_optional(pool).await?))
    }

    /// Sets the value of a fact.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn fact_set(&self, name: &str, value: &str) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO facts (name, value) VALUES ($1, $2) \
                           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        on_db!(self, pool => { sqlx::query(SQL).bind(name).bind(value).execute(pool).await?; });
        Ok(())
    }
}
