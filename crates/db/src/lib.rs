//! All SQL of the portal: pools, migrations, the change log. The only crate that names `sqlx`.
//!
//! Every statement is written once with `$1` placeholders, which both databases take; `on_db!` runs it against
//! whichever is open and type-checks it for both. Operations are named resource first: `entity_bodies`,
//! `change_apply`. To add a table: one migration file of the same number in `migrations/sqlite` and
//! `migrations/postgres`, one module here, one test in `tests/store.rs`, which runs on both databases.
#![warn(unreachable_pub)]

mod audit;
mod change;
mod entity;
mod fact;
mod key;
mod lease;
mod location;
mod open;
mod personal;
mod problem;
mod provided;
mod read;
mod session;
mod signin;
mod source;
mod text;
mod token;
mod wake;

pub use audit::{AuditCheck, AuditEntry, AuditFilter, StoredAudit};
pub use change::{Applied, Change, ChangeRequest, Put};
pub use entity::{EntityHead, StoredEntity, new_uid};
pub use location::StoredLocation;
pub use open::{Server, Target};
pub use personal::{Mark, StoredMark, StoredRecent, StoredView, ViewPut, Visit};
pub use problem::StoredProblem;
pub use read::{ReadFile, StoredRead};
pub use session::StoredSession;
pub use token::StoredToken;
pub use wake::Wake;

/// An open database with its migrations applied. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pool: Pool,
    wake: wake::Bell,
}

#[derive(Debug, Clone)]
enum Pool {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database cannot be opened: wrong address, credentials, folder or file.
    #[error("cannot open the database {target}")]
    Open {
        /// The database, without its password.
        target: String,
        /// Why.
        source: sqlx::Error,
    },
    /// The tables cannot be brought to this version.
    #[error("cannot prepare the tables of the database")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// There is no database.
    #[error(
        "there is no database {target}; start the portal once, or name another one in backend.database"
    )]
    Absent {
        /// The database.
        target: String,
    },
    /// The tables are those of an earlier version.
    #[error(
        "the tables of the database {target} are older than this program; \
         start the portal of this version once, which brings them up to date"
    )]
    Older {
        /// The database, without its password.
        target: String,
    },
    /// The tables are those of a later version.
    #[error(
        "the tables of the database {target} belong to a later version; use the program of that version"
    )]
    Newer {
        /// The database, without its password.
        target: String,
    },
    /// A statement failed.
    #[error("the database did not carry out a statement")]
    Statement(#[from] sqlx::Error),
    /// A stored value is not what this version writes.
    #[error("a stored {what} cannot be read")]
    Stored {
        /// What it is, for example `problem`.
        what: &'static str,
        /// Why.
        source: serde_json::Error,
    },
}

/// Takes the PostgreSQL advisory lock that lets one writer at a time append to the log, so that sequence numbers
/// become visible in their order and replicas that write the same do not wait for each other in a circle.
const WRITER_LOCK: &str = "SELECT pg_advisory_xact_lock(7161120203)";

impl Db {
    /// Returns the statement that keeps other writers out until the transaction ends, where one is needed.
    fn writer_lock(&self) -> Option<&'static str> {
        matches!(self.pool, Pool::Postgres(_)).then_some(WRITER_LOCK)
    }

    /// Returns the statement that starts a transaction which reads before it writes. On SQLite it has to be a writer
    /// from the start, since it could not become one while another one writes.
    fn begin(&self) -> &'static str {
        match self.pool {
            Pool::Sqlite(_) => "BEGIN IMMEDIATE",
            Pool::Postgres(_) => "BEGIN",
        }
    }
}

/// Runs one expression against the pool of whichever database is open.
macro_rules! on_db {
    ($db:expr, $pool:ident => $body:expr) => {
        match &$db.pool {
            crate::Pool::Sqlite($pool) => $body,
            crate::Pool::Postgres($pool) => $body,
        }
    };
}
pub(crate) use on_db;

/// Rows per statement with many values; well below the 32,766 values SQLite takes at 8 columns.
const ROWS_PER_STATEMENT: usize = 500;

/// Returns the time now in milliseconds since 1970-01-01 UTC.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one clock of the store; everything else is given the time"
)]
pub fn now_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
}
