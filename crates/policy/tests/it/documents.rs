//! The examples in the book are true.
use callboard_policy::{PERMISSIONS, RULES};

use super::*;

const PROBLEMS: &str = include_str!("../../../../docs/diagnostics/policy.md");
const PERMISSIONS_PAGE: &str = include_str!("../../../../docs/permissions.md");

/// Reads an example as the kind of file that it is; nothing for examples of the configuration.
fn read(language: &str, text: &str) -> Option<Vec<Diagnostic>> {
    let mut sources = Sources {
        settings: enabled(),
        ..Sources::default()
    };
    match language {
        "csv" => sources.csv = Some(source("example.csv", text)),
        "yaml" if text.starts_with("apiVersion:") => {
            sources.policies.push(source("example.yaml", text));
        }
        "yaml" if text.contains("roleEntityRef") => {
            sources.conditional = Some(source("example.yaml", text));
        }
        _ => return None,
    }
    Some(Policy::load(sources).1)
}

/// The fenced examples of a page.
fn examples(page: &str) -> Vec<(&str, &str)> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.split_once('\n')).collect()
}

#[test]
fn bad_examples_have_the_problem_and_good_ones_have_none() {
    for section in PROBLEMS.split("\n## ").skip(1) {
        let code = &section[..6];
        let examples = examples(section);
        assert_eq!(examples.len(), 2, "{code}");
        let [bad, good] = [0, 1].map(|at| read(examples[at].0, examples[at].1));
        if let Some(good) = good {
            assert!(good.is_empty(), "{code}: {}", told(&good));
        }
        // A file with too much would be too long for a page.
        if let Some(bad) = bad.filter(|_| code != "POL020") {
            let codes: Vec<_> = bad.iter().map(|problem| problem.code.as_str()).collect();
            assert!(codes.contains(&code), "{code}: {codes:?}");
        }
    }
}

#[test]
fn the_page_on_permissions_is_true_and_names_everything() {
    let examples = examples(PERMISSIONS_PAGE);
    let read: Vec<_> = examples
        .iter()
        .filter_map(|(language, text)| read(language, text))
        .collect();
    assert!(read.len() >= 4);
    for found in read {
        assert!(found.is_empty(), "{}", told(&found));
    }
    for permission in PERMISSIONS {
        let row = format!("| `{}` |", permission.name);
        assert!(PERMISSIONS_PAGE.contains(&row), "{}", permission.name);
    }
    for rule in RULES {
        let row = format!("| `{}` |", rule.name);
        assert!(PERMISSIONS_PAGE.contains(&row), "{}", rule.name);
    }
}
