//! Locations on other hosts: conditions, failures, refusals, patterns of references between them.
use std::time::Duration;

use callboard_catalog::{LocationRef, Settings};
use callboard_db::{StoredLocation, new_uid};
use callboard_testkit::{
    Failure, Folder, Host, TestCatalog, component, databases, settings, sqlite,
};

const LOCATION: &str =
    "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec:\n  targets:\n";

fn location(targets: &[&str]) -> String {
    let lines = targets.iter().map(|target| format!("    - \"{target}\"\n"));
    format!("{LOCATION}{}", lines.collect::<String>())
}

/// Codes of the open problems but those about what the sample component lacks.
async fn codes(catalog: &TestCatalog) -> Vec<String> {
    let problems = catalog.problems().await.into_iter();
    let codes = problems.map(|problem| problem[..6].to_owned());
    codes.filter(|code| code.as_str() != "CAT031").collect()
}

#[tokio::test]
async fn a_location_on_another_host_leads_to_its_neighbours_and_is_asked_with_a_condition() {
    for test in databases().await {
        let (folder, host) = (Folder::new(), Host::start().await);
        host.write("repo/all.yaml", location(&["./a.yaml", "more/b.yaml"]))
            .write("repo/a.yaml", component("a"))
            .write("repo/more/b.yaml", component("b"));
        let root = host.url("repo/all.yaml");
        let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&root]).await;
        catalog.ingest().await;
        let want = [
            "component:default/a",
            "component:default/b",
            "location:default/all",
        ];
        assert_eq!(catalog.refs().await, want);
        let entities = catalog.entities().await;
        let annotation = |key: &str| {
            let key = format!("backstage.io/{key}");
            entities["component:default/b"]["metadata"]["annotations"][key].clone()
        };
        let at = host.url("repo/more/b.yaml");
        assert_eq!(annotation("managed-by-location"), format!("url:{at}"));
        assert_eq!(
            annotation("managed-by-origin-location"),
            format!("url:{root}")
        );
        assert_eq!(annotation("view-url"), at);
        let source = format!("url:{}", host.url("repo/more/"));
        assert_eq!(annotation("source-location"), source);

        // Unchanged content is confirmed, and changes nothing; changed content arrives.
        assert_eq!(catalog.ingest().await.applied.total(), 0);
        assert_eq!(host.asked("repo/a.yaml"), 2);
        host.write("repo/a.yaml", component("c"));
        let report = catalog.ingest().await;
        assert_eq!((report.applied.added, report.applied.removed), (1, 1));

        // A process that starts anew knows what was read, and agrees without a question when none is due.
        let known = Settings {
            interval: Some(Duration::from_secs(3_600)),
            ..settings(&folder, &[&root])
        };
        let fresh = TestCatalog::opened(&test.db, &folder, &host, known).await;
        assert_eq!(fresh.ingest().await.applied.total(), 0);
        assert_eq!(host.asked("repo/a.yaml"), 3);
    }
}

#[tokio::test]
async fn a_host_that_fails_takes_nothing_away() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("all.yaml", location(&["./a.yaml", "./b.yaml"]))
        .write("a.yaml", component("a"))
        .write("b.yaml", component("b"));
    let root = host.url("all.yaml");
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&root]).await;
    catalog.ingest().await;
    let before = catalog.entities().await;
    let failures = [
        Failure::Status(500),
        Failure::Status(404),
        Failure::Status(401),
        Failure::HalfBody,
        Failure::Throttled(3_000),
    ];
    for failure in failures {
        for path in ["a.yaml", "all.yaml"] {
            host.fail(path, failure);
            let report = catalog.ingest().await;
            assert_eq!(report.applied.total(), 0, "{failure:?} of {path}");
            assert!(
                codes(&catalog).await.contains(&"CAT026".to_owned()),
                "{failure:?} of {path}"
            );
            assert_eq!(catalog.entities().await, before, "{failure:?} of {path}");
            host.write(
                path,
                if path == "a.yaml" {
                    component("a")
                } else {
                    location(&["./a.yaml", "./b.yaml"])
                },
            );
        }
    }
    // A process that starts anew meanwhile has what was read before.
    host.fail("b.yaml", Failure::Status(503));
    let fresh = TestCatalog::reading(&test.db, &folder, &host, &[&root]).await;
    assert_eq!(fresh.ingest().await.applied.total(), 0);
    // What the repository does not name any more is gone, although the host of it fails.
    host.write("all.yaml", location(&["./a.yaml"]));
    fresh.ingest().await;
    assert_eq!(
        fresh.refs().await,
        ["component:default/a", "location:default/all"]
    );
}

