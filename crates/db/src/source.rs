//! Where entities come from: which Location entity leads to which place.
use std::collections::{BTreeMap, HashMap};

use sqlx::QueryBuilder;

use crate::{Db, DbError, ROWS_PER_STATEMENT, on_db};

impl Db {
    /// Makes this the whole table of places, as location reference to reference of the Location entity.
    ///
    /// # Errors
    /// When the database does not carry it out; then nothing has changed.
    pub async fn source_replace(&self, wanted: &BTreeMap<String, String>) -> Result<(), DbError> {
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            if let Some(lock) = self.writer_lock() {
                sqlx::query(lock).execute(&mut *tx).await?;
            }
            let stored: Vec<(String, String)> =
                sqlx::query_as("SELECT location, parent FROM sources").fetch_all(&mut *tx).await?;
            let gone: Vec<_> = stored.iter().filter(|(location, _)| !wanted.contains_key(location)).collect();
            let stored: HashMap<_, _> = stored.iter().map(|(location, parent)| (location, parent)).collect();
            let new: Vec<_> = wanted.iter().filter(|(location, parent)| stored.get(location) != Some(parent)).collect();
            for chunk in gone.chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new("DELETE FROM sources WHERE location IN (");
                let mut list = query.separated(", ");
                for (location, _) in chunk {
                    list.push_bind(location);
                }
                query.push(")");
                query.build().execute(&mut *tx).await?;
            }
            for chunk in new.chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new("INSERT INTO sources (location, parent) ");
                query.push_values(chunk, |mut row, (location, parent)| {
                    row.push_bind(*location).push_bind(*parent);
                });
                query.push(" ON CONFLICT (location) DO UPDATE SET parent = excluded.parent");
                query.build().execute(&mut *tx).await?;
            }
            tx.commit().await?;
        });
        Ok(())
    }

    /// Returns the location reference an entity was read from and the Location entity that led there, if there is one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn source_of(
        &self,
        entity_ref: &str,
    ) -> Result<Option<(String, Option<String>)>, DbError> {
        const SQL: &str = "SELECT entities.location, sources.parent FROM entities \
                           LEFT JOIN sources ON sources.location = entities.location \
                           WHERE entities.entity_ref = $1";
        if entity_ref.contains('\0') {
            return Ok(None);
        }
        Ok(on_db!(self, pool => sqlx::query_as(SQL).bind(entity_ref).fetch_optional(pool).await?))
    }

    /// Returns the location references that a Location entity leads to, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn source_targets(&self, parent: &str) -> Result<Vec<String>, DbError> {
        const SQL: &str = "SELECT location FROM sources WHERE parent = $1 ORDER BY location";
        if parent.contains('\0') {
            return Ok(Vec::new());
        }
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).bind(parent).fetch_all(pool).await?))
    }
}
