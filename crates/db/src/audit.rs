//! The audit log: what was done and what was refused, as a chain in which tampering shows.
//!
//! Entries are numbered without gaps. The hash of each covers the hash before it, so that none can be changed,
//! removed, inserted or moved unseen; the fact `audit_head`, written in the same transaction, names the last one, so
//! that the end cannot be cut off unseen either.
mod chain;
mod filter;
mod verify;

use sqlx::{QueryBuilder, Row};

pub use filter::AuditFilter;
pub use verify::AuditCheck;

use crate::{Db, DbError, Pool, on_db};
use chain::Head;

/// Name of the fact that names the last entry.
const HEAD: &str = "audit_head";

/// Takes the PostgreSQL advisory lock that lets one writer at a time append. It is not the one of the change log,
/// since an entry must not wait for a large ingestion.
const AUDIT_LOCK: &str = "SELECT pg_advisory_xact_lock(7161120204)";

const FACT: &str = "SELECT value FROM facts WHERE name = $1";
const SET_FACT: &str = "INSERT INTO facts (name, value) VALUES ($1, $2) \
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value";

/// Rows of one statement and of one step of a walk.
const CHUNK: usize = 1_000;

/// Something that was done or refused. Short fields keep 500 characters, `resource` and `detail` 2,000.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who: the reference of a user or the name of a program.
    pub actor: String,
    /// What kind of actor, for example `user`.
    pub actor_kind: String,
    /// What happened, for example `location.create`.
    pub event: String,
    /// The permission that was asked for, if one was.
    pub permission: Option<String>,
    /// On what, if on something.
    pub resource: Option<String>,
    /// `allow` or `deny`, if something was decided.
    pub decision: Option<String>,
    /// `ok`, `refused` or `failed`.
    pub result: String,
    /// From where.
    pub address: String,
    /// Id of the request.
    pub request_id: String,
    /// Anything else, as JSON text. What is too long becomes `{"cut": "its beginning"}`.
    pub detail: String,
}

/// One entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAudit {
    /// Its number; the first is 1.
    pub seq: i64,
    /// What it says.
    pub entry: AuditEntry,
    /// Hash of it and of the hash before it, in hexadecimal.
    pub hash: String,
}

/// The columns that `read!` takes and `insert!` writes, in their order.
macro_rules! columns {
    () => {
        "seq, at, actor, actor_kind, event, permission, resource, decision, result, address, request_id, detail, hash"
    };
}
use columns;

/// Turns rows of either database into entries.
macro_rules! read {
    ($rows:expr) => {
        $rows
            .iter()
            .map(|row| {
                Ok(StoredAudit {
                    seq: row.try_get(0)?,
                    entry: AuditEntry {
                        at: row.try_get(1)?,
                        actor: row.try_get(2)?,
                        actor_kind: row.try_get(3)?,
                        event: row.try_get(4)?,
                        permission: row.try_get(5)?,
                        resource: row.try_get(6)?,
                        decision: row.try_get(7)?,
                        result: row.try_get(8)?,
                        address: row.try_get(9)?,
                        request_id: row.try_get(10)?,
                        detail: row.try_get(11)?,
                    },
                    hash: row.try_get(12)?,
                })
            })
            .collect::<Result<Vec<_>, DbError>>()
    };
}
use read;

/// The body of `audit_append`, once for both types of transaction.
macro_rules! append {
    ($tx:ident, $entries:ident) => {{
        let fact: Option<String> = sqlx::query_scalar(FACT)
            .bind(HEAD)
            .fetch_optional(&mut *$tx)
            .await?;
        let last: Option<(i64, String)> =
            sqlx::query_as("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
                .fetch_optional(&mut *$tx)
                .await?;
        let (rows, head) = chain::link($entries, Head::to_append(fact.as_deref(), last));
        for chunk in rows.chunks(CHUNK) {
            let mut query = QueryBuilder::new(concat!("INSERT INTO audit (", columns!(), ") "));
            query.push_values(chunk, |mut row, stored| {
                let entry = &stored.entry;
                row.push_bind(stored.seq)
                    .push_bind(entry.at)
                    .push_bind(&entry.actor)
                    .push_bind(&entry.actor_kind)
                    .push_bind(&entry.event)
                    .push_bind(&entry.permission)
                    .push_bind(&entry.resource)
                    .push_bind(&entry.decision)
                    .push_bind(&entry.result)
                    .push_bind(&entry.address)
                    .push_bind(&entry.request_id)
                    .push_bind(&entry.detail)
                    .push_bind(&stored.hash);
            });
            query.build().execute(&mut *$tx).await?;
        }
        sqlx::query(SET_FACT)
            .bind(HEAD)
            .bind(head.to_text())
            .execute(&mut *$tx)
            .await?;
        $tx.commit().await?;
        rows.iter().map(|stored| stored.seq).collect()
    }};
}

impl Db {
    /// Appends these entries in one transaction and returns their numbers: all of them or, on an error, none.
    ///
    /// # Errors
    /// When the database does not carry it out.
    pub async fn audit_append(&self, entries: &[AuditEntry]) -> Result<Vec<i64>, DbError> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let appended = match &self.pool {
            Pool::Sqlite(pool) => {
                let mut tx = pool.begin_with(self.begin()).await?;
                append!(tx, entries)
            }
            Pool::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query(AUDIT_LOCK).execute(&mut *tx).await?;
                append!(tx, entries)
            }
        };
        Ok(appended)
    }

    /// Returns the latest entries that a filter lets through, newest first, at most its `limit`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_page(&self, filter: &AuditFilter) -> Result<Vec<StoredAudit>, DbError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM audit");
        if filter.finds_nothing() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(filter.limit).unwrap_or(i64::MAX);
        on_db!(self, pool => {
            let mut query = QueryBuilder::new(SQL);
            filter::push!(query, filter);
            query.push(" ORDER BY seq DESC LIMIT ").push_bind(limit);
            read!(query.build().fetch_all(pool).await?)
        })
    }

    /// Returns the next entries after a number that a filter lets through, oldest first, at most 1,000. An export
    /// asks again with the last number it got until it gets nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_each(
        &self,
        filter: &AuditFilter,
        after: i64,
    ) -> Result<Vec<StoredAudit>, DbError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM audit");
        if filter.finds_nothing() {
            return Ok(Vec::new());
        }
        on_db!(self, pool => {
            let mut query = QueryBuilder::new(SQL);
            filter::push!(query, filter);
            query.push(" AND seq > ").push_bind(after);
            query.push(" ORDER BY seq LIMIT ").push_bind(1_000_i64);
            read!(query.build().fetch_all(pool).await?)
        })
    }

    /// Returns how many entries a filter lets through; its `limit` does not count.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_count(&self, filter: &AuditFilter) -> Result<i64, DbError> {
        if filter.finds_nothing() {
            return Ok(0);
        }
        Ok(on_db!(self, pool => {
            let mut query = QueryBuilder::new("SELECT COUNT(*) FROM audit");
            filter::push!(query, filter);
            query.build_query_scalar().fetch_one(pool).await?
        }))
    }
}
