//! Opening a database and bringing its tables to this version.
use std::{path::PathBuf, str::FromStr, time::Duration};

use log::LevelFilter;
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, SqlitePool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Db, DbError, Pool, wake::Bell};

mod existing;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// PostgreSQL's code for a database that does not exist.
const UNKNOWN_DATABASE: &str = "3D000";

/// PostgreSQL's code for a database that exists already.
const DATABASE_EXISTS: &str = "42P04";

/// A statement that takes so long is worth a line in the log. The one that reads every entity may well take seconds.
const SLOW: Duration = Duration::from_secs(10);

/// Which database to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// SQLite in memory: gone when the process ends.
    Memory,
    /// A SQLite file; made, with its folder, when it is not there.
    File(PathBuf),
    /// A PostgreSQL server; the database is made when the server has none of that name.
    Postgres(Server),
}

/// How to reach a PostgreSQL server.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// A `postgres://` URL; it may hold a password.
    pub url: String,
    /// Certificates, as PEM text, that the server's one has to follow from.
    pub root_certificate: Option<String>,
    /// Certificate of this client, as PEM text.
    pub client_certificate: Option<String>,
    /// Key of this client, as PEM text.
    pub client_key: Option<String>,
}

impl std::fmt::Debug for Server {
    /// Shows nothing that could be secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl Server {
    /// Reaches the server as the URL says.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    fn options(&self) -> Result<PgConnectOptions, sqlx::Error> {
        let mut options = PgConnectOptions::from_str(&self.url)?
            .application_name("callboard")
            .log_slow_statements(LevelFilter::Warn, SLOW);
        if let Some(pem) = &self.root_certificate {
            options = options.ssl_root_cert_from_pem(pem.clone().into_bytes());
        }
        if let Some(pem) = &self.client_certificate {
            options = options.ssl_client_cert_from_pem(pem);
        }
        if let Some(pem) = &self.client_key {
            options = options.ssl_client_key_from_pem(pem);
        }
        Ok(options)
    }
}

impl Db {
    /// Opens the database and applies the migrations it lacks.
    ///
    /// # Errors
    /// When the database cannot be opened or its tables belong to a later version.
    pub async fn open(target: &Target) -> Result<Self, DbError> {
        let pool = match target {
            Target::Memory => Pool::Sqlite(open_sqlite(None, true).await?),
            Target::File(path) => Pool::Sqlite(open_sqlite(Some(path), true).await?),
            Target::Postgres(server) => Pool::Postgres(open_postgres(server, true).await?),
        };
        match &pool {
            Pool::Sqlite(pool) => SQLITE.run(pool).await?,
            Pool::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(Self {
            pool,
            wake: Bell::new(),
        })
    }

    /// Asks the database for the smallest possible answer.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<(), DbError> {
        crate::on_db!(self, pool => { sqlx::query("SELECT 1").execute(pool).await?; });
        Ok(())
    }

    /// Finishes what is under way and closes every connection.
    pub async fn close(&self) {
        crate::on_db!(self, pool => pool.close().await);
    }

    /// Returns `sqlite` or `postgres`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self.pool {
            Pool::Sqlite(_) => "sqlite",
            Pool::Postgres(_) => "postgres",
        }
    }
}

async fn open_sqlite(path: Option<&PathBuf>, create: bool) -> Result<SqlitePool, DbError> {
    let shown = path.map_or_else(|| "in memory".to_owned(), |path| path.display().to_string());
    let failed = |source| DbError::Open {
        target: shown.clone(),
        source,
    };
    let options = match path {
        None => SqliteConnectOptions::from_str("sqlite::memory:").map_err(failed)?,
        Some(path) => {
            if let Some(folder) = path.parent().filter(|_| create) {
                std::fs::create_dir_all(folder).map_err(|e| failed(sqlx::Error::Io(e)))?;
            }
            SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(create)
        }
    };
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .log_slow_statements(LevelFilter::Warn, SLOW)
        .pragma("temp_store", "memory")
        // One megabyte for each of the few connections; the index answers what would need more.
        .pragma("cache_size", "-1000");
    let pool = match path {
        // Every connection to memory is a database of its own, so there is one, and it stays.
        None => SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None),
        Some(_) => SqlitePoolOptions::new().max_connections(4),
    };
    pool.connect_with(options).await.map_err(failed)
}

async fn open_postgres(server: &Server, create: bool) -> Result<PgPool, DbError> {
    let options = server.options().map_err(|source| DbError::Open {
        target: "at a PostgreSQL URL".to_owned(),
        source,
    })?;
    let name = options
        .get_database()
        .unwrap_or(options.get_username())
        .to_owned();
    let target = format!(
        "\"{name}\" of PostgreSQL at {}:{}",
        options.get_host(),
        options.get_port()
    );
    let connect = || {
        PgPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone())
    };
    let pool = match connect().await {
        Err(sqlx::Error::Database(error))
            if create && error.code().as_deref() == Some(UNKNOWN_DATABASE) =>
        {
            match create_database(&options, &name).await {
                Ok(()) => connect().await,
                Err(error) => Err(error),
            }
        }
        result => result,
    };
    pool.map_err(|source| DbError::Open { target, source })
}

async fn create_database(options: &PgConnectOptions, name: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(&options.clone().database("postgres")).await?;
    // A name cannot be a parameter; doubling the quotes is PostgreSQL's own rule for identifiers.
    let statement = format!("CREATE DATABASE \"{}\"", name.replace('"', "\"\""));
    let made = sqlx::query(sqlx::AssertSqlSafe(statement))
        .execute(&mut connection)
        .await;
    connection.close().await?;
    match made {
        // Another portal that started at the same time was faster.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(DATABASE_EXISTS) => {
            Ok(())
        }
        made => made.map(|_| ()),
    }
}
