//! The sample organisation and Backstage's own example catalog, as people will see them.
use std::path::{Path, PathBuf};

use callboard_testkit::{Folder, component};
use serde_json::Value;

use crate::support::{App, Program};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn count(program: &Program, kind: &str) -> u64 {
    let answer = program
        .get(&format!(
            "/api/catalog/entities/by-query?limit=0&filter=kind={kind}"
        ))
        .unwrap();
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    body["totalItems"].as_u64().unwrap()
}

#[test]
fn the_sample_organisation_has_every_kind_and_exactly_its_honest_problems() {
    let found = callboard_catalog::check_paths(
        &[PathBuf::from("examples/catalog/all.yaml")],
        &repository(),
    );
    let mut codes: Vec<_> = found.iter().map(|problem| problem.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        ["CAT019", "CAT023", "CAT030", "CAT031", "CAT034", "YML013"],
        "{found:#?}"
    );
    let folder = Folder::new();
    let config = repository()
        .join("examples/app-config.yaml")
        .display()
        .to_string();
    let program = Program::start(&folder.path(), &["--config", &config, "--data", "data"]);
    program.wait_for(
        "/api/catalog/entities/by-query?limit=1&filter=kind=user",
        "\"totalItems\":18",
    );
    for kind in callboard_model::kind::KINDS {
        assert!(
            count(&program, kind.name) > 0,
            "no {} in the sample organisation",
            kind.name
        );
    }
}

#[test]
fn backstages_example_catalog_has_its_kinds_and_counts() {
    let examples = repository().join("../shared/corpus/backstage-examples");
    let Ok(examples) = examples.canonicalize() else {
        println!("skipped: {} is not there", examples.display());
        return;
    };
    let folder = Folder::new();
    folder.write("app-config.yaml", backstage_config(&examples));
    let program = Program::start(&folder.path(), &["--data", "data"]);
    program.wait_for(
        "/api/catalog/entities/by-query?limit=1&filter=kind=user",
        "\"totalItems\":17",
    );
    let counts = [
        ("component", 13),
        ("domain", 3),
        ("group", 8),
        ("location", 10),
        ("resource", 1),
        ("system", 3),
        ("user", 17),
    ];
    for (kind, want) in counts {
        assert_eq!(count(&program, kind), want, "{kind}");
    }
    // Definitions at an https address cannot be read; each says so, and the rest is there.
    program.wait_for("/problems?code=CAT023", "annot read https://");
    assert!(
        program
            .get("/api/catalog/entities/by-name/api/default/wayback-search")
            .unwrap()
            .starts_with("HTTP/1.0 404")
    );
    let owned = program
        .get("/api/catalog/entity-facets?facet=relations.ownedBy&filter=kind=component")
        .unwrap();
    assert!(
        owned.contains("{\"value\":\"group:default/team-a\",\"count\":5}"),
        "{owned}"
    );
}

fn backstage_config(examples: &Path) -> String {
    let location = |name: &str| {
        format!(
            "    - {{type: file, target: {}}}\n",
            examples.join(name).display()
        )
    };
    format!(
        "catalog:\n  rules: [{{allow: [Component, API, Location, Group, User, System, Domain, Resource]}}]\n  locations:\n{}{}",
        location("all.yaml"),
        location("acme-corp.yaml")
    )
}

#[tokio::test]
async fn a_page_of_25_rows_stays_small() {
    let folder = Folder::new();
    let long = |n: usize| {
        component(&format!("component-with-a-name-{n:02}")).replace("  name:", "  description: What it does in a sentence of usual length, for people.\n  tags: [rust, http, payments]\n  name:")
    };
    folder.write(
        "a.yaml",
        (0..60).map(long).collect::<Vec<_>>().join("---\n"),
    );
    let page = App::over(&folder, &["a.yaml"])
        .await
        .get("/catalog?kind=component")
        .await;
    // Sent it is a sixth of that, for which `cargo xtask bench` has the budget.
    assert!(page.text.len() <= 52_000, "{} bytes", page.text.len());
}
