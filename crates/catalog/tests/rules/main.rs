//! Every rule about entities, with the exact place, message and repair it gives.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]
mod annotations;
mod apis;
mod fields;
mod fix;
mod forms;
mod locations;
mod people;
mod references;
mod templates;

use std::{collections::BTreeSet, fs, path::Path};

use callboard_diagnostics::{print, rules};
use callboard_model::Diagnostic;

/// Some files and everything that is said about them.
pub(crate) struct Case {
    /// The rule that the case is for.
    pub(crate) code: &'static str,
    /// Names and contents.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// One line for each problem: code, place, message and, after `=>`, the text that the repair puts there.
    pub(crate) want: &'static [&'static str],
}

const GROUPS: &[&[Case]] = &[
    annotations::CASES,
    apis::CASES,
    fields::CASES,
    forms::CASES,
    locations::CASES,
    people::CASES,
    references::CASES,
    templates::CASES,
];

/// Rules that only an ingestion with a database or a network shows, or that need too much for a table; other tests
/// have them.
const ELSEWHERE: &[&str] = &["CAT004", "CAT006", "CAT007", "CAT026", "CAT027", "CAT036"];

pub(crate) fn write(files: &[(&str, &str)], folder: &Path) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn line(found: &Diagnostic) -> String {
    let place = found.span.map_or_else(String::new, |span| {
        format!(
            ":{}:{}-{}:{}",
            span.start.line, span.start.column, span.end.line, span.end.column
        )
    });
    let fix = found
        .fix
        .as_ref()
        .map_or_else(String::new, |fix| format!(" => {:?}", fix.replacement));
    format!(
        "{} {}{place} {}{fix}",
        found.code, found.file, found.message
    )
}

#[test]
fn every_rule_names_the_exact_place_and_its_repair() {
    for case in GROUPS.iter().copied().flatten() {
        let folder = tempfile::tempdir().unwrap();
        write(case.files, folder.path());
        let paths = [folder.path().to_owned()];
        let mut found = callboard_catalog::check_paths(&paths, folder.path());
        print::sort(&mut found);
        let lines: Vec<_> = found.iter().map(line).collect();
        assert_eq!(lines, case.want, "{}: {:#?}", case.code, case.files);
        assert!(
            found.iter().any(|found| found.code == case.code),
            "{} is not among them",
            case.code
        );
    }
}

#[test]
fn every_rule_has_a_case() {
    let cases: BTreeSet<&str> = GROUPS
        .iter()
        .copied()
        .flatten()
        .map(|case| case.code)
        .collect();
    let all: BTreeSet<&str> = rules()
        .iter()
        .map(|rule| rule.code)
        .filter(|code| code.starts_with("CAT") && !ELSEWHERE.contains(code))
        .collect();
    assert_eq!(cases, all);
}
