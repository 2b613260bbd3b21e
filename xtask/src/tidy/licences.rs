//! The licences of everything we build with: an explicit list, so that a new one is a decision.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Problem;

/// What may be part of Callboard under its own Apache-2.0 licence.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What may be part of xtask, which is never given to anybody: it must not reach the server or the browser.
const ALLOWED_IN_TOOLS: [&str; 1] = ["MPL-2.0"];

/// Checks the licence of every package that takes part in a build.
pub fn check(metadata: &Value) -> Vec<Problem> {
    let product = reachable(metadata, |name| name != "xtask");
    let tools = reachable(metadata, |name| name == "xtask");
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| {
            let id = package["id"].as_str()?;
            if product.contains(id) {
                package_problem(package, &ALLOWED)
            } else if tools.contains(id) {
                package_problem(package, &[&ALLOWED[..], &ALLOWED_IN_TOOLS[..]].concat())
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
    let message = format!("its licence is not on our list (xtask/src/tidy/licences.rs): {shown}");
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
        check(&metadata)
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
    fn a_tool_may_have_a_licence_that_the_product_may_not() {
        assert_eq!(places("MIT", "MPL-2.0"), [""; 0]);
        assert_eq!(places("MPL-2.0", "MIT"), ["package product"]);
    }
}
