//! Repairs of whole files: what they change, what they leave, and that a second run changes nothing.
use std::{fs, path::Path};

use callboard_catalog::{Fixes, check_paths, fix_paths};
use callboard_diagnostics::{Level, Severities};
use callboard_model::Severity;
use proptest::{prelude::*, sample::subsequence};

use super::{GROUPS, write};

fn fix(folder: &Path) -> Fixes {
    fix_paths(&[folder.to_owned()], folder, &Severities::default())
}

fn save(fixes: &Fixes) {
    for file in &fixes.files {
        fs::write(&file.path, &file.after).unwrap();
    }
}

fn check(before: &str, after: &str) {
    let folder = tempfile::tempdir().unwrap();
    write(&[("catalog-info.yaml", before)], folder.path());
    let fixes = fix(folder.path());
    let text = fixes
        .files
        .first()
        .map_or(before.as_bytes(), |file| &file.after);
    assert_eq!(String::from_utf8_lossy(text), after);
    save(&fixes);
    assert_eq!(
        fix(folder.path()).files,
        [],
        "the second run changes nothing"
    );
}

const HEAD: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\n";
const SPEC: &str = "spec: {type: service, lifecycle: production, owner: team}\n";

#[test]
fn comments_layout_and_quotes_stay_as_they_are() {
    check(
        &format!(
            "# The shop.\n{HEAD}metadata:\n    name:   Shop backend   # old\n\n    tags: ['Spring Boot', web,  'web'] # tags\n\
             spec:\n    type: service\n    lifecycle: \"prodution\" # !\n    owner: team\n    dependson: [] # soon\n"
        ),
        &format!(
            "# The shop.\n{HEAD}metadata:\n    name:   Shop-backend   # old\n\n    tags: ['spring-boot', web] # tags\n\
             spec:\n    type: service\n    lifecycle: \"production\" # !\n    owner: team\n    dependsOn: [] # soon\n"
        ),
    );
}

#[test]
fn a_byte_order_mark_and_crlf_stay() {
    let text = |title: &str, tag: &str| {
        let text = format!("{HEAD}metadata:\n  name: shop\n{title}  tags:\n    - {tag}\n{SPEC}");
        format!("\u{feff}{}", text.replace('\n', "\r\n"))
    };
    check(&text("  title: shop\n", "Java"), &text("", "java"));
}

#[test]
fn a_file_without_a_last_line_end_keeps_none() {
    let text = |lifecycle| {
        format!(
            "{HEAD}metadata:\n  name: shop\nspec:\n  type: a\n  owner: b\n  lifecycle: {lifecycle}"
        )
    };
    check(&text("prod"), &text("production"));
}

#[test]
fn numbers_are_quoted_as_they_are_written() {
    let text = |version| {
        format!(
            "{HEAD}metadata:\n  name: shop\n  annotations:\n    example.com/version: {version}\n{SPEC}"
        )
    };
    check(&text("1.10"), &text("\"1.10\""));
    check(&text("0x1F"), &text("\"0x1F\""));
}

#[test]
fn values_with_an_anchor_or_an_alias_are_left_alone() {
    let text =
        format!("{HEAD}metadata:\n  name: shop\n  labels: {{a: &a 'very high', b: *a}}\n{SPEC}");
    check(&text, &text);
}

#[test]
fn expressions_of_templates_are_left_alone() {
    let text = format!("{HEAD}metadata:\n  name: ${{{{ values.name | dump }}}}\n{SPEC}");
    check(&text, &text);
}

#[test]
fn a_repair_that_would_make_a_new_error_is_left_out_and_others_are_made() {
    // The repaired name would be the name of the other document.
    let text = |lifecycle| {
        format!(
            "{HEAD}metadata: {{name: a-b}}\n{SPEC}---\n{HEAD}metadata: {{name: a b}}\n\
             spec: {{type: service, lifecycle: {lifecycle}, owner: team}}\n"
        )
    };
    check(&text("production"), &text("production"));
}

