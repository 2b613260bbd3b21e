//! Who may name what: the layering rules that can be read off the text of the Rust files.
//!
//! Comments, string literals and the test module at the end of a file are not looked at; nor is xtask, whose rules
//! name everything they forbid.
mod text;

use super::{Problem, tree::Tree};
use text::code_lines;

/// One rule: these names stand nowhere but in these places.
struct Rule {
    /// The names; each is looked for as a whole word where it begins and ends with a letter.
    names: &'static [&'static str],
    /// The files the rule is about, by the beginning of their path.
    within: &'static [&'static str],
    /// The files where the names are allowed, by the beginning of their path.
    except: &'static [&'static str],
    /// What to say.
    message: &'static str,
}

const RULES: [Rule; 7] = [
    Rule {
        names: &["sqlx"],
        within: &[""],
        except: &["crates/db/"],
        message: "only crates/db names `sqlx`",
    },
    Rule {
        names: &["env::var", "env::var_os", "env::vars", "env::vars_os"],
        within: &[""],
        except: &["crates/config/", "crates/testkit/"],
        message: "only crates/config reads the environment",
    },
    Rule {
        names: &["tokio::spawn", "tokio::task::spawn", "task::spawn"],
        within: &["src/", "crates/"],
        except: &["src/main.rs", "src/server/jobs", "crates/testkit/"],
        message: "only src/main.rs and src/server/jobs start tasks",
    },
    Rule {
        names: &["crate::server", "super::server", "callboard::server"],
        within: &["src/ui.rs", "src/ui/"],
        except: &[],
        message: "the UI never names the server; it asks `crate::api`",
    },
    Rule {
        names: &["callboard_model"],
        within: &["src/ui/kit.rs", "src/ui/kit/"],
        except: &[],
        message: "the kit knows nothing of the catalog's types",
    },
    Rule {
        names: &["crate::api"],
        within: &[
            "src/ui/components.rs",
            "src/ui/components/",
            "src/ui/kit.rs",
            "src/ui/kit/",
        ],
        except: &[],
        message: "components load no data; pages and islands do and hand it down",
    },
    Rule {
        names: &["std::net", "std::fs", "SystemTime", "Instant", "tokio"],
        within: &["crates/model/"],
        except: &[],
        message: "the model needs no socket, file or clock: it is compiled for the browser too",
    },
];

/// Checks all rules and the gate between server and browser.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, text) in tree.texts(".rs").filter(|(path, _)| !is_exempt(path)) {
        problems.extend(RULES.iter().flat_map(|rule| rule.check(path, text)));
        problems.extend(gate(path, text));
    }
    problems
}

/// Tests, benchmarks and build scripts may reach around the layers.
fn is_exempt(path: &str) -> bool {
    let test = ["tests/", "benches/", "examples/"]
        .iter()
        .any(|dir| path.starts_with(dir) || path.contains(&format!("/{dir}")));
    test || path.starts_with("xtask/") || path.ends_with("/tests.rs") || path.ends_with("build.rs")
}

impl Rule {
    fn check(&self, path: &str, text: &str) -> Vec<Problem> {
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| path.starts_with(prefix));
        if !begins(self.within) || begins(self.except) {
            return Vec::new();
        }
        let names = |line: &str| {
            let code = text::without_strings(line);
            self.names.iter().any(|name| text::names(&code, name))
        };
        let lines = code_lines(text).filter(|(_, line)| names(line));
        lines
            .map(|(number, _)| Problem::new(path, number, self.message))
            .collect()
    }
}

