//! The audit log on every database: what is appended is found, and tampering shows.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
use std::collections::BTreeSet;

use callboard_db::{AuditCheck, AuditEntry, AuditFilter, Db, Target};
use callboard_testkit::{TestDb, databases};
use sqlx::{Connection, PgConnection, SqliteConnection};

fn entry(at: i64, actor: &str, event: &str) -> AuditEntry {
    AuditEntry {
        at,
        actor: actor.to_owned(),
        actor_kind: "user".to_owned(),
        event: event.to_owned(),
        permission: Some("catalog.entity.delete".to_owned()),
        resource: Some("component:default/Shop_50%".to_owned()),
        decision: Some("deny".to_owned()),
        result: "refused".to_owned(),
        address: "192.0.2.1".to_owned(),
        request_id: "r".to_owned(),
        detail: "{\"why\":\"no rule\"}".to_owned(),
    }
}

fn entries(count: i64) -> Vec<AuditEntry> {
    (1..=count)
        .map(|at| entry(at, "user:default/ada", "read"))
        .collect()
}

/// Does something to the tables that the portal would not do.
async fn tamper(test: &TestDb, statements: &[&'static str]) {
    match &test.target {
        Target::Postgres(server) => {
            let mut connection = PgConnection::connect(&server.url).await.unwrap();
            for statement in statements {
                sqlx::raw_sql(*statement)
                    .execute(&mut connection)
                    .await
                    .unwrap();
            }
        }
        Target::File(path) => {
            let url = format!("sqlite://{}", path.display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            for statement in statements {
                sqlx::raw_sql(*statement)
                    .execute(&mut connection)
                    .await
                    .unwrap();
            }
        }
        Target::Memory => unreachable!("no test database is in memory"),
    }
}

async fn verified(db: &Db) -> AuditCheck {
    db.audit_verify(|_| {}).await.unwrap()
}

#[tokio::test]
async fn entries_are_numbered_without_gaps_and_verified() {
    for test in databases().await {
        let db = &test.db;
        assert_eq!(verified(db).await, AuditCheck::default());
        assert!(db.audit_append(&[]).await.unwrap().is_empty());
        assert_eq!(db.audit_append(&entries(1)).await.unwrap(), [1]);
        let more = db.audit_append(&entries(2_500)).await.unwrap();
        assert_eq!(more, (2..=2_501).collect::<Vec<_>>());
        let mut steps = Vec::new();
        let check = db.audit_verify(|seq| steps.push(seq)).await.unwrap();
        assert_eq!(steps, [1_000, 2_000, 2_501]);
        assert_eq!((check.entries, check.broken), (2_501, None));
        let last = db
            .audit_page(&AuditFilter {
                limit: 1,
                ..AuditFilter::default()
            })
            .await
            .unwrap();
        assert_eq!(check.head, Some((2_501, last[0].hash.clone())));
        assert_eq!(last[0].entry, entry(2_500, "user:default/ada", "read"));
    }
}

#[tokio::test]
async fn many_writers_make_one_chain() {
    for test in databases().await {
        let other = Db::open(&test.target).await.unwrap();
        let write = |number: usize| {
            let db = if number.is_multiple_of(2) {
                test.db.clone()
            } else {
                other.clone()
            };
            tokio::spawn(async move { db.audit_append(&entries(3)).await.unwrap() })
        };
        let tasks: Vec<_> = (0..20).map(write).collect();
        let mut numbers = BTreeSet::new();
        for task in tasks {
            let got = task.await.unwrap();
            assert_eq!(
                got,
                [got[0], got[0] + 1, got[0] + 2],
                "one transaction stays together"
            );
            numbers.extend(got);
        }
        assert_eq!(numbers, (1..=60).collect());
        let check = verified(&test.db).await;
        assert_eq!((check.entries, check.broken), (60, None));
    }
}

/// Each way of tampering with ten entries, and the number of the entry at which it shows.
const TAMPERED: [(&[&str], i64); 15] = [
    (
        &["UPDATE audit SET actor = 'user:default/eve' WHERE seq = 4"],
        4,
    ),
    (&["UPDATE audit SET at = at + 1 WHERE seq = 1"], 1),
    (&["UPDATE audit SET decision = NULL WHERE seq = 10"], 10),
    (&["UPDATE audit SET permission = '' WHERE seq = 5"], 5),
    (&["UPDATE audit SET hash = 'x' WHERE seq = 7"], 7),
    (&["DELETE FROM audit WHERE seq = 1"], 1),
    (&["DELETE FROM audit WHERE seq = 5"], 5),
    (&["DELETE FROM audit WHERE seq > 8"], 9),
    (
        &[
            "DELETE FROM audit WHERE seq = 5",
            "UPDATE audit SET seq = seq - 1 WHERE seq = 6",
        ],
        5,
    ),
    (
        &[
            "UPDATE audit SET seq = -1 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 6",
            "UPDATE audit SET seq = 6 WHERE seq = -1",
        ],
        3,
    ),
    (
        &[
            "INSERT INTO audit SELECT 11, at, actor, actor_kind, event, permission, resource, decision, result, address, \
        request_id, detail, hash FROM audit WHERE seq = 10",
        ],
        11,
    ),
    (
        &[
            "INSERT INTO audit SELECT 0, at, actor, actor_kind, event, permission, resource, decision, result, address, \
        request_id, detail, hash FROM audit WHERE seq = 10",
        ],
        0,
    ),
    (&["DELETE FROM facts WHERE name = 'audit_head'"], 10),
    (
        &["UPDATE facts SET value = 'nonsense' WHERE name = 'audit_head'"],
        10,
    ),
    (&["DELETE FROM audit"], 1),
];

#[tokio::test]
async fn tampering_shows_where_it_was_done() {
    for (statements, want) in TAMPERED {
        for test in databases().await {
            test.db.audit_append(&entries(10)).await.unwrap();
            tamper(&test, statements).await;
            let (seq, what) = verified(&test.db).await.broken.expect(statements[0]);
            assert_eq!(seq, want, "{statements:?}: {what}");
        }
    }
}

#[tokio::test]
async fn what_is_appended_later_does_not_hide_a_cut_end() {
    for test in databases().await {
        test.db.audit_append(&entries(10)).await.unwrap();
        tamper(&test, &["DELETE FROM audit WHERE seq > 8"]).await;
        assert_eq!(test.db.audit_append(&entries(1)).await.unwrap(), [11]);
        let (seq, _) = verified(&test.db).await.broken.unwrap();
        assert_eq!(seq, 9);
    }
}

#[tokio::test]
async fn a_log_that_somebody_appended_to_goes_on_and_shows_it() {
    for test in databases().await {
        test.db.audit_append(&entries(2)).await.unwrap();
        tamper(
            &test,
            &["UPDATE facts SET value = '1 x' WHERE name = 'audit_head'"],
        )
        .await;
        assert_eq!(test.db.audit_append(&entries(1)).await.unwrap(), [3]);
        assert!(verified(&test.db).await.broken.is_some());
    }
}

/// Writes three entries, the last of which has no permission and an odd detail.
async fn write_three(db: &callboard_db::Db) {
    let mut all = vec![
        entry(10, "user:default/ada", "read"),
        entry(20, "user:default/bob", "read"),
    ];
    all.push(AuditEntry {
        permission: None,
        resource: None,
        decision: None,
        result: "ok".to_owned(),
        detail: "{\"why\":\"A_B 50% \\\\ Ü\"}".to_owned(),
        ..entry(30, "user:default/ada", "sign-in")
    });
    db.audit_append(&all).await.unwrap();
}

fn any() -> AuditFilter {
    AuditFilter {
        limit: 10,
        ..AuditFilter::default()
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Asks in each way that there is, and compares with the numbers of the entries that are meant.
async fn finds(db: &callboard_db::Db, cases: Vec<(AuditFilter, Vec<i64>)>) {
    for (filter, want) in cases {
        let page = db.audit_page(&filter).await.unwrap();
        let got: Vec<_> = page.iter().map(|stored| stored.seq).collect();
        assert_eq!(got, want, "{filter:?}");
        let each = db.audit_each(&filter, 0).await.unwrap();
        let count = db.audit_count(&filter).await.unwrap();
        assert_eq!(count, each.len() as i64, "{filter:?}");
        if filter.limit == 10 {
            let oldest_first: Vec<_> = each.iter().map(|stored| stored.seq).collect();
            assert_eq!(oldest_first, want.into_iter().rev().collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn each_field_of_a_filter_narrows_what_is_found() {
    for test in databases().await {
        write_three(&test.db).await;
        let cases = vec![
            (any(), vec![3, 2, 1]),
            (AuditFilter { limit: 2, ..any() }, vec![3, 2]),
            (
                AuditFilter {
                    before: Some(3),
                    ..any()
                },
                vec![2, 1],
            ),
            (
                AuditFilter {
                    actor: text("user:default/ada"),
                    ..any()
                },
                vec![3, 1],
            ),
            (
                AuditFilter {
                    actor: text("user:default/a"),
                    ..any()
                },
                vec![],
            ),
            (
                AuditFilter {
                    event: text("sign-in"),
                    ..any()
                },
                vec![3],
            ),
            (
                AuditFilter {
                    permission: text("catalog.entity.delete"),
                    ..any()
                },
                vec![2, 1],
            ),
            (
                AuditFilter {
                    resource: text("component:default/Shop_50%"),
                    ..any()
                },
                vec![2, 1],
            ),
            (
                AuditFilter {
                    decision: text("deny"),
                    actor: text("user:default/bob"),
                    ..any()
                },
                vec![2],
            ),
            (
                AuditFilter {
                    result: text("ok"),
                    ..any()
                },
                vec![3],
            ),
            (
                AuditFilter {
                    from: Some(20),
                    ..any()
                },
                vec![3, 2],
            ),
            (
                AuditFilter {
                    to: Some(20),
                    ..any()
                },
                vec![1],
            ),
        ];
        finds(&test.db, cases).await;
    }
}

#[tokio::test]
async fn a_text_is_looked_for_as_it_is_written() {
    let of_text = |word: &str| AuditFilter {
        text: text(word),
        ..any()
    };
    for test in databases().await {
        write_three(&test.db).await;
        let cases = vec![
            (of_text("SHOP_50%"), vec![2, 1]),
            (of_text("a_b 50%"), vec![3]),
            (of_text("a%b"), vec![]),
            (of_text("_"), vec![3, 2, 1]),
            (of_text("\\"), vec![3]),
            (of_text("Ü"), vec![3]),
            (of_text("BOB"), vec![2]),
            (of_text("SIGN"), vec![3]),
            (of_text(""), vec![3, 2, 1]),
            (of_text("\0"), vec![]),
            (of_text(&"a".repeat(1_000_000)), vec![]),
            (
                AuditFilter {
                    actor: text("\0"),
                    ..any()
                },
                vec![],
            ),
            (
                AuditFilter {
                    result: text(&"a".repeat(1_000_000)),
                    ..any()
                },
                vec![],
            ),
        ];
        finds(&test.db, cases).await;
    }
}

#[tokio::test]
async fn an_export_walks_over_everything_oldest_first() {
    for test in databases().await {
        test.db.audit_append(&entries(2_300)).await.unwrap();
        let (mut seen, mut after) = (Vec::new(), 0);
        loop {
            let chunk = test
                .db
                .audit_each(&AuditFilter::default(), after)
                .await
                .unwrap();
            let Some(last) = chunk.last() else { break };
            after = last.seq;
            assert!(chunk.len() <= 1_000);
            seen.extend(chunk.into_iter().map(|stored| stored.seq));
        }
        assert_eq!(seen, (1..=2_300).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn no_text_is_too_odd_or_too_long_for_an_entry() {
    for test in databases().await {
        let odd = "\0ä\u{1f600}'\"\\".repeat(2_000);
        let all = AuditEntry {
            at: i64::MIN,
            actor: odd.clone(),
            actor_kind: odd.clone(),
            event: odd.clone(),
            permission: Some(odd.clone()),
            resource: Some(odd.clone()),
            decision: Some(odd.clone()),
            result: odd.clone(),
            address: odd.clone(),
            request_id: odd.clone(),
            detail: odd,
        };
        test.db.audit_append(&[all]).await.unwrap();
        let page = test
            .db
            .audit_page(&AuditFilter {
                limit: 1,
                ..AuditFilter::default()
            })
            .await
            .unwrap();
        let stored = &page[0].entry;
        assert!(stored.actor.starts_with('\u{fffd}') && stored.actor.chars().count() == 500);
        assert_eq!(
            stored.resource.as_ref().map(|text| text.chars().count()),
            Some(2_000)
        );
        assert!(stored.detail.chars().count() <= 2_000 && stored.detail.starts_with("{\"cut\":"));
        assert_eq!(verified(&test.db).await.broken, None);
    }
}
