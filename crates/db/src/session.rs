//! Sessions of people who signed in. Of the secret in the cookie only a hash is known here.
use sqlx::Row;

use crate::{
    Db, DbError, on_db,
    text::{can_be_stored, stored},
};

/// Longest address and name of a browser that are kept, in characters.
const LONGEST: usize = 500;

/// One session. Times are in milliseconds since 1970-01-01 UTC.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Random id; it is no secret.
    pub id: String,
    /// Reference of the user.
    pub user_ref: String,
    /// Id of the provider that they signed in with.
    pub provider: String,
    /// What else is known about it, as JSON text.
    pub body: String,
    /// What only the secret of the session can open.
    pub sealed: Option<String>,
    /// When it began.
    pub created_at: i64,
    /// When its secret was changed last.
    pub rotated_at: i64,
    /// When it was used last.
    pub seen_at: i64,
    /// When it ends even if it is used.
    pub expires_at: i64,
    /// Address it was used from last.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

impl std::fmt::Debug for StoredSession {
    /// Leaves out what was sealed and what it was sealed for.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredSession")
            .field("id", &self.id)
            .field("user_ref", &self.user_ref)
            .field("provider", &self.provider)
            .field("seen_at", &self.seen_at)
            .finish_non_exhaustive()
    }
}

/// The columns that `read!` takes, in its order.
macro_rules! columns {
    () => {
        "id, user_ref, provider, body, sealed, created_at, rotated_at, seen_at, expires_at, address, agent"
    };
}

/// Turns rows of either database into sessions.
macro_rules! read {
    ($row:expr) => {
        StoredSession {
            id: $row.try_get(0)?,
            user_ref: $row.try_get(1)?,
            provider: $row.try_get(2)?,
            body: $row.try_get(3)?,
            sealed: $row.try_get(4)?,
            created_at: $row.try_get(5)?,
            rotated_at: $row.try_get(6)?,
            seen_at: $row.try_get(7)?,
            expires_at: $row.try_get(8)?,
            address: $row.try_get(9)?,
            agent: $row.try_get(10)?,
        }
    };
}

