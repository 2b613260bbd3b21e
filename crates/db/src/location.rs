//! Locations that were registered while the portal ran.
use sqlx::Row;

use crate::{Db, DbError, on_db};

/// One registered location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLocation {
    /// Random id.
    pub id: String,
    /// For example `url`.
    pub location_type: String,
    /// For a URL, the address of the file, folder or pattern.
    pub target: String,
    /// Reference of the Location entity that stands for it.
    pub entity_ref: String,
}

/// Turns rows of either database into locations.
macro_rules! read {
    ($row:expr) => {
        StoredLocation {
            id: $row.try_get(0)?,
            location_type: $row.try_get(1)?,
            target: $row.try_get(2)?,
            entity_ref: $row.try_get(3)?,
        }
    };
}

impl Db {
    /// Returns all registered locations, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn location_list(&self) -> Result<Vec<StoredLocation>, DbError> {
        const SQL: &str =
            "SELECT id, type, target, entity_ref FROM locations ORDER BY created_at, id";
        on_db!(self, pool => {
            let rows = sqlx::query(SQL).fetch_all(pool).await?;
            rows.iter().map(|row| Ok(read!(row))).collect()
        })
    }

    /// Registers a location; returns `false` when its type and target are registered already.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn location_add(&self, location: &StoredLocation, now: i64) -> Result<bool, DbError> {
        const SQL: &str = "INSERT INTO locations (id, type, target, entity_ref, created_at) \
                           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (type, target) DO NOTHING";
        let rows = on_db!(self, pool => {
            sqlx::query(SQL)
                .bind(&location.id)
                .bind(&location.location_type)
                .bind(&location.target)
                .bind(&location.entity_ref)
                .bind(now)
                .execute(pool)
                .await?
                .rows_affected()
        });
        self.ring().await?;
        Ok(rows > 0)
    }

    /// Gives a registered location another type and target; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not take it, for example because another location has that type and target.
    pub async fn location_update(&self, location: &StoredLocation) -> Result<bool, DbError> {
        const SQL: &str =
            "UPDATE locations SET type = $2, target = $3, entity_ref = $4 WHERE id = $1";
        let rows = on_db!(self, pool => {
            sqlx::query(SQL)
                .bind(&location.id)
                .bind(&location.location_type)
                .bind(&location.target)
                .bind(&location.entity_ref)
                .execute(pool)
                .await?
                .rows_affected()
        });
        self.ring().await?;
        Ok(rows > 0)
    }

    /// Removes a registered location; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn location_remove(&self, id: &str) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM locations WHERE id = $1";
        if id.contains('\0') {
            return Ok(false);
        }
        let rows =
            on_db!(self, pool => sqlx::query(SQL).bind(id).execute(pool).await?.rows_affected());
        self.ring().await?;
        Ok(rows > 0)
    }
}
