//! Problems are found by what they are about, whichever version of the program wrote them.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]
use callboard_db::{Db, Target, new_uid};
use callboard_model::{Diagnostic, Severity};
use callboard_testkit::{TestDb, databases};
use sqlx::{Connection, PgConnection, SqliteConnection};

/// Leaves the table as the version before the columns made it.
const BEFORE: &str = "DROP INDEX problems_entity; DROP INDEX problems_file; DROP INDEX problems_erring; \
                      ALTER TABLE problems DROP COLUMN entity_ref; ALTER TABLE problems DROP COLUMN file; \
                      ALTER TABLE problems DROP COLUMN severity; \
                      DELETE FROM _sqlx_migrations WHERE version = 5";

async fn run(target: &Target, statements: &'static str) {
    match target {
        Target::Postgres(server) => {
            let mut connection = PgConnection::connect(&server.url).await.unwrap();
            let run = sqlx::raw_sql(statements).execute(&mut connection).await;
            run.unwrap();
        }
        Target::File(path) => {
            let url = format!("sqlite://{}", path.display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            let run = sqlx::raw_sql(statements).execute(&mut connection).await;
            run.unwrap();
        }
        Target::Memory => unreachable!("no test database is in memory"),
    }
}

fn error(file: &str, message: &str) -> Diagnostic {
    Diagnostic::new("CAT001", Severity::Error, file, message)
}

fn warning(file: &str, message: &str) -> Diagnostic {
    Diagnostic::new("CAT002", Severity::Warning, file, message)
}

/// Returns the messages of the problems of one entity and its file, with when they began.
async fn found(db: &Db, entity_ref: &str, file: &str) -> Vec<(String, i64)> {
    let found = db.problem_list_of(entity_ref, file).await.unwrap();
    let found = found.into_iter();
    found
        .map(|one| (one.diagnostic.message, one.since))
        .collect()
}

async fn messages(db: &Db, entity_ref: &str, file: &str) -> Vec<String> {
    let found = found(db, entity_ref, file).await;
    found.into_iter().map(|(message, _)| message).collect()
}

#[tokio::test]
async fn what_begins_alike_or_has_odd_characters_is_told_apart() {
    let odd = "ordner/ä \"b\" 'c' \\d 100%_!.yaml";
    // Nothing that could be packed: an index of PostgreSQL would take that.
    let long: String = (0..200).map(|_| new_uid()).collect();
    let longer = format!("{long}x");
    for TestDb { db, .. } in &databases().await {
        let all = [
            error("a.yaml", "short").about("component:default/a"),
            warning("a.yaml", "long").about("component:default/a-b"),
            error("a.yaml", "whole"),
            error("a.yaml2", "another"),
            error("A.yaml", "upper case"),
            error(odd, "odd"),
            warning(odd, "minor"),
            error(&long, "endless"),
            error(&longer, "more so"),
            error("b.yaml", "one\0two").about("component:default/\0"),
            error("\0", "no file"),
        ];
        db.problem_replace(&all, 1).await.unwrap();
        let a = "component:default/a";
        assert_eq!(messages(db, a, "a.yaml").await, ["short", "whole"]);
        assert_eq!(messages(db, "component:default/a-b", "").await, ["long"]);
        assert_eq!(messages(db, "component:default/", "a.yam").await, [""; 0]);
        assert_eq!(
            messages(db, "Component:default/a", "A.yaml").await,
            ["upper case"]
        );
        assert_eq!(messages(db, "", odd).await, ["odd"]);
        assert_eq!(messages(db, "", &long).await, ["endless"]);
        assert_eq!(messages(db, "", &longer).await, ["more so"]);
        let zero = messages(db, "component:default/\0", "\0").await;
        assert_eq!(zero, ["no file", "one\0two"]);
        assert_eq!(
            messages(db, "component:default/\u{fffd}", "\u{fffd}").await,
            [""; 0]
        );
        assert!(!db.problem_replace(&all, 2).await.unwrap());
    }
}

#[tokio::test]
async fn entities_with_errors_are_named_once_and_in_order() {
    for TestDb { db, .. } in &databases().await {
        let all = [
            error("b.yaml", "one").about("component:default/b"),
            error("b.yaml", "two").about("component:default/b"),
            error("a.yaml", "one").about("component:default/a_"),
            error("a.yaml", "one").about("component:default/a-z"),
            warning("c.yaml", "says \"severity\":\"error\"").about("component:default/c"),
            error("d.yaml", "whole"),
        ];
        db.problem_replace(&all, 1).await.unwrap();
        let want = [
            "component:default/a-z",
            "component:default/a_",
            "component:default/b",
        ];
        assert_eq!(db.problem_erring().await.unwrap(), want);
    }
}

#[tokio::test]
async fn what_a_problem_became_is_asked_for_by_what_it_is_now() {
    let problem = |severity| {
        let problem = Diagnostic::new("CAT001", severity, "a.yaml", "one");
        [problem.about("component:default/a")]
    };
    for TestDb { db, .. } in &databases().await {
        let (before, now) = (problem(Severity::Error), problem(Severity::Warning));
        db.problem_replace(&before, 1).await.unwrap();
        assert!(db.problem_replace(&now, 2).await.unwrap());
        assert_eq!(db.problem_erring().await.unwrap(), [""; 0]);
        let found = found(db, "component:default/a", "").await;
        assert_eq!(found, [("one".to_owned(), 1)]);
    }
}

#[tokio::test]
async fn what_the_version_before_writes_beside_is_written_again() {
    const EMPTY: &str = "UPDATE problems SET entity_ref = NULL, file = NULL, severity = NULL";
    for TestDb { db, target, .. } in &databases().await {
        let all = [
            error("a.yaml", "own").about("component:default/a"),
            error("a.yaml", "whole"),
        ];
        db.problem_replace(&all, 1).await.unwrap();
        run(target, EMPTY).await;
        assert!(db.problem_replace(&all, 2).await.unwrap());
        let want = [("own".to_owned(), 1), ("whole".to_owned(), 1)];
        assert_eq!(found(db, "component:default/a", "a.yaml").await, want);
        assert_eq!(db.problem_erring().await.unwrap(), ["component:default/a"]);
        assert!(!db.problem_replace(&all, 3).await.unwrap());
    }
}

#[tokio::test]
async fn what_the_version_before_left_is_found_at_once() {
    let file = "ä \"b\".yaml";
    let long: String = (0..200).map(|_| new_uid()).collect();
    let all = [
        error(file, "own").about("component:default/a"),
        error(file, "whole"),
        warning(file, "minor"),
        error(&long, "endless"),
        error(file, "zero \0").about("component:default/zero"),
    ];
    for TestDb { db, target, .. } in &databases().await {
        db.problem_replace(&all, 1).await.unwrap();
        db.close().await;
        run(target, BEFORE).await;
        let db = &Db::open(target).await.unwrap();
        assert_eq!(
            messages(db, "component:default/a", file).await,
            ["own", "whole"]
        );
        assert_eq!(messages(db, "", &long).await, ["endless"]);
        assert_eq!(db.problem_erring().await.unwrap(), ["component:default/a"]);
        // What the migration left out is there after the next reading.
        assert_eq!(messages(db, "component:default/zero", "").await, [""; 0]);
        assert!(db.problem_replace(&all, 2).await.unwrap());
        assert_eq!(
            messages(db, "component:default/zero", "").await,
            ["zero \0"]
        );
        assert!(!db.problem_replace(&all, 3).await.unwrap());
    }
}
