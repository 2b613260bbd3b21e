//! Opening the database of a portal from beside it, without changing anything about it.
use std::collections::HashMap;

use sqlx::migrate::{MigrateError, Migrator};

use super::{POSTGRES, SQLITE, open_postgres, open_sqlite};
use crate::{Db, DbError, Pool, Target, wake::Bell};

const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations WHERE success";

impl Db {
    /// Opens a database that a portal made, whether it runs or not, and neither makes nor changes tables.
    ///
    /// # Errors
    /// When there is none, it cannot be opened, or its tables belong to another version.
    pub async fn open_existing(target: &Target) -> Result<Self, DbError> {
        let (pool, name) = match target {
            Target::Memory => {
                return Err(absent("in memory, since that lives in the portal alone"));
            }
            Target::File(path) if !path.is_file() => return Err(absent(path.display())),
            Target::File(path) => {
                let pool = open_sqlite(Some(path), false).await?;
                (Pool::Sqlite(pool), path.display().to_string())
            }
            Target::Postgres(server) => {
                let pool = open_postgres(server, false).await?;
                (Pool::Postgres(pool), "of PostgreSQL".to_owned())
            }
        };
        let wake = Bell::new();
        let db = Self { pool, wake };
        match db.is_of_this_version(name).await {
            Ok(()) => Ok(db),
            Err(error) => {
                db.close().await;
                Err(error)
            }
        }
    }

    async fn is_of_this_version(&self, target: String) -> Result<(), DbError> {
        let applied = self.applied().await?;
        let known: HashMap<i64, &[u8]> = self
            .migrator()
            .iter()
            .map(|step| (step.version, &*step.checksum))
            .collect();
        if applied
            .iter()
            .any(|(version, _)| !known.contains_key(version))
        {
            return Err(DbError::Newer { target });
        }
        if applied.len() < known.len() {
            return Err(DbError::Older { target });
        }
        let other = |(version, checksum): &&(i64, Vec<u8>)| known[version] != checksum.as_slice();
        match applied.iter().find(other) {
            Some((version, _)) => Err(MigrateError::VersionMismatch(*version).into()),
            None => Ok(()),
        }
    }

    /// Returns number and checksum of the migrations that were applied; none when it is not a database of ours.
    async fn applied(&self) -> Result<Vec<(i64, Vec<u8>)>, DbError> {
        Ok(match &self.pool {
            Pool::Sqlite(pool) => {
                let sql = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
                let tables: i64 = sqlx::query_scalar(sql).fetch_one(pool).await?;
                if tables == 0 {
                    return Ok(Vec::new());
                }
                sqlx::query_as(APPLIED).fetch_all(pool).await?
            }
            Pool::Postgres(pool) => {
                let sql = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
                if !sqlx::query_scalar(sql).fetch_one(pool).await? {
                    return Ok(Vec::new());
                }
                sqlx::query_as(APPLIED).fetch_all(pool).await?
            }
        })
    }

    fn migrator(&self) -> &'static Migrator {
        match self.pool {
            Pool::Sqlite(_) => &SQLITE,
            Pool::Postgres(_) => &POSTGRES,
        }
    }
}

fn absent(target: impl std::fmt::Display) -> DbError {
    DbError::Absent {
        target: target.to_string(),
    }
}
