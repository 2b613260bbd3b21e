//! The graph of our own crates, as a table: an arrow that is not in it is an architectural change.
use serde_json::Value;

use super::Problem;

/// Each crate with those it may use. A new crate gets its line here, and the engines never use each other.
const ALLOWED: [(&str, &[&str]); 14] = [
    ("callboard-model", &[]),
    ("callboard-diagnostics", &["callboard-model"]),
    (
        "callboard-config",
        &["callboard-diagnostics", "callboard-model"],
    ),
    ("callboard-db", &["callboard-model"]),
    ("callboard-scm", &[]),
    (
        "callboard-policy",
        &["callboard-diagnostics", "callboard-model"],
    ),
    ("callboard-auth", &["callboard-model"]),
    ("callboard-search", &["callboard-model"]),
    ("callboard-graph", &[]),
    (
        "callboard-apidoc",
        &["callboard-diagnostics", "callboard-model"],
    ),
    (
        "callboard-catalog",
        &[
            "callboard-db",
            "callboard-diagnostics",
            "callboard-model",
            "callboard-scm",
        ],
    ),
    (
        "callboard-testkit",
        &[
            "callboard-catalog",
            "callboard-config",
            "callboard-db",
            "callboard-diagnostics",
            "callboard-model",
            "callboard-scm",
        ],
    ),
    (
        "callboard",
        &[
            "callboard-apidoc",
            "callboard-auth",
            "callboard-catalog",
            "callboard-config",
            "callboard-db",
            "callboard-diagnostics",
            "callboard-graph",
            "callboard-model",
            "callboard-policy",
            "callboard-scm",
            "callboard-search",
        ],
    ),
    ("xtask", &[]),
];

/// What any crate may use in its tests.
const IN_TESTS: [&str; 1] = ["callboard-testkit"];

/// Checks the dependencies of our crates on each other, and that one crate alone depends on sqlx.
pub fn check(metadata: &Value) -> Vec<Problem> {
    let empty = Vec::new();
    let members = metadata["workspace_members"].as_array().unwrap_or(&empty);
    let packages = metadata["packages"].as_array().unwrap_or(&empty);
    let ours: Vec<&Value> = packages
        .iter()
        .filter(|package| members.contains(&package["id"]))
        .collect();
    let names: Vec<&str> = ours
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    ours.iter()
        .flat_map(|package| package_problems(package, &names))
        .collect()
}

fn package_problems(package: &Value, ours: &[&str]) -> Vec<Problem> {
    let name = package["name"].as_str().unwrap_or_default();
    let place = format!("package {name}");
    let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        let message =
            "is not in the table of crates (xtask/src/tidy/crates.rs); say there what it may use";
        return vec![Problem::new(&place, 0, message)];
    };
    let mut problems = Vec::new();
    for dependency in package["dependencies"].as_array().into_iter().flatten() {
        let target = dependency["name"].as_str().unwrap_or_default();
        let in_tests = dependency["kind"] == "dev" && IN_TESTS.contains(&target);
        if ours.contains(&target) && !allowed.contains(&target) && !in_tests {
            let message = format!("must not use {target}; a new arrow is an architectural change");
            problems.push(Problem::new(&place, 0, message));
        }
        if target == "sqlx" && name != "callboard-db" {
            problems.push(Problem::new(&place, 0, "only callboard-db uses sqlx"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn messages(name: &str, dependencies: &Value) -> Vec<String> {
        let metadata = json!({
            "workspace_members": ["own", "db", "testkit"],
            "packages": [
                { "id": "own", "name": name, "dependencies": dependencies },
                { "id": "db", "name": "callboard-db", "dependencies": [] },
                { "id": "testkit", "name": "callboard-testkit", "dependencies": [] },
                { "id": "serde", "name": "serde", "dependencies": [{ "name": "callboard-db", "kind": null }] },
            ],
        });
        check(&metadata)
            .into_iter()
            .map(|problem| problem.message)
            .collect()
    }

    #[test]
    fn an_arrow_that_is_not_in_the_table_is_reported() {
        let found = messages(
            "callboard-model",
            &json!([{ "name": "callboard-db", "kind": null }]),
        );
        assert!(
            found[0].starts_with("must not use callboard-db"),
            "{found:?}"
        );
        let found = messages(
            "callboard-catalog",
            &json!([{ "name": "callboard-db", "kind": null }]),
        );
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        let dev = messages(
            "callboard-model",
            &json!([{ "name": "callboard-testkit", "kind": "dev" }]),
        );
        assert_eq!(dev, [""; 0]);
        let normal = messages(
            "callboard-model",
            &json!([{ "name": "callboard-testkit", "kind": null }]),
        );
        assert_eq!(normal.len(), 1);
    }

    #[test]
    fn a_crate_that_is_not_in_the_table_is_reported() {
        assert!(messages("callboard-new", &json!([]))[0].contains("not in the table"));
    }

    #[test]
    fn only_the_database_crate_uses_sqlx() {
        assert_eq!(
            messages(
                "callboard-catalog",
                &json!([{ "name": "sqlx", "kind": null }])
            )
            .len(),
            1
        );
    }
}
