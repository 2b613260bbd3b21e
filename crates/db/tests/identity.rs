//! Sign-ins, sessions, keys, tokens and users that sign-in made, on every database.
use callboard_db::{Db, StoredSession, StoredToken};
use callboard_testkit::databases;

#[tokio::test]
async fn a_sign_in_is_taken_once_and_in_time() {
    for test in databases().await {
        let db = &test.db;
        db.signin_put("a", "one", 10).await.unwrap();
        db.signin_put("b", "two", 20).await.unwrap();
        assert!(db.signin_put("a", "again", 30).await.is_err());
        assert_eq!(
            db.signin_take("a", 9).await.unwrap().as_deref(),
            Some("one")
        );
        assert_eq!(db.signin_take("a", 9).await.unwrap(), None);
        assert_eq!(
            db.signin_take("b", 20).await.unwrap(),
            None,
            "its time is over"
        );
        assert_eq!(
            db.signin_take("b", 9).await.unwrap(),
            None,
            "and it is gone"
        );
        assert_eq!(db.signin_take("\0", 9).await.unwrap(), None);
        db.signin_put("c", "three", 10).await.unwrap();
        db.signin_put("d", "four", 11).await.unwrap();
        assert_eq!(db.signin_purge(10).await.unwrap(), 1);
        assert!(db.signin_take("d", 10).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn of_many_who_take_a_sign_in_at_once_one_gets_it() {
    for test in databases().await {
        test.db.signin_put("a", "one", 10).await.unwrap();
        let take = || {
            let db = test.db.clone();
            tokio::spawn(async move { db.signin_take("a", 1).await.unwrap() })
        };
        let tasks: Vec<_> = std::iter::repeat_with(take).take(8).collect();
        let mut taken = 0;
        for task in tasks {
            taken += usize::from(task.await.unwrap().is_some());
        }
        assert_eq!(taken, 1);
    }
}

fn session(id: &str, user: &str, created_at: i64) -> StoredSession {
    StoredSession {
        id: id.to_owned(),
        user_ref: format!("user:default/{user}"),
        provider: "github".to_owned(),
        body: format!("{{\"id\":\"{id}\"}}"),
        sealed: Some(format!("sealed-{id}")),
        created_at,
        rotated_at: created_at,
        seen_at: created_at,
        expires_at: created_at + 1_000,
        address: "192.0.2.1".to_owned(),
        agent: "Firefox".to_owned(),
    }
}

async fn found(db: &Db, hash: &str) -> Option<(String, bool)> {
    let found = db
        .session_by_token(hash)
        .await
        .expect("the test database works");
    found.map(|(session, is_previous)| (session.id, is_previous))
}

#[tokio::test]
async fn a_session_is_found_by_its_secret_and_the_one_before() {
    for test in databases().await {
        let db = &test.db;
        let first = session("s1", "ada", 1);
        db.session_put(&first, "h1").await.unwrap();
        assert!(db.session_put(&first, "h2").await.is_err());
        assert!(
            db.session_put(&session("s2", "ada", 1), "h1")
                .await
                .is_err()
        );
        assert_eq!(
            db.session_by_token("h1").await.unwrap(),
            Some((first.clone(), false))
        );
        assert!(
            !db.session_rotate("s1", "other", "h2", None, 5)
                .await
                .unwrap()
        );
        assert!(!db.session_rotate("s2", "h1", "h2", None, 5).await.unwrap());
        assert!(
            db.session_rotate("s1", "h1", "h2", Some("new"), 5)
                .await
                .unwrap()
        );
        assert!(!db.session_rotate("s1", "h1", "h3", None, 6).await.unwrap());
        let rotated = StoredSession {
            rotated_at: 5,
            sealed: Some("new".to_owned()),
            ..first
        };
        assert_eq!(
            db.session_by_token("h2").await.unwrap(),
            Some((rotated.clone(), false))
        );
        assert_eq!(
            db.session_by_token("h1").await.unwrap(),
            Some((rotated, true))
        );
        assert!(db.session_rotate("s1", "h2", "h3", None, 7).await.unwrap());
        assert_eq!(found(db, "h1").await, None, "two secrets ago");
        assert_eq!(found(db, "h2").await, Some(("s1".to_owned(), true)));
        db.session_forget_previous("s1").await.unwrap();
        assert_eq!(found(db, "h2").await, None);
        assert_eq!(found(db, "h3").await, Some(("s1".to_owned(), false)));
        for odd in ["", "\0", "%"] {
            assert_eq!(found(db, odd).await, None);
        }
    }
}

#[tokio::test]
async fn of_two_who_rotate_a_session_at_once_one_succeeds() {
    for test in databases().await {
        test.db
            .session_put(&session("s", "ada", 1), "h")
            .await
            .unwrap();
        let (one, two) = tokio::join!(
            test.db.session_rotate("s", "h", "h1", None, 2),
            test.db.session_rotate("s", "h", "h2", None, 2)
        );
        assert!(one.unwrap() ^ two.unwrap());
    }
}

#[tokio::test]
async fn what_is_known_of_a_session_changes() {
    for test in databases().await {
        let db = &test.db;
        db.session_put(&session("s", "ada", 1), "h").await.unwrap();
        db.session_seen("s", 7, "2001:db8::1\0").await.unwrap();
        db.session_seen("s", 3, "late").await.unwrap();
        assert!(db.session_update("s", "{}", None).await.unwrap());
        assert!(!db.session_update("t", "{}", None).await.unwrap());
        let want = StoredSession {
            seen_at: 7,
            address: "2001:db8::1\u{fffd}".to_owned(),
            body: "{}".to_owned(),
            sealed: None,
            ..session("s", "ada", 1)
        };
        let (got, _) = db.session_by_token("h").await.unwrap().unwrap();
        assert_eq!(got, want);
        let long = StoredSession {
            agent: "ä".repeat(10_000),
            ..session("t", "ada", 1)
        };
        db.session_put(&long, "t").await.unwrap();
        let (got, _) = db.session_by_token("t").await.unwrap().unwrap();
        assert_eq!(got.agent.chars().count(), 500);
    }
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_user_alone() {
    for test in databases().await {
        let db = &test.db;
        for (id, user, at) in [
            ("a", "ada", 1),
            ("b", "ada", 3),
            ("c", "ada", 2),
            ("d", "bob", 4),
        ] {
            db.session_put(&session(id, user, at), id).await.unwrap();
        }
        let (ada, bob) = ("user:default/ada", "user:default/bob");
        let list = |user: &'static str| async move {
            let all = db.session_list(user).await.unwrap().into_iter();
            all.map(|session| session.id).collect::<String>()
        };
        assert_eq!(list(ada).await, "bca");
        assert!(!db.session_remove("a", bob).await.unwrap());
        assert!(!db.session_remove("\0", ada).await.unwrap());
        assert!(db.session_remove("a", ada).await.unwrap());
        assert_eq!(db.session_remove_all(ada, Some("b")).await.unwrap(), 1);
        assert_eq!(list(ada).await, "b");
        assert_eq!(db.session_count().await.unwrap(), 2);
        assert_eq!(db.session_remove_all(ada, None).await.unwrap(), 1);
        assert_eq!(db.session_remove_all("\0", None).await.unwrap(), 0);
        assert_eq!(list(bob).await, "d");
        assert!(db.session_list("\0").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn sessions_end_by_age_and_by_rest() {
    for test in databases().await {
        let db = &test.db;
        for (id, created) in [("old", 0), ("idle", 500), ("new", 900)] {
            db.session_put(&session(id, "ada", created), id)
                .await
                .unwrap();
        }
        db.session_seen("old", 990, "").await.unwrap();
        assert_eq!(db.session_purge(999, 500).await.unwrap(), 0);
        assert_eq!(db.session_purge(1_000, 501).await.unwrap(), 2);
        assert!(found(db, "new").await.is_some());
    }
}

#[test]
fn what_is_sealed_is_not_printed() {
    let shown = format!("{:?}", session("s", "ada", 1));
    assert!(
        shown.contains("user:default/ada") && !shown.contains("sealed-s"),
        "{shown}"
    );
}

#[tokio::test]
async fn keys_are_published_until_they_end() {
    for test in databases().await {
        let db = &test.db;
        db.key_put("k1", "one", 1, 10).await.unwrap();
        db.key_put("k2", "two", 2, 20).await.unwrap();
        assert!(db.key_put("k1", "other", 1, 10).await.is_err());
        let pair = |kid: &str, jwk: &str| (kid.to_owned(), jwk.to_owned());
        assert_eq!(
            db.key_list(9).await.unwrap(),
            [pair("k2", "two"), pair("k1", "one")]
        );
        assert_eq!(db.key_list(10).await.unwrap(), [pair("k2", "two")]);
        assert_eq!(db.key_purge(10).await.unwrap(), 1);
        assert_eq!(db.key_list(0).await.unwrap(), [pair("k2", "two")]);
    }
}

fn token(id: &str, user: &str, created_at: i64, expires_at: Option<i64>) -> StoredToken {
    StoredToken {
        id: id.to_owned(),
        user_ref: format!("user:default/{user}"),
        name: format!("token {id}"),
        scopes: "[]".to_owned(),
        created_at,
        expires_at,
        last_used_at: None,
    }
}

#[tokio::test]
async fn a_token_counts_until_it_ends_or_is_removed_by_its_user() {
    for test in databases().await {
        let db = &test.db;
        let (ada, bob) = ("user:default/ada", "user:default/bob");
        let (for_ever, short) = (token("a", "ada", 1, None), token("b", "ada", 2, Some(10)));
        db.token_put(&for_ever, "ha").await.unwrap();
        db.token_put(&short, "hb").await.unwrap();
        assert!(
            db.token_put(&token("c", "bob", 1, None), "ha")
                .await
                .is_err()
        );
        assert_eq!(
            db.token_by_hash("ha", i64::MAX).await.unwrap(),
            Some(for_ever.clone())
        );
        assert_eq!(
            db.token_by_hash("hb", 9).await.unwrap(),
            Some(short.clone())
        );
        assert_eq!(db.token_by_hash("hb", 10).await.unwrap(), None);
        assert_eq!(db.token_by_hash("\0", 1).await.unwrap(), None);
        db.token_used("a", 7).await.unwrap();
        db.token_used("a", 5).await.unwrap();
        let used = StoredToken {
            last_used_at: Some(7),
            ..for_ever
        };
        assert_eq!(db.token_list(ada).await.unwrap(), [short, used]);
        assert!(db.token_list("\0").await.unwrap().is_empty());
        assert!(!db.token_remove("a", bob).await.unwrap());
        assert!(!db.token_remove("\0", ada).await.unwrap());
        assert!(db.token_remove("a", ada).await.unwrap());
        assert_eq!(db.token_by_hash("ha", 1).await.unwrap(), None);
    }
}

#[tokio::test]
async fn users_of_sign_in_are_kept_and_wake_whoever_waits() {
    for test in databases().await {
        let db = &test.db;
        let pair = |name: &str, body: &str| (name.to_owned(), body.to_owned());
        let mut wake = db.wake().await;
        db.provided_put("user:default/b", "1", 5).await.unwrap();
        db.provided_put("user:default/B", "2", 5).await.unwrap();
        let rung = tokio::time::timeout(std::time::Duration::from_millis(1_500), wake.changed());
        rung.await.unwrap();
        assert_eq!(
            db.provided_list().await.unwrap(),
            [pair("user:default/B", "2"), pair("user:default/b", "1")]
        );
        let versions = db.provided_versions().await.unwrap();
        db.provided_put("user:default/b", "1", 9).await.unwrap();
        assert_eq!(
            db.provided_versions().await.unwrap(),
            versions,
            "the same again"
        );
        db.provided_put("user:default/b", "3", 5).await.unwrap();
        let changed = db.provided_versions().await.unwrap();
        assert_ne!(changed, versions, "even in the same millisecond");
        assert_eq!(
            db.provided_list().await.unwrap()[1],
            pair("user:default/b", "3")
        );
        assert!(db.provided_remove("user:default/b").await.unwrap());
        for gone in ["user:default/b", "\0"] {
            assert!(!db.provided_remove(gone).await.unwrap());
        }
        assert_eq!(db.provided_list().await.unwrap().len(), 1);
    }
}
