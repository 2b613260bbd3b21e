//! What was read last from other hosts, and what should be read again.
use sqlx::{QueryBuilder, Row};

use crate::{Db, DbError, ROWS_PER_STATEMENT, on_db};

/// One target that was read, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRead {
    /// URL of a file, folder or pattern.
    pub target: String,
    /// Names the state that was read, as the host gave it.
    pub version: Option<String>,
    /// When the host last confirmed it, in milliseconds since 1970-01-01 UTC.
    pub read_at: i64,
}

/// One file of a target: its URL and content.
pub type ReadFile = (String, Vec<u8>);

impl Db {
    /// Returns every target that was read.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read_list(&self) -> Result<Vec<StoredRead>, DbError> {
        const SQL: &str = "SELECT target, version, read_at FROM reads";
        on_db!(self, pool => {
            let rows = sqlx::query(SQL).fetch_all(pool).await?;
            rows.iter()
                .map(|row| Ok(StoredRead {
                    target: row.try_get(0)?,
                    version: row.try_get(1)?,
                    read_at: row.try_get(2)?,
                }))
                .collect()
        })
    }

    /// Returns the files of a target as they were read last, by URL in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read_files(&self, target: &str) -> Result<Vec<ReadFile>, DbError> {
        const SQL: &str = "SELECT url, body FROM read_files WHERE target = $1 ORDER BY url";
        Ok(on_db!(self, pool => sqlx::query_as(SQL).bind(target).fetch_all(pool).await?))
    }

    /// Keeps what was read from a target in place of what was kept before; without files, only that it was read.
    ///
    /// # Errors
    /// When the database does not carry it out; then nothing has changed.
    pub async fn read_put(
        &self,
        read: &StoredRead,
        files: Option<&[ReadFile]>,
    ) -> Result<(), DbError> {
        const PUT: &str = "INSERT INTO reads (target, version, read_at) VALUES ($1, $2, $3) \
                           ON CONFLICT (target) DO UPDATE SET version = excluded.version, read_at = excluded.read_at";
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            sqlx::query(PUT).bind(&read.target).bind(&read.version).bind(read.read_at).execute(&mut *tx).await?;
            if files.is_some() {
                sqlx::query("DELETE FROM read_files WHERE target = $1").bind(&read.target).execute(&mut *tx).await?;
            }
            for chunk in files.unwrap_or_default().chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new("INSERT INTO read_files (target, url, body) ");
                query.push_values(chunk, |mut row, (url, body)| {
                    row.push_bind(&read.target).push_bind(url).push_bind(body);
                });
                query.build().execute(&mut *tx).await?;
            }
            tx.commit().await?;
        });
        Ok(())
    }

    /// Says that hosts confirmed what is kept of these targets.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read_confirm(&self, targets: &[String], read_at: i64) -> Result<(), DbError> {
        for chunk in targets.chunks(ROWS_PER_STATEMENT) {
            on_db!(self, pool => {
                let mut query = QueryBuilder::new("UPDATE reads SET read_at = ");
                query.push_bind(read_at).push(" WHERE target IN (");
                let mut list = query.separated(", ");
                for target in chunk {
                    list.push_bind(target);
                }
                query.push(")");
                query.build().execute(pool).await?;
            });
        }
        Ok(())
    }

    /// Forgets targets that nothing names any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read_forget(&self, targets: &[String]) -> Result<(), DbError> {
        for table in ["reads", "read_files"] {
            for chunk in targets.chunks(ROWS_PER_STATEMENT) {
                on_db!(self, pool => {
                    let mut query = QueryBuilder::new("DELETE FROM ");
                    query.push(table).push(" WHERE target IN (");
                    let mut list = query.separated(", ");
                    for target in chunk {
                        list.push_bind(target);
                    }
                    query.push(")");
                    query.build().execute(pool).await?;
                });
            }
        }
        Ok(())
    }

    /// Asks for targets to be read again soon, by whichever replica reads.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn refresh_ask(&self, targets: &[String]) -> Result<(), DbError> {
        for chunk in targets.chunks(ROWS_PER_STATEMENT) {
            on_db!(self, pool => {
                let mut query = QueryBuilder::new("INSERT INTO refreshes (target) ");
                query.push_values(chunk, |mut row, target| {
                    row.push_bind(target);
                });
                query.push(" ON CONFLICT (target) DO NOTHING");
                query.build().execute(pool).await?;
            });
        }
        self.ring().await
    }

    /// Returns whether anything waits to be read again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn refresh_waits(&self) -> Result<bool, DbError> {
        const SQL: &str = "SELECT COUNT(*) FROM refreshes";
        let count: i64 = on_db!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await?);
        Ok(count > 0)
    }

    /// Returns what was asked for and forgets it.
    ///
    /// # Errors
    /// When the database does not answer; then nothing is forgotten.
    pub async fn refresh_take(&self) -> Result<Vec<String>, DbError> {
        const SQL: &str = "DELETE FROM refreshes RETURNING target";
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).fetch_all(pool).await?))
    }
}
