//! Users that sign-in made: one more source, after all others.
use callboard_catalog::Settings;
use callboard_model::{Diagnostic, Severity};
use callboard_testkit::{Folder, Host, TestCatalog, component, databases, settings, sqlite};
use serde_json::{Value, json};

fn user(name: &str) -> Value {
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "User",
        "metadata": {"name": name, "annotations": {"github.com/user-login": name}},
        "spec": {"profile": {"displayName": format!("{name} \u{1f600}\t\u{7}"), "email": "a@example.com"}, "memberOf": []}
    })
}

const FILE: &str = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ada}\nspec:\n  profile: {displayName: Of a file}\n  memberOf: []\n";

fn errors(problems: &[Diagnostic]) -> Vec<&str> {
    let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
    let all = problems.iter().filter(is_error);
    all.map(|problem| problem.message.as_str()).collect()
}

async fn provide(catalog: &TestCatalog, entity: &Value) {
    let problems = catalog
        .ingester()
        .provide(entity)
        .await
        .expect("the test database works");
    assert_eq!(errors(&problems), [""; 0]);
}

#[tokio::test]
async fn a_user_of_sign_in_appears_and_stays() {
    for test in databases().await {
        let folder = Folder::new();
        folder.write("a.yaml", component("a"));
        let catalog = TestCatalog::with_kinds(&test.db, &folder, &["a.yaml"], &["Component"]);
        catalog.ingest().await;
        let before = catalog.ingester().registrations().await.unwrap();
        provide(&catalog, &user("Ada")).await;
        let asked = catalog.ingester().registrations().await.unwrap();
        assert_ne!(asked, before, "an ingestion is asked for");
        assert_eq!(catalog.ingest().await.applied.added, 1);
        let entities = catalog.entities().await;
        let ada = &entities["user:default/ada"];
        assert_eq!(ada["metadata"]["namespace"], "default");
        assert_eq!(ada["spec"], user("Ada")["spec"]);
        let annotations = &ada["metadata"]["annotations"];
        for key in ["managed-by-location", "managed-by-origin-location"] {
            assert_eq!(
                annotations[format!("backstage.io/{key}")],
                "provided:sign-in"
            );
        }
        assert_eq!(annotations["github.com/user-login"], "Ada");

        // It stays through further ingestions, and in a process that starts anew.
        provide(&catalog, &user("Ada")).await;
        assert_eq!(catalog.ingester().registrations().await.unwrap(), asked);
        folder.write("a.yaml", component("b"));
        catalog.ingest().await;
        let want = ["component:default/b", "user:default/ada"];
        assert_eq!(catalog.refs().await, want);
        let fresh = TestCatalog::with_kinds(&test.db, &folder, &["a.yaml"], &["Component"]);
        assert_eq!(fresh.ingest().await.applied.total(), 0);

        assert!(test.db.provided_remove("user:default/ada").await.unwrap());
        assert_ne!(catalog.ingester().registrations().await.unwrap(), asked);
        assert_eq!(catalog.ingest().await.applied.removed, 1);
        assert_eq!(catalog.refs().await, ["component:default/b"]);
    }
}

#[tokio::test]
async fn a_user_of_sign_in_changes_and_is_a_member() {
    let (test, folder) = (sqlite().await, Folder::new());
    folder.write(
        "team.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n",
    );
    let catalog = TestCatalog::new(&test.db, &folder, &["team.yaml"]);
    provide(&catalog, &user("ada")).await;
    catalog.ingest().await;
    let mut member = user("ada");
    member["spec"]["memberOf"] = json!(["team"]);
    provide(&catalog, &member).await;
    let report = catalog.ingest().await;
    assert_eq!((report.applied.added, report.applied.updated), (0, 2));
    let team = &catalog.entities().await["group:default/team"];
    let want = json!([{"type": "hasMember", "targetRef": "user:default/ada"}]);
    assert_eq!(team["relations"], want);
}

