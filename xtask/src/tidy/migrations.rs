//! The migrations of the two databases: the same steps in the same order.
use std::collections::BTreeMap;

use super::{Problem, tree::Tree};

const FOLDERS: [&str; 2] = ["migrations/sqlite", "migrations/postgres"];

/// Checks that each migration exists for both databases and that no number is used twice.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let [sqlite, postgres] = FOLDERS.map(|folder| tree.inside(folder));
    let mut problems = Vec::new();
    for (names, others, folder) in [
        (&sqlite, &postgres, FOLDERS[1]),
        (&postgres, &sqlite, FOLDERS[0]),
    ] {
        let missing = names
            .difference(others)
            .filter(|name| name.ends_with(".sql"));
        problems.extend(missing.map(|name| {
            Problem::new(
                &format!("{folder}/{name}"),
                0,
                "is missing: the other database has it",
            )
        }));
    }
    for (folder, names) in FOLDERS.iter().zip([&sqlite, &postgres]) {
        let mut numbers: BTreeMap<&str, &str> = BTreeMap::new();
        for name in names.iter().filter(|name| name.ends_with(".sql")) {
            let number = name.split('_').next().unwrap_or_default();
            if let Some(first) = numbers.insert(number, name) {
                problems.push(Problem::new(
                    &format!("{folder}/{name}"),
                    0,
                    format!("has the number of {first}"),
                ));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(files: &[&str]) -> Vec<String> {
        let files: Vec<(&str, &str)> = files.iter().map(|name| (*name, "")).collect();
        check(&Tree::of(&files))
            .into_iter()
            .map(|problem| problem.path)
            .collect()
    }

    #[test]
    fn a_migration_of_one_database_alone_is_reported() {
        assert_eq!(
            places(&[
                "migrations/sqlite/0001_a.sql",
                "migrations/postgres/0001_a.sql",
                "migrations/postgres/0002_b.sql"
            ]),
            ["migrations/sqlite/0002_b.sql"]
        );
        assert_eq!(
            places(&[
                "migrations/sqlite/0001_a.sql",
                "migrations/postgres/0001_b.sql"
            ]),
            [
                "migrations/postgres/0001_a.sql",
                "migrations/sqlite/0001_b.sql"
            ]
        );
    }

    #[test]
    fn equal_steps_are_fine() {
        let same = [
            "migrations/sqlite/0001_a.sql",
            "migrations/postgres/0001_a.sql",
            "migrations/README.md",
        ];
        assert_eq!(places(&same), [""; 0]);
    }

    #[test]
    fn a_number_used_twice_is_reported() {
        let twice = [
            "migrations/sqlite/0001_a.sql",
            "migrations/sqlite/0001_b.sql",
            "migrations/postgres/0001_a.sql",
            "migrations/postgres/0001_b.sql",
        ];
        assert_eq!(
            places(&twice),
            [
                "migrations/sqlite/0001_b.sql",
                "migrations/postgres/0001_b.sql"
            ]
        );
    }
}
