//! A database for one test, of each engine.
use callboard_db::{Db, Server, Target};
use tempfile::TempDir;

/// An empty database that no other test uses.
#[derive(Debug)]
pub struct TestDb {
    /// The open database.
    pub db: Db,
    /// How to open it once more.
    pub target: Target,
    _folder: Option<TempDir>,
}

/// Opens an empty SQLite file.
///
/// # Panics
/// When there is no place for it.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a test needs a temporary folder");
    let target = Target::File(folder.path().join("callboard.db"));
    let db = Db::open(&target)
        .await
        .expect("a new SQLite file can be opened");
    TestDb {
        db,
        target,
        _folder: Some(folder),
    }
}

/// Opens an empty database of every engine that is there.
///
/// # Panics
/// When PostgreSQL is missing although `CI` is set, or cannot be used.
pub async fn databases() -> Vec<TestDb> {
    let mut all = vec![sqlite().await];
    match variable("TEST_POSTGRES_URL") {
        Some(url) => all.push(postgres(&url).await),
        None if variable("CI").is_some() => panic!("CI is set and TEST_POSTGRES_URL is not"),
        None => report("TEST_POSTGRES_URL is not set: this test runs on SQLite alone"),
    }
    all
}

/// Every test has a database of its own, which the portal makes by itself as it does for a user.
async fn postgres(url: &str) -> TestDb {
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let (server, parameters) = url.split_once('?').unwrap_or((url, ""));
    let server = server.rsplit_once('/').map_or(server, |(server, _)| server);
    let target = Target::Postgres(Server::at(format!("{server}/{name}?{parameters}")));
    let db = Db::open(&target)
        .await
        .expect("the test server lets us make a database");
    TestDb {
        db,
        target,
        _folder: None,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the only way in which a test runner can hand over an address"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[expect(
    clippy::print_stderr,
    reason = "the person who runs the tests has to see what was left out"
)]
fn report(message: &str) {
    eprintln!("{message}");
}