/// Checks that features are asked for in `src/lib.rs` and `src/platform.rs` only; `src/ui.rs` may do it once, to leave
/// its pages out of the browser's build.
fn gate(path: &str, text: &str) -> Vec<Problem> {
    const MESSAGE: &str = "`cfg(feature = …)` stands in src/lib.rs and src/platform.rs only";
    if ["src/lib.rs", "src/platform.rs"].contains(&path) {
        return Vec::new();
    }
    let lines: Vec<(usize, &str)> = code_lines(text).collect();
    let mut problems = Vec::new();
    for (place, (number, line)) in lines.iter().enumerate() {
        let asks = line.contains("cfg") && line.replace(' ', "").contains("feature=");
        let next = lines.get(place + 1).map_or("", |(_, line)| line.trim());
        let pages = path == "src/ui.rs"
            && ["pub mod pages;", "pub(crate) mod pages;", "mod pages;"].contains(&next);
        if asks && !pages {
            problems.push(Problem::new(path, *number, MESSAGE));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [usize; 0] = [];

    /// Checks one file and returns the lines with problems.
    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::of(&[(path, text)]))
            .into_iter()
            .map(|problem| problem.line)
            .collect()
    }

    #[test]
    fn only_the_database_crate_names_sqlx() {
        let text = "//! Text.\nuse sqlx::Row;\n";
        assert_eq!(lines("crates/catalog/src/store.rs", text), [2]);
        assert_eq!(lines("src/server/services.rs", text), [2]);
        assert_eq!(lines("crates/db/src/lib.rs", text), NONE);
        assert_eq!(
            lines(
                "crates/catalog/src/a.rs",
                "//! No sqlx here.\n// sqlx\nlet sqlxish = \"sqlx=warn\";\n"
            ),
            NONE
        );
    }

    #[test]
    fn only_the_configuration_reads_the_environment() {
        let text = "//! Text.\nlet a = std::env::var(\"A\");\n";
        assert_eq!(lines("src/server/run.rs", text), [2]);
        assert_eq!(lines("crates/config/src/sources.rs", text), NONE);
        assert_eq!(lines("crates/db/tests/contract.rs", text), NONE);
        assert_eq!(lines("src/main.rs", "let args = std::env::args();"), NONE);
    }

    #[test]
    fn only_main_and_the_jobs_start_tasks() {
        let text = "tokio::spawn(async {});\n";
        assert_eq!(lines("crates/catalog/src/watch.rs", text), [1]);
        assert_eq!(lines("src/server/rest/entities.rs", text), [1]);
        assert_eq!(lines("src/server/jobs/ingest.rs", text), NONE);
        assert_eq!(lines("src/server/jobs.rs", text), NONE);
        assert_eq!(
            lines(
                "crates/catalog/src/watch.rs",
                "tokio::task::spawn_blocking(work);"
            ),
            NONE
        );
    }

    #[test]
    fn the_user_interface_never_names_the_server() {
        assert_eq!(
            lines("src/ui/pages/home.rs", "use crate::server::Services;"),
            [1]
        );
        assert_eq!(
            lines("src/api/catalog.rs", "use crate::server::Services;"),
            NONE
        );
    }

    #[test]
    fn the_kit_names_no_model_and_components_call_no_server_function() {
        assert_eq!(
            lines("src/ui/kit/button.rs", "use callboard_model::Entity;"),
            [1]
        );
        assert_eq!(
            lines("src/ui/components/link.rs", "use callboard_model::Entity;"),
            NONE
        );
        assert_eq!(
            lines("src/ui/components/link.rs", "use crate::api::catalog;"),
            [1]
        );
        assert_eq!(
            lines("src/ui/pages/home.rs", "use crate::api::catalog;"),
            NONE
        );
    }

    #[test]
    fn the_model_needs_no_clock_and_no_file() {
        assert_eq!(
            lines("crates/model/src/entity.rs", "use std::time::SystemTime;"),
            [1]
        );
        assert_eq!(lines("crates/model/src/entity.rs", "use std::fmt;"), NONE);
    }

    #[test]
    fn features_are_asked_for_at_the_gate_only() {
        let text = "#[cfg(feature = \"ssr\")]\npub mod pages;\n#[cfg(feature = \"ssr\")]\npub mod other;\n";
        assert_eq!(lines("src/lib.rs", text), NONE);
        assert_eq!(lines("src/platform.rs", text), NONE);
        assert_eq!(
            lines("src/ui.rs", text),
            [3],
            "the pages are the one exception"
        );
        assert_eq!(lines("src/api.rs", text), [1, 3]);
        assert_eq!(lines("src/api.rs", "if cfg!(feature=\"hydrate\") {}"), [1]);
        assert_eq!(lines("src/api.rs", "#[cfg(test)]\nmod tests {}"), NONE);
    }
}
