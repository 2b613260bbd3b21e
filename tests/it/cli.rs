//! The program as people and scripts call it.
use std::process::{Command, Output};

use callboard_testkit::{Folder, component};
use serde_json::Value;

use crate::support::Program;

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_callboard"))
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("BACKSTAGE_ENV")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_ends_with_1_on_errors_and_with_0_on_none() {
    let folder = Folder::new();
    folder
        .write("good.yaml", component("good"))
        .write("bad.yaml", component("b a d"));
    let good = run(&folder, &["check", "good.yaml"]);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stdout));
    let bad = run(&folder, &["check", "bad.yaml"]);
    assert_eq!(bad.status.code(), Some(1));
    let shown = text(&bad.stdout);
    assert!(
        shown.contains("error[CAT015]") && shown.contains("bad.yaml:4:9"),
        "{shown}"
    );
    let missing = run(&folder, &["check", "missing.yaml"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stdout).contains("CAT002"));
}

#[test]
fn check_of_a_folder_finds_entity_files_and_checks_references() {
    let folder = Folder::new();
    folder
        .write("a/catalog-info.yaml", component("a"))
        .write("b/thing.yml", component("b"));
    folder
        .write("mkdocs.yml", "site_name: x\n")
        .write(".github/x.yaml", "a: [");
    let out = run(&folder, &["check", ".", "--format", "json"]);
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    let found = report["diagnostics"].as_array().unwrap();
    let codes: Vec<_> = found
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["CAT031", "CAT031"]);
    assert_eq!(out.status.code(), Some(0));
}

#[test]
fn check_speaks_to_programs() {
    let folder = Folder::new();
    folder.write("bad.yaml", component("b a d"));
    let sarif = run(&folder, &["check", "bad.yaml", "--format", "sarif"]);
    let report: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(report["version"], "2.1.0");
    assert_eq!(report["runs"][0]["results"][0]["ruleId"], "CAT015");
    let github = run(&folder, &["check", "bad.yaml", "--format", "github"]);
    assert!(
        text(&github.stdout).starts_with("::error file=bad.yaml,line=4,"),
        "{}",
        text(&github.stdout)
    );
}

#[test]
fn check_with_fix_repairs_files_and_says_what_it_did() {
    let folder = Folder::new();
    let before = component("good").replace("production", "prodution # soon");
    folder.write("a.yaml", before.clone());
    let dry = run(&folder, &["check", "a.yaml", "--fix", "--dry-run"]);
    let diff = text(&dry.stdout);
    assert!(
        diff.starts_with("--- a/a.yaml\n+++ b/a.yaml\n@@ "),
        "{diff}"
    );
    let read = || std::fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    assert_eq!(read(), before);
    let fixed = run(&folder, &["check", "a.yaml", "--fix"]);
    assert_eq!(fixed.status.code(), Some(0));
    let said = text(&fixed.stdout);
    assert!(
        said.contains("fixed a.yaml:") && said.contains("CAT033"),
        "{said}"
    );
    assert_eq!(read(), before.replace("prodution", "production"));
    let again = run(&folder, &["check", "a.yaml", "--fix"]);
    assert!(!text(&again.stdout).contains("fixed"));
    let alone = run(&folder, &["check", "a.yaml", "--dry-run"]);
    assert_eq!(alone.status.code(), Some(2));
}

