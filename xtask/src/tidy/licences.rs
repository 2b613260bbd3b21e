//! The licences of everything we build with: an explicit list, so that a new one is a decision.
//!
//! The list is in `deny.toml`. What that file allows for single packages is for xtask, which is never given to anybody:
//! such a package must not reach the server or the browser, and cargo-deny does not know that.
mod lists;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Problem, tree::Tree};
use lists::Lists;

/// Where the list is.
const LIST: &str = "deny.toml";

/// Checks the licence of every package that takes part in a build.
pub fn check(tree: &Tree, metadata: &Value) -> Vec<Problem> {
    let lists = Lists::read(tree.text(LIST).unwrap_or_default());
    if lists.allowed.is_empty() {
        let message = "has no list `allow` in its table `licenses`, one licence on each line";
        return vec![Problem::new(LIST, 0, message)];
    }
    let product = reachable(metadata, |name| name != "xtask");
    let tools = reachable(metadata, |name| name == "xtask");
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| {
            let id = package["id"].as_str()?;
            if product.contains(id) {
                let list: Vec<&str> = lists.allowed.iter().map(String::as_str).collect();
                package_problem(package, &list)
            } else if tools.contains(id) {
                let name = package["name"].as_str().unwrap_or_default();
                package_problem(package, &lists.with_exceptions_for(name))
            } else {
                None
            }
        })
        .collect()
}

/// Returns the ids of all packages that the chosen packages of ours are built from, tests included.
fn reachable(metadata: &Value, chosen: fn(&str) -> bool) -> BTreeSet<&str> {
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let members = list(&metadata["workspace_members"]);
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let ours = packages.filter(|package| members.contains(&package["id"]));
    let ours = ours.filter(|package| package["name"].as_str().is_some_and(chosen));
    let mut open: Vec<&str> = ours.filter_map(|package| package["id"].as_str()).collect();
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten();
    let edges: BTreeMap<&str, &Value> = nodes
        .filter_map(|node| Some((node["id"].as_str()?, &node["dependencies"])))
        .collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let next = edges
                .get(id)
                .and_then(|edges| edges.as_array())
                .into_iter()
                .flatten();
            open.extend(next.filter_map(Value::as_str));
        }
    }
    found
}

fn package_problem(package: &Value, allowed_here: &[&str]) -> Option<Problem> {
    let name = package["name"].as_str().unwrap_or_default();
    let licence = package["license"].as_str().unwrap_or_default();
    if allowed(licence, allowed_here) {
        return None;
    }
    let shown = if licence.is_empty() {
        "no licence"
    } else {
        licence
    };
    let message = format!("its licence is not on our list ({LIST}): {shown}");
    Some(Problem::new(&format!("package {name}"), 0, message))
}

/// Tells whether a licence expression can be met with a list of licences. Old manifests write `/` for `OR`.
fn allowed(expression: &str, list: &[&str]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !rest.is_empty() && any(&mut rest, list) && rest.is_empty()
}

/// Reads `a OR b OR …`.
fn any(words: &mut &[&str], list: &[&str]) -> bool {
    let mut met = all(words, list);
    while take(words, "OR") {
        met |= all(words, list);
    }
    met
}

/// Reads `a AND b AND …`.
fn all(words: &mut &[&str], list: &[&str]) -> bool {
    let mut met = one(words, list);
    while take(words, "AND") {
        met &= one(words, list);
    }
    met
}

/// Reads one licence, perhaps with an exception to it, or an expression in parentheses.
///
/// An exception only ever allows more, so it is enough that the licence itself is on the list.
fn one(words: &mut &[&str], list: &[&str]) -> bool {
    if take(words, "(") {
        let met = any(words, list);
        return take(words, ")") && met;
    }
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    if take(words, "WITH") {
        let Some((_, rest)) = words.split_first() else {
            return false;
        };
        *words = rest;
    }
    list.contains(first)
}

fn take(words: &mut &[&str], word: &str) -> bool {
    match words.split_first() {
        Some((first, rest)) if *first == word => {
            *words = rest;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ALLOWED: [&str; 3] = ["Apache-2.0", "MIT", "Unicode-3.0"];

    #[test]
    fn one_allowed_licence_of_several_is_enough() {
        assert!(allowed("MIT OR Apache-2.0", &ALLOWED));
        assert!(allowed("GPL-3.0 OR MIT", &ALLOWED));
        assert!(allowed("MIT/Apache-2.0", &ALLOWED));
        assert!(allowed(
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
            &ALLOWED
        ));
    }

    #[test]
    fn licences_that_hold_together_must_all_be_allowed() {
        assert!(allowed("(MIT OR GPL-3.0) AND Unicode-3.0", &ALLOWED));
        assert!(!allowed("MIT AND GPL-3.0", &ALLOWED));
        assert!(!allowed("(MIT OR Apache-2.0) AND AGPL-3.0", &ALLOWED));
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        for expression in ["", "AGPL-3.0", "(MIT", "MIT Apache-2.0", "WITH"] {
            assert!(!allowed(expression, &ALLOWED), "{expression:?}");
        }
    }

    const LISTS: &str = r#"
[licenses]
allow = [
    "Apache-2.0",
    "MIT",
]
exceptions = [
    { crate = "product", allow = ["MPL-2.0"] },
    { crate = "tool", allow = ["MPL-2.0"] },
]
"#;

    /// A workspace whose package and whose xtask use one dependency each, the one used by xtask being `tool`.
    fn places(product: &str, tool: &str) -> Vec<String> {
        let metadata = json!({
            "workspace_members": ["own", "x"],
            "packages": [
                { "id": "own", "name": "callboard", "license": "Apache-2.0" },
                { "id": "x", "name": "xtask", "license": "Apache-2.0" },
                { "id": "a", "name": "product", "license": product },
                { "id": "b", "name": "tool", "license": tool },
                { "id": "c", "name": "for-another-system", "license": "AGPL-3.0" },
            ],
            "resolve": { "nodes": [
                { "id": "own", "dependencies": ["a"] },
                { "id": "x", "dependencies": ["b"] },
                { "id": "a", "dependencies": [] },
                { "id": "b", "dependencies": [] },
            ] },
        });
        check(&Tree::of(&[("deny.toml", LISTS)]), &metadata)
            .into_iter()
            .map(|problem| problem.path)
            .collect()
    }

    #[test]
    fn a_package_in_the_build_with_another_licence_is_reported_and_one_outside_is_not() {
        assert_eq!(places("MIT", "MIT"), [""; 0]);
        assert_eq!(
            places("AGPL-3.0", "AGPL-3.0"),
            ["package product", "package tool"]
        );
    }

    #[test]
    fn an_exception_is_for_tools_and_not_for_the_product() {
        assert_eq!(places("MIT", "MPL-2.0"), [""; 0]);
        assert_eq!(places("MPL-2.0", "MIT"), ["package product"]);
    }

    #[test]
    fn a_list_that_cannot_be_found_is_reported() {
        for files in [&[][..], &[("deny.toml", "[licenses]\nallow = [\"MIT\"]")]] {
            let problems = check(&Tree::of(files), &json!({}));
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(problems[0].path, "deny.toml");
        }
    }
}
