//! The shape of every Rust file: it says what it is for, it is short, and modules are named one way.
use super::{Problem, tree::Tree};

/// The most lines a file may have; nine of ten should stay below 250.
const LONGEST: usize = 450;

/// Checks all Rust files.
pub fn rust_files(tree: &Tree) -> Vec<Problem> {
    tree.texts(".rs")
        .flat_map(|(path, text)| rust_file(path, text))
        .collect()
}

fn rust_file(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !text.starts_with("//! ") {
        problems.push(Problem::new(
            path,
            1,
            "the first line must be `//!` with one sentence of purpose",
        ));
    }
    let lines = text.lines().count();
    if lines > LONGEST {
        problems.push(Problem::new(
            path,
            0,
            format!("{lines} lines, at most {LONGEST}: split it by idea"),
        ));
    }
    if path.ends_with("/mod.rs") {
        problems.push(Problem::new(
            path,
            0,
            "a module is `foo.rs` with a folder `foo/` beside it, never `mod.rs`",
        ));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_sentence_of_purpose_is_reported() {
        let tree = Tree::of(&[
            ("src/a.rs", "//! Does it.\n"),
            ("src/b.rs", "use std;\n"),
            ("src/c.rs", ""),
        ]);
        let paths: Vec<_> = rust_files(&tree)
            .into_iter()
            .map(|problem| problem.path)
            .collect();
        assert_eq!(paths, ["src/b.rs", "src/c.rs"]);
    }

    #[test]
    fn a_file_that_is_too_long_is_reported() {
        let longest = format!("//! Text.\n{}", "\n".repeat(LONGEST - 1));
        assert_eq!(rust_file("src/a.rs", &longest), []);
        let longer = format!("{longest}\n");
        assert!(
            rust_file("src/a.rs", &longer)[0]
                .message
                .starts_with("451 lines")
        );
    }

    #[test]
    fn a_mod_rs_is_reported() {
        assert_eq!(rust_file("src/ui/mod.rs", "//! Text.\n").len(), 1);
        assert_eq!(rust_file("src/ui.rs", "//! Text.\n"), []);
    }
}