impl Db {
    /// Keeps a new session under the hash of its secret.
    ///
    /// # Errors
    /// When the database does not take it, for example because its id or secret is there already.
    pub async fn session_put(
        &self,
        session: &StoredSession,
        token_hash: &str,
    ) -> Result<(), DbError> {
        const SQL: &str = concat!(
            "INSERT INTO sessions (",
            columns!(),
            ", token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        );
        on_db!(self, pool => {
            sqlx::query(SQL)
                .bind(&session.id)
                .bind(&session.user_ref)
                .bind(&session.provider)
                .bind(&session.body)
                .bind(&session.sealed)
                .bind(session.created_at)
                .bind(session.rotated_at)
                .bind(session.seen_at)
                .bind(session.expires_at)
                .bind(stored(&session.address, LONGEST))
                .bind(stored(&session.agent, LONGEST))
                .bind(token_hash)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Returns the session of a secret, and whether the secret is the one before the present one. The caller decides
    /// how long after `rotated_at` that one still counts, and whether the session has ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_by_token(
        &self,
        token_hash: &str,
    ) -> Result<Option<(StoredSession, bool)>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            ", CASE WHEN token_hash = $1 THEN 0 ELSE 1 END AS previous FROM sessions \
             WHERE token_hash = $1 OR previous_hash = $1 ORDER BY previous LIMIT 1"
        );
        if !can_be_stored(token_hash) {
            return Ok(None);
        }
        on_db!(self, pool => {
            let row = sqlx::query(SQL).bind(token_hash).fetch_optional(pool).await?;
            row.map(|row| {
                let previous: i32 = row.try_get(11)?;
                Ok((read!(row), previous != 0))
            })
            .transpose()
        })
    }

    /// Gives a session another secret if its present one is still `old_hash`, which then becomes the previous one;
    /// returns whether it was. `sealed` replaces what was sealed before.
    ///
    /// # Errors
    /// When the database does not carry it out.
    pub async fn session_rotate(
        &self,
        id: &str,
        old_hash: &str,
        new_hash: &str,
        sealed: Option<&str>,
        now: i64,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE sessions SET token_hash = $3, previous_hash = $2, sealed = $4, rotated_at = $5 \
                           WHERE id = $1 AND token_hash = $2";
        if !can_be_stored(id) || !can_be_stored(old_hash) {
            return Ok(false);
        }
        let rows = on_db!(self, pool => {
            sqlx::query(SQL)
                .bind(id)
                .bind(old_hash)
                .bind(new_hash)
                .bind(sealed)
                .bind(now)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(rows > 0)
    }

    /// Forgets the previous secret of a session before its grace time is over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_forget_previous(&self, id: &str) -> Result<(), DbError> {
        const SQL: &str = "UPDATE sessions SET previous_hash = NULL WHERE id = $1";
        if can_be_stored(id) {
            on_db!(self, pool => { sqlx::query(SQL).bind(id).execute(pool).await?; });
        }
        Ok(())
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_seen(&self, id: &str, now: i64, address: &str) -> Result<(), DbError> {
        const SQL: &str =
            "UPDATE sessions SET seen_at = $2, address = $3 WHERE id = $1 AND seen_at <= $2";
        if can_be_stored(id) {
            let address = stored(address, LONGEST);
            on_db!(self, pool => { sqlx::query(SQL).bind(id).bind(now).bind(address).execute(pool).await?; });
        }
        Ok(())
    }

    /// Replaces what is known about a session and what is sealed in it; returns whether it is there.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn session_update(
        &self,
        id: &str,
        body: &str,
        sealed: Option<&str>,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE sessions SET body = $2, sealed = $3 WHERE id = $1";
        if !can_be_stored(id) {
            return Ok(false);
        }
        let rows = on_db!(self, pool => {
            sqlx::query(SQL).bind(id).bind(body).bind(sealed).execute(pool).await?.rows_affected()
        });
        Ok(rows > 0)
    }
}

/// What the pages about sessions ask for.
impl Db {
    /// Returns the sessions of a user, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_list(&self, user_ref: &str) -> Result<Vec<StoredSession>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM sessions WHERE user_ref = $1 ORDER BY created_at DESC, id"
        );
        if !can_be_stored(user_ref) {
            return Ok(Vec::new());
        }
        on_db!(self, pool => {
            let rows = sqlx::query(SQL).bind(user_ref).fetch_all(pool).await?;
            rows.iter().map(|row| Ok(read!(row))).collect()
        })
    }

    /// Ends a session of a user; returns whether it was there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_remove(&self, id: &str, user_ref: &str) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM sessions WHERE id = $1 AND user_ref = $2";
        if !can_be_stored(id) || !can_be_stored(user_ref) {
            return Ok(false);
        }
        let rows = on_db!(self, pool => sqlx::query(SQL).bind(id).bind(user_ref).execute(pool).await?.rows_affected());
        Ok(rows > 0)
    }

    /// Ends all sessions of a user but one, or all; returns how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_remove_all(
        &self,
        user_ref: &str,
        except: Option<&str>,
    ) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM sessions WHERE user_ref = $1 AND id <> $2";
        if !can_be_stored(user_ref) {
            return Ok(0);
        }
        // No session has an empty id, so it spares none.
        let except = except.filter(|id| can_be_stored(id)).unwrap_or_default();
        Ok(
            on_db!(self, pool => sqlx::query(SQL).bind(user_ref).bind(except).execute(pool).await?.rows_affected()),
        )
    }

    /// Removes sessions whose time is over at `now` and those last used before `idle_before`; returns how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_purge(&self, now: i64, idle_before: i64) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1 OR seen_at < $2";
        Ok(
            on_db!(self, pool => sqlx::query(SQL).bind(now).bind(idle_before).execute(pool).await?.rows_affected()),
        )
    }

    /// Returns how many sessions there are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_count(&self) -> Result<i64, DbError> {
        const SQL: &str = "SELECT COUNT(*) FROM sessions";
        Ok(on_db!(self, pool => sqlx::query_scalar(SQL).fetch_one(pool).await?))
    }
}
