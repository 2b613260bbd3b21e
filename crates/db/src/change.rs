//! The change log: every change of an entity, appended in the same transaction that updates its current state.
use std::collections::HashMap;

use callboard_model::view::ChangeKind;
use sqlx::{QueryBuilder, Row};

use crate::{Db, DbError, Pool, ROWS_PER_STATEMENT, on_db, wake::CHANNEL};

/// What an entity should become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Id to give it if it is new. Its text occurs in `body` once and is replaced when the entity has one already.
    pub uid: String,
    /// Hash of everything but `uid` and `etag`.
    pub hash: String,
    /// Location reference of the file it came from.
    pub location: String,
    /// The entity as JSON text.
    pub body: String,
}

/// One change to carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRequest {
    /// Canonical reference.
    pub entity_ref: String,
    /// What it should become; `None` removes it.
    pub put: Option<Put>,
    /// Why, for people: for example the file.
    pub cause: String,
}

/// What came of change requests; requests that would change nothing are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entities seen for the first time.
    pub added: usize,
    /// Entities that differ from before.
    pub updated: usize,
    /// Entities that are gone.
    pub removed: usize,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Position in the log.
    pub seq: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Canonical reference.
    pub entity_ref: String,
    /// What happened.
    pub kind: ChangeKind,
    /// Why.
    pub cause: String,
    /// The entity after the change; absent when it was removed.
    pub body: Option<String>,
}

/// A request that does change something.
struct Effective<'a> {
    request: &'a ChangeRequest,
    kind: ChangeKind,
    body: Option<String>,
}

impl Applied {
    /// Returns the number of entities that changed.
    #[must_use]
    pub fn total(self) -> usize {
        self.added + self.updated + self.removed
    }
}

impl std::ops::AddAssign for Applied {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.updated += other.updated;
        self.removed += other.removed;
    }
}

/// The body of `change_apply`, once for both types of transaction.
macro_rules! apply {
    ($tx:ident, $requests:ident, $now:ident) => {{
        let mut stored = HashMap::new();
        for chunk in $requests.chunks(ROWS_PER_STATEMENT) {
            let mut query =
                QueryBuilder::new("SELECT entity_ref, uid, hash, location FROM entities WHERE entity_ref IN (");
            let mut list = query.separated(", ");
            for request in chunk {
                list.push_bind(&request.entity_ref);
            }
            query.push(")");
            for row in query.build().fetch_all(&mut *$tx).await? {
                stored.insert(row.try_get(0)?, (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?));
            }
        }
        let changes = effective($requests, &stored);
        for chunk in changes.chunks(ROWS_PER_STATEMENT) {
            let mut query = QueryBuilder::new("INSERT INTO changes (at, entity_ref, kind, cause, body) ");
            query.push_values(chunk, |mut row, change| {
                row.push_bind($now)
                    .push_bind(&change.request.entity_ref)
                    .push_bind(word(change.kind))
                    .push_bind(&change.request.cause)
                    .push_bind(&change.body);
            });
            query.build().execute(&mut *$tx).await?;
            let puts: Vec<_> = chunk
                .iter()
                .filter_map(|change| Some((change, change.request.put.as_ref()?, change.body.as_ref()?)))
                .collect();
            if !puts.is_empty() {
                let mut query = QueryBuilder::new(
                    "INSERT INTO entities (entity_ref, uid, hash, location, body, updated_at) ",
                );
                query.push_values(&puts, |mut row, (change, put, body)| {
                    row.push_bind(&change.request.entity_ref)
                        .push_bind(&put.uid)
                        .push_bind(&put.hash)
                        .push_bind(&put.location)
                        .push_bind(*body)
                        .push_bind($now);
                });
                query.push(
                    " ON CONFLICT (entity_ref) DO UPDATE SET hash = excluded.hash, \
                     location = excluded.location, body = excluded.body, updated_at = excluded.updated_at",
                );
                query.build().execute(&mut *$tx).await?;
            }
            let removed: Vec<_> =
                chunk.iter().filter(|change| change.kind == ChangeKind::Removed).collect();
            if !removed.is_empty() {
                let mut query = QueryBuilder::new("DELETE FROM entities WHERE entity_ref IN (");
                let mut list = query.separated(", ");
                for change in removed {
                    list.push_bind(&change.request.entity_ref);
                }
                query.push(")");
                query.build().execute(&mut *$tx).await?;
            }
        }
        count(&changes)
    }};
}