#[tokio::test]
async fn a_throttled_host_is_left_alone() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("a.yaml", component("a"));
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("a.yaml")]).await;
    catalog.ingest().await;
    host.fail("a.yaml", Failure::Throttled(3_000));
    for _ in 0..3 {
        catalog.ingest().await;
    }
    assert_eq!(host.asked("a.yaml"), 2);
    assert_eq!(catalog.refs().await, ["component:default/a"]);
}

#[tokio::test]
async fn a_broken_document_of_another_host_keeps_its_last_good_version() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("a.yaml", component("a"));
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("a.yaml")]).await;
    catalog.ingest().await;
    host.write("a.yaml", "kind: [");
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/a"]);
    assert!(codes(&catalog).await.contains(&"CAT036".to_owned()));
    host.write("a.yaml", component("b"));
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/b"]);
}

#[tokio::test]
async fn what_may_not_be_read_is_refused_and_said() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    let targets = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/x.yaml",
        "https://user:secret@github.com/a/b/blob/main/x.yaml",
        "http://[::ffff:10.0.0.1]/x.yaml",
    ];
    host.write("all.yaml", location(&targets));
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("all.yaml")]).await;
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["location:default/all"]);
    let refused = codes(&catalog)
        .await
        .into_iter()
        .filter(|code| code == "CAT027");
    assert_eq!(refused.count(), targets.len());
    let told = test.db.problem_list().await.unwrap();
    let told: String = told
        .iter()
        .map(|problem| problem.diagnostic.message.clone())
        .collect();
    assert!(!told.contains(":secret@"), "{told}");
}

#[tokio::test]
async fn a_file_of_another_host_names_no_file_of_this_machine() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    folder.write("secret.yaml", component("secret"));
    let path = folder.path().join("secret.yaml");
    let body = location(&[&path.to_string_lossy()]).replace("spec:\n", "spec:\n  type: file\n");
    host.write("all.yaml", body);
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("all.yaml")]).await;
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["location:default/all"]);
    assert!(codes(&catalog).await.contains(&"CAT027".to_owned()));
}

#[tokio::test]
async fn locations_that_name_each_other_are_read_once() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("all.yaml", location(&["./other.yaml"]));
    let other = location(&["./all.yaml", "./other.yaml"]).replace("name: all", "name: other");
    host.write("other.yaml", other);
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("all.yaml")]).await;
    catalog.ingest().await;
    assert_eq!(
        catalog.refs().await,
        ["location:default/all", "location:default/other"]
    );
    assert_eq!(host.asked("other.yaml"), 1);
}

#[tokio::test]
async fn an_optional_location_may_be_missing() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    let body = location(&["./missing.yaml"]).replace("spec:\n", "spec:\n  presence: optional\n");
    host.write("all.yaml", body);
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("all.yaml")]).await;
    catalog.ingest().await;
    assert_eq!(codes(&catalog).await, Vec::<String>::new());
}

#[tokio::test]
async fn placeholders_read_beside_their_file_and_follow_its_changes() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    let api = |kind: &str, target: &str| {
        component("x").replace("Component", "API")
            + &format!("  definition:\n    {kind}: {target}\n")
    };
    host.write("api.yaml", api("$text", "./spec.yaml"))
        .write(
            "spec.yaml",
            "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: 'parts/a.yaml#/A'}}}\n",
        )
        .write(
            "parts/a.yaml",
            "A: {type: object, properties: {next: {$ref: '#/A'}}}\n",
        );
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &[&host.url("api.yaml")]).await;
    catalog.ingest().await;
    let definition = || async {
        let entities = catalog.entities().await;
        entities["api:default/x"]["spec"]["definition"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(definition().await.contains("parts/a.yaml"));
    host.write("spec.yaml", "openapi: 3.1.0\n");
    catalog.ingest().await;
    assert_eq!(definition().await, "openapi: 3.1.0\n");
    // $openapi brings the parts in, and a circle stays finite.
    host.write(
        "spec.yaml",
        "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: 'parts/a.yaml#/A'}}}\n",
    )
    .write("api.yaml", api("$openapi", "./spec.yaml"));
    catalog.ingest().await;
    let bundled = definition().await;
    assert!(
        bundled.contains("type: object") && bundled.contains("'#/components/schemas/A'"),
        "{bundled}"
    );
    // A part that fails changes nothing.
    host.fail("parts/a.yaml", Failure::Status(502));
    assert_eq!(catalog.ingest().await.applied.total(), 0);
    assert_eq!(definition().await, bundled);
}

#[tokio::test]
async fn locations_of_the_database_come_after_those_of_the_configuration() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    folder.write("a.yaml", component("a"));
    host.write(
        "b.yaml",
        format!("{}---\n{}", component("a"), component("b")),
    );
    let catalog = TestCatalog::reading(&test.db, &folder, &host, &["a.yaml"]).await;
    let location = LocationRef::url(host.url("b.yaml"));
    let stored = StoredLocation {
        id: new_uid(),
        location_type: "url".to_owned(),
        target: location.target.clone(),
        entity_ref: location.generated_ref(),
    };
    assert!(test.db.location_add(&stored, 1).await.unwrap());
    assert!(!test.db.location_add(&stored, 2).await.unwrap());
    catalog.ingest().await;
    assert_eq!(
        catalog.refs().await,
        ["component:default/a", "component:default/b"]
    );
    assert_eq!(codes(&catalog).await, ["CAT022"]);
    let of_a = test
        .db
        .source_of("component:default/a")
        .await
        .unwrap()
        .unwrap();
    assert!(of_a.0.starts_with("file:"));
    let of_b = test
        .db
        .source_of("component:default/b")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        of_b,
        (location.to_string(), Some(stored.entity_ref.clone()))
    );
    test.db.location_remove(&stored.id).await.unwrap();
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/a"]);
}

