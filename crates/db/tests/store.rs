//! The contract of the store, held against every database engine.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]
use callboard_db::{Applied, ChangeRequest, Db, Put, Server, Target, new_uid};
use callboard_model::{Diagnostic, Severity, view::ChangeKind};
use callboard_testkit::databases;

fn put(entity_ref: &str, hash: &str) -> ChangeRequest {
    let uid = new_uid();
    let body = format!("{{\"metadata\":{{\"uid\":\"{uid}\"}},\"hash\":\"{hash}\"}}");
    let put = Put {
        uid,
        hash: hash.to_owned(),
        location: "file:/a.yaml".to_owned(),
        body,
    };
    ChangeRequest {
        entity_ref: entity_ref.to_owned(),
        put: Some(put),
        cause: "file:/a.yaml".to_owned(),
    }
}

fn remove(entity_ref: &str) -> ChangeRequest {
    ChangeRequest {
        entity_ref: entity_ref.to_owned(),
        put: None,
        cause: "test".to_owned(),
    }
}

fn applied(added: usize, updated: usize, removed: usize) -> Applied {
    Applied {
        added,
        updated,
        removed,
    }
}

async fn log(db: &Db) -> Vec<(String, ChangeKind)> {
    let changes = db.change_since(0, 1_000).await.unwrap();
    assert!(changes.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    changes
        .into_iter()
        .map(|change| (change.entity_ref, change.kind))
        .collect()
}

#[tokio::test]
async fn what_changes_is_logged_and_what_does_not_is_not() {
    for test in databases().await {
        let db = &test.db;
        let first = [
            put("component:default/a", "1"),
            put("component:default/b", "1"),
        ];
        assert_eq!(db.change_apply(&first, 10).await.unwrap(), applied(2, 0, 0));
        let again = [
            put("component:default/a", "1"),
            put("component:default/b", "2"),
        ];
        assert_eq!(db.change_apply(&again, 20).await.unwrap(), applied(0, 1, 0));
        let last = [
            remove("component:default/a"),
            remove("component:default/nothing"),
        ];
        assert_eq!(db.change_apply(&last, 30).await.unwrap(), applied(0, 0, 1));
        let want = [
            ("component:default/a", ChangeKind::Added),
            ("component:default/b", ChangeKind::Added),
            ("component:default/b", ChangeKind::Updated),
            ("component:default/a", ChangeKind::Removed),
        ];
        assert_eq!(
            log(db).await,
            want.map(|(entity, kind)| (entity.to_owned(), kind))
        );
        assert_eq!(db.entity_count().await.unwrap(), 1);
        let history = db.change_history("component:default/a", 9).await.unwrap();
        assert_eq!(
            history.iter().map(|change| change.at).collect::<Vec<_>>(),
            [30, 10]
        );
    }
}

#[tokio::test]
async fn an_entity_keeps_its_uid_through_every_update() {
    for test in databases().await {
        let db = &test.db;
        db.change_apply(&[put("api:default/a", "1")], 1)
            .await
            .unwrap();
        let before = db.entity_heads().await.unwrap().remove(0);
        db.change_apply(&[put("api:default/a", "2")], 2)
            .await
            .unwrap();
        let after = db.entity_heads().await.unwrap().remove(0);
        assert_eq!(before.uid, after.uid);
        assert_eq!(after.hash, "2");
        let body = db
            .entity_bodies(&["api:default/a".to_owned()])
            .await
            .unwrap()
            .remove(0)
            .unwrap();
        assert!(body.contains(&before.uid), "{body}");
        assert_eq!(
            db.entity_ref_by_uid(&before.uid).await.unwrap().as_deref(),
            Some("api:default/a")
        );
    }
}

#[tokio::test]
async fn many_changes_fit_in_one_transaction() {
    for test in databases().await {
        let requests: Vec<_> = (0..2_345)
            .map(|n| put(&format!("resource:default/r{n:05}"), "1"))
            .collect();
        assert_eq!(
            test.db.change_apply(&requests, 1).await.unwrap(),
            applied(2_345, 0, 0)
        );
        let page = test
            .db
            .entity_page("resource:default/r02340", 100)
            .await
            .unwrap();
        assert_eq!(page.len(), 4);
        let (sender, mut receiver) = tokio::sync::mpsc::channel(100);
        test.db.entity_stream(100, sender).await.unwrap();
        let mut streamed = Vec::new();
        while let Some(page) = receiver.recv().await {
            assert!(page.len() <= 100);
            streamed.extend(page.into_iter().map(|(entity_ref, _)| entity_ref));
        }
        streamed.sort();
        assert!(
            streamed
                .iter()
                .eq(requests.iter().map(|request| &request.entity_ref))
        );
        let refs: Vec<_> = requests
            .iter()
            .map(|request| request.entity_ref.clone())
            .rev()
            .collect();
        let bodies = test.db.entity_bodies(&refs).await.unwrap();
        assert!(bodies.iter().all(Option::is_some));
        let gone: Vec<_> = refs.iter().map(|entity_ref| remove(entity_ref)).collect();
        assert_eq!(
            test.db.change_apply(&gone, 2).await.unwrap(),
            applied(0, 0, 2_345)
        );
    }
}

#[tokio::test]
async fn two_writers_at_once_log_each_change_once() {
    for test in databases().await {
        let requests: Vec<_> = (0..500)
            .map(|n| put(&format!("component:default/c{n}"), "1"))
            .collect();
        let (one, two) = tokio::join!(
            test.db.change_apply(&requests, 1),
            test.db.change_apply(&requests, 1)
        );
        assert_eq!(one.unwrap().total() + two.unwrap().total(), 500);
        assert_eq!(log(&test.db).await.len(), 500);
    }
}

#[tokio::test]
async fn a_follower_in_another_process_is_woken() {
    for test in databases().await {
        // A second pool stands for a second process; SQLite serves one process, where the same pool rings.
        let other = match &test.target {
            Target::Postgres(_) => Db::open(&test.target).await.unwrap(),
            Target::File(_) | Target::Memory => test.db.clone(),
        };
        let mut wake = test.db.wake().await;
        let seen = tokio::spawn(async move { wake.changed().await });
        other
            .change_apply(&[put("component:default/a", "1")], 1)
            .await
            .unwrap();
        tokio::time::timeout(std::time::Duration::from_millis(1_500), seen)
            .await
            .unwrap()
            .unwrap();
    }
}

#[tokio::test]
async fn a_problem_keeps_its_beginning_until_it_ends() {
    for test in databases().await {
        let db = &test.db;
        let problem = |message: &str| Diagnostic::new("CAT001", Severity::Error, "a.yaml", message);
        assert!(
            db.problem_replace(&[problem("one"), problem("two")], 100)
                .await
                .unwrap()
        );
        assert!(
            !db.problem_replace(&[problem("one"), problem("two")], 200)
                .await
                .unwrap()
        );
        assert!(
            db.problem_replace(&[problem("two"), problem("three")], 300)
                .await
                .unwrap()
        );
        let found = db.problem_list().await.unwrap();
        let got: Vec<_> = found
            .iter()
            .map(|p| (p.diagnostic.message.as_str(), p.since))
            .collect();
        assert_eq!(got, [("three", 300), ("two", 100)]);
    }
}

#[tokio::test]
async fn the_problems_of_one_entity_and_its_file_are_found_alone() {
    for test in databases().await {
        let db = &test.db;
        let problem =
            |file: &str, message: &str| Diagnostic::new("CAT001", Severity::Error, file, message);
        let minor = Diagnostic::new("CAT002", Severity::Info, "a_1.yaml", "minor");
        let all = [
            problem("a_1.yaml", "own").about("component:default/a_b"),
            problem("a_1.yaml", "other").about("component:default/axb"),
            problem("a_1.yaml", "whole file"),
            problem("ax1.yaml", "other file"),
            problem("b.yaml", "says \"entity_ref\":\"component:default/a_b\""),
            problem("100%\\.yaml", "odd file"),
            minor,
        ];
        db.problem_replace(&all, 1).await.unwrap();
        let found = async |entity_ref: &str, file: &str| {
            let found = db.problem_list_of(entity_ref, file).await.unwrap();
            let messages = found.into_iter().map(|one| one.diagnostic.message);
            messages.collect::<Vec<_>>()
        };
        assert_eq!(
            found("component:default/a_b", "a_1.yaml").await,
            ["own", "whole file"]
        );
        assert_eq!(found("component:default/a", "").await, [""; 0]);
        assert_eq!(found("", "100%\\.yaml").await, ["odd file"]);
        assert_eq!(found("a\0", "b\0").await, [""; 0]);
    }
}

#[tokio::test]
async fn a_database_is_opened_again_with_everything_in_it() {
    for test in databases().await {
        test.db
            .change_apply(&[put("component:default/a", "1")], 1)
            .await
            .unwrap();
        test.db.fact_set("ingested", "1").await.unwrap();
        test.db.fact_set("ingested", "2").await.unwrap();
        test.db.close().await;
        let db = Db::open(&test.target).await.unwrap();
        assert_eq!(db.change_last().await.unwrap(), 1);
        assert_eq!(db.fact_get("ingested").await.unwrap().as_deref(), Some("2"));
        assert_eq!(db.fact_get("other").await.unwrap(), None);
        db.ping().await.unwrap();
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_named_without_its_password() {
    let target = Target::Postgres(Server::at("postgres://someone:hunter2@127.0.0.1:1/nothing"));
    let error = Db::open(&target).await.unwrap_err();
    let shown = format!("{error} {error:?} {target:?}");
    assert!(
        shown.contains("127.0.0.1:1") && !shown.contains("hunter2"),
        "{shown}"
    );
}