#[test]
fn a_file_outside_the_checked_folder_is_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let location = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\n\
                    spec: {target: ../outside/shop.yaml}\n";
    let bad = format!("{HEAD}metadata: {{name: shop, tags: [Java]}}\n{SPEC}");
    write(
        &[("in/all.yaml", location), ("outside/shop.yaml", &bad)],
        folder.path(),
    );
    let inside = folder.path().join("in");
    let found = check_paths(std::slice::from_ref(&inside), folder.path());
    assert!(found.iter().any(|found| found.code == "CAT019"));
    let fixes = fix_paths(&[inside], folder.path(), &Severities::default());
    assert_eq!(fixes.files, []);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_checked_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let location = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\n\
                    spec: {target: ./link.yaml}\n";
    let bad = format!("{HEAD}metadata: {{name: shop, tags: [Java]}}\n{SPEC}");
    write(
        &[("in/all.yaml", location), ("outside.yaml", &bad)],
        folder.path(),
    );
    let inside = folder.path().join("in");
    std::os::unix::fs::symlink(folder.path().join("outside.yaml"), inside.join("link.yaml"))
        .unwrap();
    let fixes = fix_paths(&[inside], folder.path(), &Severities::default());
    assert!(fixes.left.iter().any(|found| found.code == "CAT019"));
    assert_eq!(fixes.files, []);
}

#[test]
fn what_is_switched_off_is_not_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEAD}metadata: {{name: shop, title: shop}}\n{SPEC}")
        .replace("production", "prod");
    write(&[("catalog-info.yaml", &text)], folder.path());
    let off = Severities::new([("CAT033".to_owned(), Level::Off)]);
    let fixes = fix_paths(&[folder.path().to_owned()], folder.path(), &off);
    assert_eq!(fixes.files, []);
    assert!(!fixes.left.iter().any(|found| found.code == "CAT033"));
}

#[test]
fn a_reference_gets_the_kind_of_the_only_entity_of_that_name() {
    let folder = tempfile::tempdir().unwrap();
    let shop = format!(
        "{HEAD}metadata: {{name: shop}}\nspec: {{type: a, lifecycle: production, owner: 'jane', dependsOn: [db]}}\n"
    );
    let more = "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: {name: db}\nspec: {type: a, owner: jane}\n---\n\
                apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: jane}\nspec: {memberOf: []}\n";
    write(&[("shop.yaml", &shop), ("more.yaml", more)], folder.path());
    let fixes = fix(folder.path());
    save(&fixes);
    let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(
        read("shop.yaml"),
        shop.replace("'jane'", "'user:jane'")
            .replace("[db]", "[resource:db]")
    );
    assert_eq!(
        read("more.yaml"),
        more.replace("owner: jane", "owner: user:jane")
    );
}

#[test]
fn hostile_files_take_bounded_work() {
    let folder = tempfile::tempdir().unwrap();
    let many = |item: &str| format!("[{}]", vec![item; 100_000].join(", "));
    let text = format!(
        "{HEAD}metadata: {{name: shop, tags: {}}}\nspec: {{type: a, lifecycle: b, owner: c, dependsOn: {}}}\n",
        many("Java"),
        many("component:shop"),
    );
    let expressions = "${{ steps.a-b.output.c }} ".repeat(20_000);
    let template = format!(
        "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {{name: t}}\n\
         spec:\n  type: a\n  steps:\n    - action: x\n      input: \"{expressions}\"\n"
    );
    let graphql = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: a}}\n\
         spec: {{type: graphql, lifecycle: b, owner: c, definition: \"{}\"}}\n",
        "{".repeat(1_000_000)
    );
    write(
        &[
            ("a.yaml", &text),
            ("b.yaml", &template),
            ("c.yaml", &graphql),
        ],
        folder.path(),
    );
    let found = check_paths(&[folder.path().to_owned()], folder.path());
    assert!(found.len() < 2_000, "{}", found.len());
    assert!(found.iter().any(|one| one.code == "CAT061"));
}

/// Every file of every case, to be put together at random.
fn documents() -> Vec<&'static str> {
    let cases = GROUPS.iter().copied().flatten();
    cases
        .flat_map(|case| case.files.iter().map(|(_, text)| *text))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_second_run_changes_nothing_and_no_run_adds_an_error(
        chosen in subsequence(documents(), 1..8),
        crlf: bool,
        mark: bool,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut text = chosen.join("\n---\n");
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        write(&[("catalog-info.yaml", &text)], folder.path());
        let errors = |found: &[callboard_model::Diagnostic]| {
            found.iter().filter(|one| one.severity == Severity::Error).count()
        };
        let before = errors(&check_paths(&[folder.path().to_owned()], folder.path()));
        save(&fix(folder.path()));
        // A Location that is valid now may lead to more files.
        let fixes = fix(folder.path());
        save(&fixes);
        let now = check_paths(&[folder.path().to_owned()], folder.path());
        prop_assert!(errors(&now) <= before, "{now:#?}");
        prop_assert_eq!(now.len(), fixes.left.len());
        prop_assert_eq!(fix(folder.path()).files, []);
    }
}