#[tokio::test]
async fn an_orphan_is_kept_when_that_is_wanted_until_its_location_is_gone() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    folder.write(
        "a.yaml",
        format!("{}---\n{}", component("a"), component("b")),
    );
    let kept = Settings {
        keep_orphans: true,
        ..settings(&folder, &["a.yaml"])
    };
    let catalog = TestCatalog::opened(&test.db, &folder, &host, kept).await;
    catalog.ingest().await;
    folder.write("a.yaml", component("a"));
    catalog.ingest().await;
    let orphan = |entities: &std::collections::BTreeMap<String, serde_json::Value>| {
        entities["component:default/b"]["metadata"]["annotations"]["backstage.io/orphan"].clone()
    };
    assert_eq!(orphan(&catalog.entities().await), "true");
    assert_eq!(catalog.ingest().await.applied.total(), 0);
    // It is no orphan any more when its source has it again.
    folder.write(
        "a.yaml",
        format!("{}---\n{}", component("a"), component("b")),
    );
    catalog.ingest().await;
    assert!(orphan(&catalog.entities().await).is_null());
    // What goes with its registered location is no orphan.
    let none = Settings {
        keep_orphans: true,
        ..settings(&folder, &[])
    };
    let catalog = TestCatalog::opened(&test.db, &folder, &host, none).await;
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_refresh_asks_before_the_time() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("a.yaml", component("a"));
    let never = Settings {
        interval: None,
        ..settings(&folder, &[&host.url("a.yaml")])
    };
    let catalog = TestCatalog::opened(&test.db, &folder, &host, never).await;
    catalog.ingest().await;
    host.write("a.yaml", component("b"));
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/a"]);
    test.db.refresh_ask(&[host.url("a.yaml")]).await.unwrap();
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/b"]);
    assert!(!test.db.refresh_waits().await.unwrap());
}

#[tokio::test]
async fn in_the_background_no_ingestion_waits_for_a_host() {
    let test = sqlite().await;
    let (folder, host) = (Folder::new(), Host::start().await);
    host.write("all.yaml", location(&["./a.yaml"]))
        .write("a.yaml", component("a"));
    folder.write("local.yaml", component("local"));
    let background = Settings {
        interval: Some(Duration::from_secs(3_600)),
        ask_in_background: true,
        ..settings(&folder, &[&host.url("all.yaml"), "local.yaml"])
    };
    let catalog = TestCatalog::opened(&test.db, &folder, &host, background).await;
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/local"]);
    assert_eq!(host.asked("all.yaml"), 0);
    let ingester = catalog.ingester().clone();
    let asking = tokio::spawn(async move { ingester.ask_hosts().await });
    while catalog.refs().await.len() < 3 {
        catalog.ingester().news().await;
        catalog.ingest().await;
    }
    let want = [
        "component:default/a",
        "component:default/local",
        "location:default/all",
    ];
    assert_eq!(catalog.refs().await, want);
    host.fail("a.yaml", Failure::Status(500));
    test.db.refresh_ask(&[host.url("a.yaml")]).await.unwrap();
    catalog.ingest().await;
    catalog.ingester().news().await;
    catalog.ingest().await;
    assert_eq!(codes(&catalog).await, ["CAT026"]);
    assert_eq!(catalog.refs().await, want);
    asking.abort();
}