/// Turns rows of either database into changes.
macro_rules! read {
    ($rows:expr) => {
        $rows
            .iter()
            .map(|row| {
                Ok(Change {
                    seq: row.try_get(0)?,
                    at: row.try_get(1)?,
                    entity_ref: row.try_get(2)?,
                    kind: kind_of(row.try_get(3)?),
                    cause: row.try_get(4)?,
                    body: row.try_get(5)?,
                })
            })
            .collect()
    };
}

impl Db {
    /// Carries out these changes in one transaction: all of them or, on an error, none.
    ///
    /// # Errors
    /// When the database does not carry it out.
    pub async fn change_apply(
        &self,
        requests: &[ChangeRequest],
        now: i64,
    ) -> Result<Applied, DbError> {
        if requests.is_empty() {
            return Ok(Applied::default());
        }
        let applied = match &self.pool {
            Pool::Sqlite(pool) => {
                // A transaction that starts by reading could not become a writer while another one writes.
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                let applied = apply!(tx, requests, now);
                tx.commit().await?;
                applied
            }
            Pool::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query(crate::WRITER_LOCK).execute(&mut *tx).await?;
                let applied = apply!(tx, requests, now);
                sqlx::query("SELECT pg_notify($1, '')")
                    .bind(CHANNEL)
                    .execute(&mut *tx)
                    .await?;
                tx.commit().await?;
                applied
            }
        };
        if applied.total() > 0 {
            self.wake.ring();
        }
        Ok(applied)
    }

    /// Returns the position of the last change, 0 when there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn change_last(&self) -> Result<i64, DbError> {
        const SQL: &str = "SELECT COALESCE(MAX(seq), 0) FROM changes";
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await?))
    }

    /// Returns the changes after a position, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn change_since(&self, seq: i64, limit: i64) -> Result<Vec<Change>, DbError> {
        const SQL: &str = "SELECT seq, at, entity_ref, kind, cause, body FROM changes \
                           WHERE seq > $1 ORDER BY seq LIMIT $2";
        on_db!(self, pool => read!(sqlx::query(SQL).bind(seq).bind(limit).fetch_all(pool).await?))
    }

    /// Returns the latest changes, newest first, at most `limit`, without bodies.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn change_recent(&self, limit: i64) -> Result<Vec<Change>, DbError> {
        const SQL: &str = "SELECT seq, at, entity_ref, kind, cause, CAST(NULL AS TEXT) FROM changes \
                           ORDER BY seq DESC LIMIT $1";
        on_db!(self, pool => read!(sqlx::query(SQL).bind(limit).fetch_all(pool).await?))
    }

    /// Returns the latest changes of one entity, newest first, at most `limit`, without bodies.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn change_history(
        &self,
        entity_ref: &str,
        limit: i64,
    ) -> Result<Vec<Change>, DbError> {
        const SQL: &str = "SELECT seq, at, entity_ref, kind, cause, CAST(NULL AS TEXT) FROM changes \
                           WHERE entity_ref = $1 ORDER BY seq DESC LIMIT $2";
        on_db!(self, pool => read!(sqlx::query(SQL).bind(entity_ref).bind(limit).fetch_all(pool).await?))
    }
}

/// Decides which requests change something, given `(uid, hash)` of the entities that are stored.
fn effective<'a>(
    requests: &'a [ChangeRequest],
    stored: &HashMap<String, (String, String, String)>,
) -> Vec<Effective<'a>> {
    let decide = |request: &'a ChangeRequest| {
        let before = stored.get(&request.entity_ref);
        let (kind, body) = match (&request.put, before) {
            (None, None) => return None,
            (None, Some(_)) => (ChangeKind::Removed, None),
            (Some(put), None) => (ChangeKind::Added, Some(put.body.clone())),
            (Some(put), Some((uid, hash, location))) => {
                if *hash == put.hash && *location == put.location {
                    return None;
                }
                (
                    ChangeKind::Updated,
                    Some(put.body.replacen(&put.uid, uid, 1)),
                )
            }
        };
        Some(Effective {
            request,
            kind,
            body,
        })
    };
    requests.iter().filter_map(decide).collect()
}

fn count(changes: &[Effective<'_>]) -> Applied {
    let of = |kind| changes.iter().filter(|change| change.kind == kind).count();
    Applied {
        added: of(ChangeKind::Added),
        updated: of(ChangeKind::Updated),
        removed: of(ChangeKind::Removed),
    }
}

fn word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Updated => "updated",
        ChangeKind::Removed => "removed",
    }
}

fn kind_of(word: &str) -> ChangeKind {
    match word {
        "added" => ChangeKind::Added,
        "removed" => ChangeKind::Removed,
        _ => ChangeKind::Updated,
    }
}
