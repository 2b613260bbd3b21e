//! Tokens that people made for their programs. Of each only a hash is known here.
use sqlx::Row;

use crate::{
    Db, DbError, on_db,
    text::{can_be_stored, stored},
};

/// Longest name of a token, in characters.
const LONGEST: usize = 500;

/// One token. Times are in milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// Random id; it is no secret.
    pub id: String,
    /// Reference of the user whom it stands for.
    pub user_ref: String,
    /// What its user calls it.
    pub name: String,
    /// What it may be used for, as JSON text.
    pub scopes: String,
    /// When it was made.
    pub created_at: i64,
    /// When it ends, if it does.
    pub expires_at: Option<i64>,
    /// When it was used last, if it was.
    pub last_used_at: Option<i64>,
}

/// The columns that `read!` takes, in its order.
macro_rules! columns {
    () => {
        "id, user_ref, name, scopes, created_at, expires_at, last_used_at"
    };
}

/// Turns rows of either database into tokens.
macro_rules! read {
    ($row:expr) => {
        StoredToken {
            id: $row.try_get(0)?,
            user_ref: $row.try_get(1)?,
            name: $row.try_get(2)?,
            scopes: $row.try_get(3)?,
            created_at: $row.try_get(4)?,
            expires_at: $row.try_get(5)?,
            last_used_at: $row.try_get(6)?,
        }
    };
}

impl Db {
    /// Keeps a new token under its hash.
    ///
    /// # Errors
    /// When the database does not take it, for example because its id or hash is there already.
    pub async fn token_put(&self, token: &StoredToken, hash: &str) -> Result<(), DbError> {
        const SQL: &str = concat!(
            "INSERT INTO personal_tokens (",
            columns!(),
            ", hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        );
        on_db!(self, pool => {
            sqlx::query(SQL)
                .bind(&token.id)
                .bind(&token.user_ref)
                .bind(stored(&token.name, LONGEST))
                .bind(&token.scopes)
                .bind(token.created_at)
                .bind(token.expires_at)
                .bind(token.last_used_at)
                .bind(hash)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Returns the token of a hash unless it has ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn token_by_hash(
        &self,
        hash: &str,
        now: i64,
    ) -> Result<Option<StoredToken>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM personal_tokens WHERE hash = $1 AND (expires_at IS NULL OR expires_at > $2)"
        );
        if !can_be_stored(hash) {
            return Ok(None);
        }
        on_db!(self, pool => {
            let row = sqlx::query(SQL).bind(hash).bind(now).fetch_optional(pool).await?;
            row.map(|row| Ok(read!(row))).transpose()
        })
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn token_used(&self, id: &str, now: i64) -> Result<(), DbError> {
        const SQL: &str = "UPDATE personal_tokens SET last_used_at = $2 \
                           WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)";
        if can_be_stored(id) {
            on_db!(self, pool => { sqlx::query(SQL).bind(id).bind(now).execute(pool).await?; });
        }
        Ok(())
    }

    /// Returns the tokens of a user, the newest first, those that have ended too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn token_list(&self, user_ref: &str) -> Result<Vec<StoredToken>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM personal_tokens WHERE user_ref = $1 ORDER BY created_at DESC, id"
        );
        if !can_be_stored(user_ref) {
            return Ok(Vec::new());
        }
        on_db!(self, pool => {
            let rows = sqlx::query(SQL).bind(user_ref).fetch_all(pool).await?;
            rows.iter().map(|row| Ok(read!(row))).collect()
        })
    }

    /// Removes a token of a user; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn token_remove(&self, id: &str, user_ref: &str) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM personal_tokens WHERE id = $1 AND user_ref = $2";
        if !can_be_stored(id) || !can_be_stored(user_ref) {
            return Ok(false);
        }
        let rows = on_db!(self, pool => sqlx::query(SQL).bind(id).bind(user_ref).execute(pool).await?.rows_affected());
        Ok(rows > 0)
    }
}
