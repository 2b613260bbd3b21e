//! The documents: their links lead somewhere, the map names what exists, and the front page is short.
mod markdown;

use super::{Problem, tree::Tree};
use markdown::{code_spans, links};

/// The README must have fewer lines than this.
const README_LINES: usize = 80;
/// The endings that make a word in backticks the name of a file.
const FILE_ENDINGS: [&str; 8] = [
    ".css", ".js", ".md", ".mjs", ".rs", ".sql", ".toml", ".yaml",
];

/// Checks all Markdown files.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems: Vec<Problem> = tree
        .texts(".md")
        .flat_map(|(path, text)| broken_links(tree, path, text))
        .collect();
    problems.extend(readme(tree));
    problems.extend(map(tree));
    problems
}

fn broken_links(tree: &Tree, path: &str, text: &str) -> Vec<Problem> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut problems = Vec::new();
    for (line, target) in links(text) {
        let file = target.split(['#', '?']).next().unwrap_or_default();
        let elsewhere = file.contains(':') || file.starts_with('/');
        if file.is_empty() || elsewhere {
            continue;
        }
        let found = joined(folder, file).is_some_and(|file| tree.has(&file));
        if !found {
            problems.push(Problem::new(
                path,
                line,
                format!("the link leads nowhere: {file}"),
            ));
        }
    }
    problems
}

/// Joins a folder and a relative path; `None` if the path leaves the repository.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn readme(tree: &Tree) -> Option<Problem> {
    let lines = tree.text("README.md")?.lines().count();
    let message = format!("{lines} lines; it must have fewer than {README_LINES}");
    (lines >= README_LINES).then(|| Problem::new("README.md", 0, message))
}

/// Checks that every path `ARCHITECTURE.md` names in backticks exists.
fn map(tree: &Tree) -> Vec<Problem> {
    const MAP: &str = "ARCHITECTURE.md";
    let text = tree.text(MAP).unwrap_or_default();
    let mut problems = Vec::new();
    for (line, span) in code_spans(text) {
        for path in alternatives(span)
            .into_iter()
            .filter(|word| is_path(tree, word))
        {
            let fixed: Vec<&str> = path
                .split('/')
                .take_while(|part| !part.contains(['*', '<', '…']))
                .collect();
            if !tree.has(&fixed.join("/")) {
                problems.push(Problem::new(
                    MAP,
                    line,
                    format!("names a path that does not exist: {path}"),
                ));
            }
        }
    }
    problems
}

/// Tells whether a word in backticks is meant as a path of the repository.
fn is_path(tree: &Tree, word: &str) -> bool {
    if word.contains([' ', ':', '(', '=']) || word.starts_with(['/', '.', '-']) {
        return false;
    }
    let first = word.split('/').next().unwrap_or_default();
    let known_folder = word.contains('/') && tree.has(first);
    let file = word.contains('/') && FILE_ENDINGS.iter().any(|ending| word.ends_with(ending));
    known_folder || file || word.ends_with('/')
}

/// Spells `a/{b,c}.rs` out as `a/b.rs` and `a/c.rs`.
fn alternatives(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('{') else {
        return vec![word.to_owned()];
    };
    let Some((inner, after)) = rest.split_once('}') else {
        return vec![word.to_owned()];
    };
    inner
        .split(',')
        .flat_map(|choice| alternatives(&format!("{before}{}{after}", choice.trim())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files))
            .into_iter()
            .map(|problem| problem.to_string())
            .collect()
    }

    #[test]
    fn a_link_to_a_file_that_is_not_there_is_reported() {
        let files = [
            (
                "docs/a.md",
                "Text.\nSee [b](b.md), [c](../README.md#top) and [d](dev/gone.md).",
            ),
            ("docs/b.md", ""),
            ("README.md", ""),
        ];
        assert_eq!(
            messages(&files),
            ["docs/a.md:2: the link leads nowhere: dev/gone.md"]
        );
    }

    #[test]
    fn links_out_of_the_repository_and_within_the_page_are_left_alone() {
        let text =
            "[a](https://example.com/x.md) [b](#top) [c](/catalog) [d](mailto:x@example.com)";
        assert_eq!(messages(&[("a.md", text)]), [""; 0]);
        assert_eq!(messages(&[("a.md", "[x](../outside.md)")]).len(), 1);
    }

    #[test]
    fn a_long_readme_is_reported() {
        assert_eq!(messages(&[("README.md", &"line\n".repeat(79))]), [""; 0]);
        assert_eq!(messages(&[("README.md", &"line\n".repeat(80))]).len(), 1);
    }

    #[test]
    fn the_map_names_only_what_exists() {
        let map = "`src/ui/` `src/{lib,gone}.rs` `src/ui/*.rs` `cfg(feature)` `/catalog` `application/json` `style/`";
        let files = [
            ("ARCHITECTURE.md", map),
            ("src/lib.rs", "//! x"),
            ("src/ui/kit.rs", "//! x"),
        ];
        assert_eq!(
            messages(&files),
            [
                "ARCHITECTURE.md:1: names a path that does not exist: src/gone.rs",
                "ARCHITECTURE.md:1: names a path that does not exist: style/",
            ]
        );
    }
}
