//! Ingestion of folders into a real database.
use callboard_testkit::{Folder, TestCatalog, component, databases, sqlite};

const LOCATION: &str = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  targets:\n";

fn location(targets: &[&str]) -> String {
    let lines: Vec<_> = targets
        .iter()
        .map(|target| format!("    - {target}\n"))
        .collect();
    format!("{LOCATION}{}", lines.concat())
}

/// Returns the open problems but those about the owner that the sample component has and these catalogs lack.
async fn problems(catalog: &TestCatalog) -> Vec<String> {
    let mut problems = catalog.problems().await;
    problems.retain(|problem| !problem.starts_with("CAT031"));
    problems
}

#[tokio::test]
async fn files_become_entities_and_a_second_run_changes_nothing() {
    for test in databases().await {
        let folder = Folder::new();
        folder.write("all.yaml", location(&["./a.yaml", "./more/*.yaml"]));
        folder.write(
            "a.yaml",
            format!("{}---\n{}", component("a1"), component("a2")),
        );
        folder.write("more/b.yaml", component("b"));
        let catalog = TestCatalog::new(&test.db, &folder, &["all.yaml"]);
        let report = catalog.ingest().await;
        assert_eq!(report.applied.added, 5);
        let want = [
            "component:default/a1",
            "component:default/a2",
            "component:default/b",
            "location:default/all",
        ];
        assert_eq!(catalog.refs().await, want);
        let again = catalog.ingest().await;
        assert_eq!(again.applied.total(), 0);
        // A process that starts anew and has read nothing yet agrees.
        let fresh = TestCatalog::new(&test.db, &folder, &["all.yaml"])
            .ingest()
            .await;
        assert_eq!(fresh.applied.total(), 0);
    }
}

#[tokio::test]
async fn relations_go_both_ways_and_the_catalog_adds_its_annotations() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder.write("a.yaml", component("a"));
    folder.write(
        "team.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: Team-A}\nspec: {type: team, children: []}\n",
    );
    let catalog = TestCatalog::new(&test.db, &folder, &["*.yaml"]);
    catalog.ingest().await;
    let entities = catalog.entities().await;
    let (a, team) = (
        &entities["component:default/a"],
        &entities["group:default/team-a"],
    );
    assert_eq!(a["relations"][0]["type"], "ownedBy");
    assert_eq!(a["relations"][0]["targetRef"], "group:default/team-a");
    assert_eq!(team["relations"][0]["type"], "ownerOf");
    assert_eq!(team["metadata"]["name"], "Team-A");
    let file = format!("file:{}", folder.path().join("a.yaml").display());
    let origin = format!("file:{}", folder.path().join("*.yaml").display());
    assert_eq!(
        a["metadata"]["annotations"]["backstage.io/managed-by-location"],
        file
    );
    assert_eq!(
        a["metadata"]["annotations"]["backstage.io/managed-by-origin-location"],
        origin
    );
    assert_eq!(a["metadata"]["namespace"], "default");
    // The group has no members, which is only a remark.
    let problems = catalog.problems().await;
    assert!(
        problems.len() == 1 && problems[0].starts_with("CAT044 "),
        "{problems:?}"
    );
}

#[tokio::test]
async fn a_broken_document_keeps_the_last_good_version_and_never_stops_the_others() {
    for test in databases().await {
        let folder = Folder::new();
        folder.write(
            "a.yaml",
            format!("{}---\n{}", component("a"), component("b")),
        );
        let catalog = TestCatalog::new(&test.db, &folder, &["a.yaml"]);
        catalog.ingest().await;
        // The second document is valid YAML and no valid entity; a third one is new.
        let broken = component("b").replace("  owner: team-a\n", "");
        folder.write(
            "a.yaml",
            format!("{}---\n{broken}---\n{}", component("a"), component("c")),
        );
        catalog.ingest().await;
        let want = [
            "component:default/a",
            "component:default/b",
            "component:default/c",
        ];
        assert_eq!(catalog.refs().await, want);
        assert_eq!(
            catalog.entities().await["component:default/b"]["spec"]["owner"],
            "team-a"
        );
        assert!(
            catalog.entities().await["component:default/b"]["status"]["items"][0]["message"]
                .is_string()
        );
        let codes = catalog.problems().await;
        assert!(
            codes.iter().any(|p| p.starts_with("CAT010 a.yaml:14:1")),
            "{codes:?}"
        );
        assert!(codes.iter().any(|p| p.starts_with("CAT036")), "{codes:?}");
        // Unreadable YAML keeps whatever the file gave before.
        folder.write("a.yaml", format!("{}---\nkind: [\n", component("a")));
        catalog.ingest().await;
        assert_eq!(catalog.refs().await, want);
        // Repaired: what the file no longer says is gone, and no status is left.
        folder.write(
            "a.yaml",
            format!("{}---\n{}", component("a"), component("b")),
        );
        catalog.ingest().await;
        assert_eq!(
            catalog.refs().await,
            ["component:default/a", "component:default/b"]
        );
        assert!(
            catalog.entities().await["component:default/b"]
                .get("status")
                .is_none()
        );
    }
}

