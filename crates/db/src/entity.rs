//! The current state of every entity.
use futures::TryStreamExt;
use sqlx::{QueryBuilder, Row};
use tokio::sync::mpsc;

use crate::{Db, DbError, ROWS_PER_STATEMENT, on_db};

/// One entity as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntity {
    /// Canonical reference.
    pub entity_ref: String,
    /// Random id given when it was first seen.
    pub uid: String,
    /// Hash of everything but `uid` and `etag`; equal hashes mean equal entities.
    pub hash: String,
    /// Location reference of the file it came from.
    pub location: String,
    /// The entity as JSON text, as the REST API answers it.
    pub body: String,
}

/// What tells whether a stored entity is up to date, without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityHead {
    /// Canonical reference.
    pub entity_ref: String,
    /// Random id given when it was first seen.
    pub uid: String,
    /// Hash of everything but `uid` and `etag`.
    pub hash: String,
    /// Location reference of the file it came from.
    pub location: String,
}

/// Makes a random id for an entity.
#[must_use]
pub fn new_uid() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl Db {
    /// Returns every entity without its body.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entity_heads(&self) -> Result<Vec<EntityHead>, DbError> {
        const SQL: &str = "SELECT entity_ref, uid, hash, location FROM entities";
        on_db!(self, pool => {
            let rows = sqlx::query(SQL).fetch_all(pool).await?;
            rows.iter()
                .map(|row| Ok(EntityHead {
                    entity_ref: row.try_get(0)?,
                    uid: row.try_get(1)?,
                    hash: row.try_get(2)?,
                    location: row.try_get(3)?,
                }))
                .collect()
        })
    }

    /// Returns entities in the order of their references, those after `after`, at most `limit`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entity_page(&self, after: &str, limit: i64) -> Result<Vec<StoredEntity>, DbError> {
        const SQL: &str = "SELECT entity_ref, uid, hash, location, body FROM entities \
                           WHERE entity_ref > $1 ORDER BY entity_ref LIMIT $2";
        on_db!(self, pool => {
            let rows = sqlx::query(SQL).bind(after).bind(limit).fetch_all(pool).await?;
            rows.iter()
                .map(|row| Ok(StoredEntity {
                    entity_ref: row.try_get(0)?,
                    uid: row.try_get(1)?,
                    hash: row.try_get(2)?,
                    location: row.try_get(3)?,
                    body: row.try_get(4)?,
                }))
                .collect()
        })
    }

    /// Hands over every entity as reference and body, in any order, so many at a time, as fast as they are taken.
    /// Ends early when nobody takes them any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entity_stream(
        &self,
        page: usize,
        into: mpsc::Sender<Vec<(String, String)>>,
    ) -> Result<(), DbError> {
        const SQL: &str = "SELECT entity_ref, body FROM entities";
        on_db!(self, pool => {
            let mut rows = sqlx::query(SQL).fetch(pool);
            let mut full = Vec::with_capacity(page);
            while let Some(row) = rows.try_next().await? {
                full.push((row.try_get(0)?, row.try_get(1)?));
                if full.len() == page && into.send(std::mem::take(&mut full)).await.is_err() {
                    break;
                }
            }
            // Whoever takes them has an error of its own when it is gone.
            let _ = into.send(full).await;
        });
        Ok(())
    }

    /// Returns the bodies of these entities in the order of `refs`; `None` where there is no such entity.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entity_bodies(&self, refs: &[String]) -> Result<Vec<Option<String>>, DbError> {
        let mut found = std::collections::HashMap::with_capacity(refs.len());
        // PostgreSQL refuses a text with the character 0, and no entity has one.
        let asked: Vec<&String> = refs.iter().filter(|text| !text.contains('\0')).collect();
        for chunk in asked.chunks(ROWS_PER_STATEMENT) {
            on_db!(self, pool => {
                let mut query =
                    QueryBuilder::new("SELECT entity_ref, body FROM entities WHERE entity_ref IN (");
                let mut list = query.separated(", ");
                for entity_ref in chunk {
                    list.push_bind(*entity_ref);
                }
                query.push(")");
                for row in query.build().fetch_all(pool).await? {
                    found.insert(row.try_get::<String, _>(0)?, row.try_get::<String, _>(1)?);
                }
            });
        }
        Ok(refs
            .iter()
            .map(|entity_ref| found.get(entity_ref).cloned())
            .collect())
    }

    /// Returns the reference of the entity with that uid.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entity_ref_by_uid(&self, uid: &str) -> Result<Option<String>, DbError> {
        const SQL: &str = "SELECT entity_ref FROM entities WHERE uid = $1";
        if uid.contains('\0') {
            return Ok(None);
        }
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).bind(uid).fetch_optional(pool).await?))
    }

    /// Returns how many entities there are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entity_count(&self) -> Result<i64, DbError> {
        const SQL: &str = "SELECT COUNT(*) FROM entities";
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await?))
    }
}
