//! Filters of the catalog under a name, of a person or of a group.
use sqlx::{QueryBuilder, Row};

use crate::{Db, DbError, on_db, text::can_be_stored};

/// One saved view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredView {
    /// Random id.
    pub id: String,
    /// Reference of the user or the group that has it.
    pub owner_ref: String,
    /// What its owner calls it; no two of one owner are called the same.
    pub name: String,
    /// The query string of the catalog page.
    pub query: String,
    /// Reference of who made it; empty when that is forgotten.
    pub created_by: String,
    /// When it was made, in milliseconds since 1970-01-01 UTC.
    pub created_at: i64,
    /// When its query was changed last, in milliseconds since 1970-01-01 UTC.
    pub updated_at: i64,
}

/// What became of a view that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewPut {
    /// It is there under its new id.
    Added,
    /// The owner had one of that name, which has the new query now.
    Replaced,
    /// The owner has as many as they may have.
    Full,
}

/// The columns that `read!` takes, in its order.
const SELECT: &str =
    "SELECT id, owner_ref, name, query, created_by, created_at, updated_at FROM saved_views WHERE ";

/// Turns rows of either database into views.
macro_rules! read {
    ($row:expr) => {
        StoredView {
            id: $row.try_get(0)?,
            owner_ref: $row.try_get(1)?,
            name: $row.try_get(2)?,
            query: $row.try_get(3)?,
            created_by: $row.try_get(4)?,
            created_at: $row.try_get(5)?,
            updated_at: $row.try_get(6)?,
        }
    };
}

impl Db {
    /// Returns the views of these owners, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view_list(&self, owners: &[String]) -> Result<Vec<StoredView>, DbError> {
        let owners: Vec<_> = owners.iter().filter(|owner| can_be_stored(owner)).collect();
        let mut all: Vec<StoredView> = Vec::new();
        on_db!(self, pool => {
            for chunk in owners.chunks(crate::ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new(SELECT);
                query.push("owner_ref IN (");
                let mut list = query.separated(", ");
                for owner in chunk {
                    list.push_bind(owner.as_str());
                }
                query.push(")");
                for row in query.build().fetch_all(pool).await? {
                    all.push(read!(row));
                }
            }
        });
        let key = |view: &StoredView| (view.name.to_lowercase(), view.owner_ref.clone());
        all.sort_by_cached_key(key);
        Ok(all)
    }

    /// Returns the view of an id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view_get(&self, id: &str) -> Result<Option<StoredView>, DbError> {
        if !can_be_stored(id) {
            return Ok(None);
        }
        on_db!(self, pool => {
            let mut query = QueryBuilder::new(SELECT);
            query.push("id = ").push_bind(id);
            let row = query.build().fetch_optional(pool).await?;
            row.map(|row| Ok(read!(row))).transpose()
        })
    }

    /// Keeps a view. When its owner has one of that name, that one gets the new query and keeps the rest.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn view_put(&self, view: &StoredView, limit: i64) -> Result<ViewPut, DbError> {
        const UPDATE: &str =
            "UPDATE saved_views SET query = $3, updated_at = $4 WHERE owner_ref = $1 AND name = $2";
        const COUNT: &str = "SELECT COUNT(*) FROM saved_views WHERE owner_ref = $1";
        // Another replica may add the same name between the two statements.
        const INSERT: &str = "INSERT INTO saved_views (id, owner_ref, name, query, created_by, created_at, updated_at) \
                              VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (owner_ref, name) DO UPDATE SET \
                              query = excluded.query, updated_at = excluded.updated_at";
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            let update = sqlx::query(UPDATE).bind(&view.owner_ref).bind(&view.name).bind(&view.query);
            let updated = update.bind(view.updated_at).execute(&mut *tx).await?.rows_affected();
            if updated > 0 {
                tx.commit().await?;
                return Ok(ViewPut::Replaced);
            }
            let count = sqlx::query_scalar(COUNT).bind(&view.owner_ref);
            let count: i64 = count.fetch_one(&mut *tx).await?;
            if count >= limit {
                return Ok(ViewPut::Full);
            }
            sqlx::query(INSERT)
                .bind(&view.id)
                .bind(&view.owner_ref)
                .bind(&view.name)
                .bind(&view.query)
                .bind(&view.created_by)
                .bind(view.created_at)
                .bind(view.updated_at)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        });
        Ok(ViewPut::Added)
    }

    /// Removes a view; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view_remove(&self, id: &str) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM saved_views WHERE id = $1";
        if !can_be_stored(id) {
            return Ok(false);
        }
        let rows =
            on_db!(self, pool => sqlx::query(SQL).bind(id).execute(pool).await?.rows_affected());
        Ok(rows > 0)
    }
}
