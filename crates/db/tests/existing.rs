//! Opening the database of a portal from beside it.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
use callboard_db::{Db, DbError, Server, Target};
use callboard_testkit::databases;
use sqlx::{Connection, PgConnection, SqliteConnection};

async fn run(target: &Target, statement: &'static str) {
    match target {
        Target::Postgres(server) => {
            let mut connection = PgConnection::connect(&server.url).await.unwrap();
            sqlx::raw_sql(statement)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        Target::File(path) => {
            let url = format!("sqlite://{}?mode=rwc", path.display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            sqlx::raw_sql(statement)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        Target::Memory => unreachable!("no test database is in memory"),
    }
}

#[tokio::test]
async fn a_database_is_opened_beside_a_running_portal() {
    for test in databases().await {
        test.db.fact_set("a", "1").await.unwrap();
        let beside = Db::open_existing(&test.target).await.unwrap();
        assert_eq!(beside.fact_get("a").await.unwrap().as_deref(), Some("1"));
        test.db.fact_set("a", "2").await.unwrap();
        assert_eq!(beside.fact_get("a").await.unwrap().as_deref(), Some("2"));
    }
}

#[tokio::test]
async fn a_database_of_another_version_is_refused_and_not_touched() {
    const LAST: &str = "DELETE FROM _sqlx_migrations WHERE version = 3";
    const NEXT: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                        SELECT 1000000, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    const CHANGED: &str = "UPDATE _sqlx_migrations SET checksum = (SELECT checksum FROM _sqlx_migrations WHERE version = 1) WHERE version = 2";
    const NONE: &str = "DROP TABLE _sqlx_migrations";
    for test in databases().await {
        let opened = async |statement| {
            run(&test.target, statement).await;
            Db::open_existing(&test.target).await.unwrap_err()
        };
        assert!(matches!(opened(CHANGED).await, DbError::Migrate(_)));
        assert!(matches!(opened(LAST).await, DbError::Older { .. }));
        assert!(matches!(opened(NEXT).await, DbError::Newer { .. }));
        assert!(matches!(opened(NONE).await, DbError::Older { .. }));
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_made() {
    let folder = std::env::temp_dir().join(callboard_db::new_uid());
    for target in [Target::Memory, Target::File(folder.join("callboard.db"))] {
        let error = Db::open_existing(&target).await.unwrap_err();
        assert!(matches!(error, DbError::Absent { .. }), "{error}");
    }
    assert!(!folder.exists());
    for test in databases().await {
        let Target::Postgres(server) = &test.target else {
            continue;
        };
        let url = server.url.replace("/test_", "/absent_");
        let target = Target::Postgres(Server::at(url));
        for _ in 0..2 {
            let error = Db::open_existing(&target).await.unwrap_err();
            assert!(matches!(error, DbError::Open { .. }), "{error}");
        }
    }
}