#[test]
fn check_takes_severities_from_a_configuration() {
    let folder = Folder::new();
    folder
        .write("a.yaml", component("good").replace("production", "beta"))
        .write(
            "raise.yaml",
            "callboard: { diagnostics: { CAT033: error } }\n",
        )
        .write("off.yaml", "callboard: { diagnostics: { CAT033: off } }\n")
        .write(
            "wrong.yaml",
            "callboard: { diagnostics: { CAT033: loud } }\n",
        );
    let raised = run(&folder, &["check", "a.yaml", "--config", "raise.yaml"]);
    assert_eq!(raised.status.code(), Some(1));
    assert!(text(&raised.stdout).contains("error[CAT033]"));
    let off = run(&folder, &["check", "a.yaml", "--config", "off.yaml"]);
    assert!(!text(&off.stdout).contains("CAT033"));
    let wrong = run(&folder, &["check", "a.yaml", "--config", "wrong.yaml"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_wrong_configuration_ends_with_2_and_names_every_value() {
    let folder = Folder::new();
    folder.write(
        "app-config.yaml",
        "backend:\n  listen: nowhere\n  database: {client: oracle}\ncatalog:\n  locations: here\nunknown: 1\n",
    );
    for arguments in [&["serve"][..], &["config", "check"], &["config", "print"]] {
        let out = run(&folder, arguments);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        let shown = text(&out.stdout) + &text(&out.stderr);
        for place in [
            "app-config.yaml:2:11",
            "app-config.yaml:3:22",
            "app-config.yaml:5:14",
        ] {
            assert!(shown.contains(place), "{arguments:?} {place} {shown}");
        }
    }
}

#[test]
fn the_schema_and_the_version_are_printed() {
    let folder = Folder::new();
    let schema = run(&folder, &["config", "schema"]);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    assert!(
        schema.pointer("/anyOf/0/properties/catalog").is_some(),
        "{schema}"
    );
    assert_eq!(
        text(&run(&folder, &["--version"]).stdout),
        format!("callboard {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(run(&folder, &["serve", "--unknown"]).status.code(), Some(2));
}

#[test]
fn the_configuration_of_a_running_backstage_starts_the_portal_unchanged() {
    let corpus =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/app-config");
    if !corpus.is_dir() {
        println!("skipped: {} is not there", corpus.display());
        return;
    }
    // Each names the guest, so nobody comes in without asking; the last one lets everybody in all the same.
    for (layers, is_open) in [
        (&["new-app.app-config.yaml"][..], false),
        (&["demo.app-config.yaml"], false),
        (
            &["demo.app-config.yaml", "demo.app-config.heroku.yaml"],
            true,
        ),
    ] {
        let folder = Folder::new();
        let files: Vec<_> = layers
            .iter()
            .map(|layer| corpus.join(layer).display().to_string())
            .collect();
        let mut arguments = vec!["--data", "data"];
        files
            .iter()
            .for_each(|file| arguments.extend(["--config", file]));
        let program = Program::start(&folder.path(), &arguments);
        assert!(program.log.contains("warning["), "{}", program.log);
        let catalog = program.get("/catalog").unwrap();
        if is_open {
            assert!(catalog.starts_with("HTTP/1.0 200"), "{catalog}");
            continue;
        }
        assert!(catalog.starts_with("HTTP/1.0 303"), "{catalog}");
        assert!(catalog.contains("location: /sign-in?back="), "{catalog}");
        let sign_in = program.get("/sign-in?back=%2Fcatalog").unwrap();
        assert!(sign_in.starts_with("HTTP/1.0 200"), "{sign_in}");
        assert!(sign_in.contains("/api/auth/guest/start?"), "{sign_in}");
    }
}

#[test]
fn without_configuration_the_sample_organisation_is_shown_from_any_folder() {
    let folder = Folder::new();
    let program = Program::start(&folder.path(), &[]);
    program.wait_for(
        "/api/catalog/entities/by-query?limit=1&filter=kind=component",
        "\"totalItems\":3",
    );
    assert!(program.get("/").unwrap().starts_with("HTTP/1.0 200"));
}

#[test]
fn a_change_of_a_file_shows_within_a_second() {
    let folder = Folder::new();
    folder.write(
        "app-config.yaml",
        "catalog:\n  locations: [{type: file, target: ./a.yaml}]\n",
    );
    folder.write("a.yaml", component("before"));
    let program = Program::start(&folder.path(), &["--data", "data"]);
    program.wait_for("/api/catalog/entities", "\"before\"");
    let started = std::time::Instant::now();
    folder.write("a.yaml", component("after"));
    program.wait_for("/api/catalog/entities", "\"after\"");
    // The promise is one second; a busy machine gets more before this counts as broken.
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn sigterm_ends_the_program_cleanly() {
    let folder = Folder::new();
    folder.write("app-config.yaml", "app: {title: Test}\n");
    let mut program = Program::start(&folder.path(), &["--data", "data"]);
    let started = std::time::Instant::now();
    program.signal("-TERM");
    assert!(program.child.wait().unwrap().success());
    assert!(started.elapsed().as_secs() < 10);
}

#[test]
fn a_second_portal_on_the_same_data_is_refused() {
    let folder = Folder::new();
    folder.write("app-config.yaml", "app: {title: Test}\n");
    let _first = Program::start(&folder.path(), &["--data", "data"]);
    let second = run(
        &folder,
        &["serve", "--data", "data", "--listen", "127.0.0.1:0"],
    );
    assert_eq!(second.status.code(), Some(1));
    assert!(
        text(&second.stderr).contains("another portal uses"),
        "{}",
        text(&second.stderr)
    );
}

#[test]
fn an_administrator_ends_what_somebody_has_beside_a_portal_that_runs() {
    const PLACE: [&str; 4] = ["--config", "app-config.yaml", "--data", "d"];
    let folder = Folder::new();
    folder.write("app-config.yaml", "app: {title: x}\n");
    let program = Program::start(&folder.path(), &PLACE);
    let asked = |words: &[&str]| run(&folder, &[words, &PLACE].concat());
    let forgotten = asked(&["user", "forget", "user:default/ada"]);
    let said = text(&forgotten.stdout);
    assert!(
        said.contains("0 sessions and 0 tokens of user:default/ada were ended"),
        "{said}"
    );
    let verified = asked(&["audit", "verify"]);
    let said = text(&verified.stdout);
    assert!(
        said.contains("All 1 entries are as they were written."),
        "{said}"
    );
    assert_eq!(
        asked(&["user", "forget", "not a reference"]).status.code(),
        Some(1)
    );
    drop(program);
}

#[test]
fn a_decision_is_explained_and_a_policy_that_is_wrong_is_shown_with_its_place() {
    const PLACE: [&str; 4] = ["--config", "app-config.yaml", "--data", "d"];
    let folder = Folder::new();
    folder.write("people.yaml", "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ada}\nspec: {memberOf: []}\n");
    folder.write("policy.yaml", POLICY);
    let config = "permission: {enabled: true}\ncallboard: {policy: {files: [policy.yaml]}}\n\
                  catalog: {rules: [{allow: [User]}], locations: [{type: file, target: ./people.yaml}]}\n";
    folder.write("app-config.yaml", config);
    let program = Program::start(&folder.path(), &PLACE);
    program.wait_for("/.backstage/health/v1/readiness", "200");
    let asked = |words: &[&str]| run(&folder, &[words, &PLACE].concat());
    let allowed = asked(&[
        "policy",
        "explain",
        "user:default/ada",
        "catalog.location.read",
    ]);
    let said = text(&allowed.stdout);
    assert!(
        said.starts_with("ALLOW") && said.contains("policy.yaml:6"),
        "{said}"
    );
    assert_eq!(allowed.status.code(), Some(0));
    let denied = asked(&[
        "policy",
        "explain",
        "user:default/ada",
        "catalog.location.delete",
    ]);
    assert_eq!(denied.status.code(), Some(1), "{}", text(&denied.stdout));
    folder.write(
        "new.yaml",
        POLICY.replace("catalog.location.read", "catalog.location.raed"),
    );
    let file = folder.path().join("new.yaml");
    let wrong = asked(&["policy", "simulate", file.to_str().unwrap()]);
    let said = text(&wrong.stderr);
    assert!(
        said.contains("POL") && said.contains("new.yaml:6:21"),
        "{said}"
    );
    assert_eq!(wrong.status.code(), Some(2));
    drop(program);
}

/// One rule, on line 6.
const POLICY: &str = "apiVersion: callboard.dev/v1\nkind: Policy\nroles:\n  - name: reader\n    members: [everyone]\n    \
                      rules: [{allow: catalog.location.read}]\n";
