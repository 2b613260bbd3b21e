//! Leases: work that one replica at a time does for all of them.
use crate::{Db, DbError, on_db};

impl Db {
    /// Takes or renews a lease until `until`, in milliseconds since 1970-01-01 UTC; returns whether `holder` has it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lease_take(
        &self,
        name: &str,
        holder: &str,
        now: i64,
        until: i64,
    ) -> Result<bool, DbError> {
        const SQL: &str = "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) \
                           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
                           WHERE leases.holder = excluded.holder OR leases.until <= $4";
        let rows = on_db!(self, pool => {
            sqlx::query(SQL).bind(name).bind(holder).bind(until).bind(now).execute(pool).await?.rows_affected()
        });
        Ok(rows > 0)
    }

    /// Gives a lease back before its time, so that another replica need not wait for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lease_drop(&self, name: &str, holder: &str) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM leases WHERE name = $1 AND holder = $2";
        on_db!(self, pool => { sqlx::query(SQL).bind(name).bind(holder).execute(pool).await?; });
        Ok(())
    }
}