#[tokio::test]
async fn a_wrong_name_or_an_emptied_file_keeps_what_was_there() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder.write("a.yaml", component("a"));
    let catalog = TestCatalog::new(&test.db, &folder, &["a.yaml"]);
    catalog.ingest().await;
    for content in [
        component("a b"),
        component("a").replace("Component", "Componnt"),
        String::new(),
    ] {
        folder.write("a.yaml", &content);
        catalog.ingest().await;
        assert_eq!(catalog.refs().await, ["component:default/a"], "{content}");
    }
    folder.write("a.yaml", "# nothing here any more\n");
    catalog.ingest().await;
    assert!(catalog.refs().await.is_empty());
}

#[tokio::test]
async fn a_placeholder_cannot_leave_the_folder_of_its_location_nor_bring_in_everything() {
    let test = sqlite().await;
    let folder = Folder::new();
    let api = |target: &str| {
        component("x").replace("Component", "API")
            + &format!("  definition:\n    $text: {target}\n")
    };
    folder
        .write("secret.yaml", "password: hunter2\n")
        .write("in/api.yaml", api("../secret.yaml"));
    std::os::unix::fs::symlink(
        folder.path().join("secret.yaml"),
        folder.path().join("in/link.yaml"),
    )
    .unwrap();
    let catalog = TestCatalog::new(&test.db, &folder, &["in/api.yaml"]);
    for target in ["../secret.yaml", "./link.yaml", "/proc/self/environ"] {
        folder.write("in/api.yaml", api(target));
        catalog.ingest().await;
        assert!(catalog.refs().await.is_empty(), "{target}");
        assert!(
            catalog
                .problems()
                .await
                .contains(&"CAT023 in/api.yaml:10:12".to_owned()),
            "{target}"
        );
    }
    folder.write("in/big.txt", vec![b'x'; 4 * 1024 * 1024]);
    let many: String = (0..50)
        .map(|n| format!("    k{n}: {{$text: ./big.txt}}\n"))
        .collect();
    folder.write("in/api.yaml", component("x") + "  more:\n" + &many);
    catalog.ingest().await;
    assert!(catalog.refs().await.is_empty());
}

#[tokio::test]
async fn a_broken_location_keeps_everything_it_led_to() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder.write("all.yaml", location(&["./sub/all.yaml"]));
    folder.write(
        "sub/all.yaml",
        location(&["./a.yaml"]).replace("name: all", "name: sub"),
    );
    folder.write("sub/a.yaml", component("a"));
    let catalog = TestCatalog::new(&test.db, &folder, &["all.yaml"]);
    catalog.ingest().await;
    let before = catalog.refs().await;
    assert_eq!(before.len(), 3);
    folder.write("sub/all.yaml", "kind: [\n");
    folder.write(
        "sub/a.yaml",
        component("a").replace("production", "deprecated"),
    );
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, before);
    // What a kept location leads to is still read.
    assert_eq!(
        catalog.entities().await["component:default/a"]["spec"]["lifecycle"],
        "deprecated"
    );
}

#[tokio::test]
async fn a_missing_file_keeps_its_entities_and_a_removed_target_removes_them() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder.write("all.yaml", location(&["./a.yaml", "./b.yaml"]));
    folder
        .write("a.yaml", component("a"))
        .write("b.yaml", component("b"));
    let catalog = TestCatalog::new(&test.db, &folder, &["all.yaml"]);
    catalog.ingest().await;
    folder.remove("b.yaml");
    catalog.ingest().await;
    assert!(
        catalog
            .refs()
            .await
            .contains(&"component:default/b".to_owned())
    );
    assert_eq!(problems(&catalog).await[0], "CAT002 all.yaml:8:7");
    folder.write("all.yaml", location(&["./a.yaml"]));
    catalog.ingest().await;
    assert_eq!(
        catalog.refs().await,
        ["component:default/a", "location:default/all"]
    );
}