#[tokio::test]
async fn a_file_that_describes_the_same_user_wins_without_a_word() {
    for test in databases().await {
        let folder = Folder::new();
        folder
            .write("ada.yaml", FILE)
            .write("other.yaml", component("a"));
        let catalog = TestCatalog::new(&test.db, &folder, &["*.yaml"]);
        catalog.ingest().await;
        let problems = catalog.problems().await;
        provide(&catalog, &user("ada")).await;
        assert_eq!(catalog.ingest().await.applied.total(), 0);
        assert_eq!(catalog.problems().await, problems);
        let name = async || {
            catalog.entities().await["user:default/ada"]["spec"]["profile"]["displayName"].clone()
        };
        assert_eq!(name().await, "Of a file");

        // A file that is broken for a moment still wins; one that is gone does not.
        folder.write("ada.yaml", "{");
        catalog.ingest().await;
        assert_eq!(name().await, "Of a file");
        folder.remove("ada.yaml");
        let report = catalog.ingest().await;
        assert_eq!((report.applied.updated, report.applied.removed), (1, 0));
        assert_ne!(name().await, "Of a file");
        folder.write("ada.yaml", FILE);
        catalog.ingest().await;
        assert_eq!(name().await, "Of a file");
    }
}

#[tokio::test]
async fn where_orphans_are_kept_a_user_of_sign_in_is_none() {
    let (test, folder, host) = (sqlite().await, Folder::new(), Host::start().await);
    folder
        .write("all/ada.yaml", FILE)
        .write("all/b.yaml", component("b"));
    let kept = Settings {
        keep_orphans: true,
        ..settings(&folder, &["all/*.yaml"])
    };
    let catalog = TestCatalog::opened(&test.db, &folder, &host, kept).await;
    provide(&catalog, &user("ada")).await;
    provide(&catalog, &user("eve")).await;
    catalog.ingest().await;
    folder.remove("all/ada.yaml");
    assert!(test.db.provided_remove("user:default/eve").await.unwrap());
    catalog.ingest().await;
    let entities = catalog.entities().await;
    let ada = &entities["user:default/ada"]["metadata"]["annotations"];
    assert_eq!(ada["backstage.io/managed-by-location"], "provided:sign-in");
    assert_eq!(ada.get("backstage.io/orphan"), None);
    assert!(!entities.contains_key("user:default/eve"));
}

#[tokio::test]
async fn what_is_no_valid_user_is_not_kept() {
    let (test, folder) = (sqlite().await, Folder::new());
    folder
        .write("a.yaml", component("a"))
        .write("secret.txt", "secret");
    let catalog = TestCatalog::new(&test.db, &folder, &["a.yaml"]);
    let with = |pointer: &str, value: Value| {
        let mut entity = user("ada");
        *entity.pointer_mut(pointer).unwrap() = value;
        entity
    };
    let mut deep = json!([]);
    for _ in 0..120 {
        deep = json!([deep]);
    }
    let odd = [
        with("/kind", "Group".into()),
        with("/kind", "Location".into()),
        with("/kind", "Thing".into()),
        with("/metadata/name", "not a name".into()),
        with("/metadata/name", "".into()),
        with("/metadata/annotations", json!({"not valid!": "x"})),
        with("/spec", json!({"memberOf": "team"})),
        with(
            "/spec/profile",
            json!({"$text": folder.path().join("secret.txt")}),
        ),
        with("/spec/profile", json!({"$json": "https://example.com/x"})),
        with("/spec/profile", deep),
        json!(null),
        json!([]),
        json!("text"),
        json!({}),
    ];
    for entity in odd {
        let problems = catalog.ingester().provide(&entity).await.unwrap();
        assert!(!errors(&problems).is_empty(), "{entity}");
        assert!(problems.iter().all(|problem| problem.span.is_none()));
        assert!(!format!("{problems:?}").contains("secret\""));
    }
    assert_eq!(test.db.provided_list().await.unwrap(), []);

    // What came into the table in another way takes nothing but itself out of the catalog.
    test.db
        .provided_put("user:default/odd", "{", 1)
        .await
        .unwrap();
    provide(&catalog, &user("ada")).await;
    catalog.ingest().await;
    let want = ["component:default/a", "user:default/ada"];
    assert_eq!(catalog.refs().await, want);
}