#[tokio::test]
async fn a_pattern_loses_what_it_no_longer_matches_but_not_everything_at_once() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder
        .write("x/a.yaml", component("a"))
        .write("x/b.yaml", component("b"));
    let catalog = TestCatalog::new(&test.db, &folder, &["x/*.yaml"]);
    catalog.ingest().await;
    folder.remove("x/b.yaml");
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/a"]);
    // An empty folder looks like one that is not mounted.
    folder.remove("x/a.yaml");
    catalog.ingest().await;
    assert_eq!(catalog.refs().await, ["component:default/a"]);
    assert_eq!(problems(&catalog).await.len(), 2);
}

#[tokio::test]
async fn one_name_in_two_files_belongs_to_the_earlier_location_whatever_came_first() {
    let test = sqlite().await;
    let folder = Folder::new();
    let other = component("a").replace("service", "website");
    folder.write("2.yaml", &other);
    let catalog = TestCatalog::new(&test.db, &folder, &["1.yaml", "2.yaml"]);
    catalog.ingest().await;
    folder.write("1.yaml", component("a"));
    catalog.ingest().await;
    assert_eq!(
        catalog.entities().await["component:default/a"]["spec"]["type"],
        "service"
    );
    assert_eq!(problems(&catalog).await, ["CAT022 2.yaml:4:9"]);
    // The same files in a new database give the same.
    let clean = sqlite().await;
    let fresh = TestCatalog::new(&clean.db, &folder, &["1.yaml", "2.yaml"]);
    fresh.ingest().await;
    assert_eq!(fresh.entities().await, catalog.entities().await);
}

#[tokio::test]
async fn kinds_have_to_be_allowed_and_an_allowed_unknown_kind_is_kept() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder.write(
        "a.yaml",
        format!(
            "{}---\n{}",
            component("a"),
            component("w").replace("Component", "Widget")
        ),
    );
    let strict =
        TestCatalog::with_kinds(&test.db, &folder, &["a.yaml"], &["Component", "Location"]);
    strict.ingest().await;
    assert_eq!(strict.refs().await, ["component:default/a"]);
    assert_eq!(problems(&strict).await, ["CAT014 a.yaml:11:7"]);
    let wide = TestCatalog::with_kinds(&test.db, &folder, &["a.yaml"], &["Widget", "Location"]);
    wide.ingest().await;
    // The rules no longer want the component, which is a decision and not a fault: it goes.
    assert_eq!(wide.refs().await, ["widget:default/w"]);
    assert!(
        wide.problems()
            .await
            .iter()
            .any(|p| p.starts_with("CAT007 a.yaml:2:7"))
    );
}

#[tokio::test]
async fn placeholders_bring_in_files_of_the_folder_and_nothing_else() {
    let test = sqlite().await;
    let folder = Folder::new();
    let api = |target: &str| {
        component("x").replace("Component", "API")
            + &format!("  definition:\n    $text: {target}\n")
    };
    folder
        .write("in/api.yaml", api("./spec.json"))
        .write("in/spec.json", "{\"openapi\": \"3.0.0\"}");
    let catalog = TestCatalog::new(&test.db, &folder, &["in/api.yaml"]);
    catalog.ingest().await;
    let definition = |entities: &std::collections::BTreeMap<String, serde_json::Value>| {
        entities["api:default/x"]["spec"]["definition"].clone()
    };
    assert_eq!(
        definition(&catalog.entities().await),
        "{\"openapi\": \"3.0.0\"}"
    );
    // The included file is watched: its change reaches the entity.
    folder.write("in/spec.json", "{}");
    catalog.ingest().await;
    assert_eq!(definition(&catalog.entities().await), "{}");
    for (target, place) in [
        ("/etc/hostname", "CAT023 in/api.yaml:10:12"),
        ("https://example.com/spec.json", "CAT023 in/api.yaml:10:12"),
        ("./missing.json", "CAT023 in/api.yaml:10:12"),
    ] {
        folder.write("in/api.yaml", api(target));
        catalog.ingest().await;
        assert!(
            problems(&catalog).await.contains(&place.to_owned()),
            "{target}: {:?}",
            problems(&catalog).await
        );
        assert_eq!(definition(&catalog.entities().await), "{}");
    }
}

#[tokio::test]
async fn references_to_nothing_are_warned_about() {
    let test = sqlite().await;
    let folder = Folder::new();
    folder.write(
        "a.yaml",
        component("a") + "  dependsOn: [resource:db]\n  system: api:x\n",
    );
    let catalog = TestCatalog::new(&test.db, &folder, &["a.yaml"]);
    catalog.ingest().await;
    let want = [
        "CAT031 a.yaml:8:10",
        "CAT030 a.yaml:9:15",
        "CAT030 a.yaml:10:11",
        "CAT038 a.yaml:10:11",
    ];
    assert_eq!(catalog.problems().await, want);
}
