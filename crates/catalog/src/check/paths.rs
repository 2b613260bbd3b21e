//! Checking the files and folders that a person names, as ingestion would read them, without a database.
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_diagnostics::codes;
use callboard_model::Diagnostic;

use super::{Member, lint_catalog, suggest::suggest};
use crate::{
    Allow, Registered, Rule, Scanner, Settings,
    draft::FileOutcome,
    location::join,
    read::read_file,
    scan::{Scan, ScannedFile},
    stitch::winners,
};

/// Most files that checking a folder looks at.
const MAX_CHECKED: usize = 100_000;

/// Checks files and folders as ingestion would, without a database.
///
/// In a folder, every YAML file that speaks of Backstage's entities is checked. References are checked too when more
/// than one file was read, since a single file does not say what else the catalog has.
#[must_use]
pub fn check_paths(paths: &[PathBuf], from: &Path) -> Vec<Diagnostic> {
    Checked::new(paths, from).problems(&|_| None)
}

/// Files that were read to be checked.
pub(super) struct Checked {
    scanner: Scanner,
    scan: Scan,
}

impl Checked {
    /// Reads files and folders.
    pub(super) fn new(paths: &[PathBuf], from: &Path) -> Self {
        let mut scanner = Scanner::new(settings(paths, from), Some(from.to_owned()));
        let scan = scanner.scan();
        Self { scanner, scan }
    }

    /// Returns the files in the order of reading.
    pub(super) fn files(&self) -> &[ScannedFile] {
        &self.scan.files
    }

    /// Returns the place of each file by the name that diagnostics use.
    pub(super) fn by_name(&self) -> HashMap<String, usize> {
        let files = self.scan.files.iter().enumerate();
        files.map(|(at, file)| (file.name.clone(), at)).collect()
    }

    /// Returns what a file would give with other content.
    pub(super) fn preview(&self, at: usize, content: &[u8]) -> FileOutcome {
        self.scanner.reread(&self.scan.files[at], content)
    }

    /// Goes on as if a file had other content.
    pub(super) fn reread(&mut self, at: usize, content: &[u8]) {
        self.scan.files[at].outcome = Arc::new(self.preview(at, content));
    }

    /// Returns the entities that are described twice.
    pub(super) fn conflicts(&self) -> Vec<Diagnostic> {
        winners(&self.scan.files, &[]).1
    }

    /// Returns all problems; `content` knows the files that are read as if they had other content.
    pub(super) fn problems(&self, content: &dyn Fn(usize) -> Option<Vec<u8>>) -> Vec<Diagnostic> {
        let mut found = self.scan.diagnostics.clone();
        for file in &self.scan.files {
            found.extend(file.outcome.diagnostics.iter().cloned());
        }
        let (winners, conflicts) = winners(&self.scan.files, &[]);
        found.extend(conflicts);
        let exists = |other: &str| winners.contains_key(other);
        if self.scan.files.len() > 1 {
            let members: Vec<_> = winners
                .values()
                .map(|winner| Member {
                    file: winner.file,
                    draft: winner.draft,
                })
                .collect();
            found.extend(lint_catalog(&members, exists));
        }
        self.suggest(&mut found, exists, content);
        found
    }

    /// Adds repairs that need to know the other entities; reads only files with such problems.
    fn suggest(
        &self,
        found: &mut [Diagnostic],
        exists: impl Fn(&str) -> bool,
        content: &dyn Fn(usize) -> Option<Vec<u8>>,
    ) {
        let by_name = self.by_name();
        let mut last: Option<(usize, Vec<u8>)> = None;
        let is_wanted = |problem: &&mut Diagnostic| {
            [codes::CAT_REFERENCE, codes::CAT_OWNER_MISSING].contains(&problem.code.as_str())
        };
        for problem in found.iter_mut().filter(is_wanted) {
            let Some(at) = by_name.get(&problem.file).copied() else {
                continue;
            };
            if last.as_ref().is_none_or(|(known, _)| *known != at) {
                let path = self.scan.files[at].local_path();
                let read = || Some(read_file(path?).ok()?.0);
                last = content(at).or_else(read).map(|text| (at, text));
            }
            if let Some((_, text)) = &last {
                suggest(problem, text, &exists);
            }
        }
    }
}

fn settings(paths: &[PathBuf], from: &Path) -> Settings {
    let every_kind = callboard_model::kind::KINDS
        .iter()
        .map(|kind| Allow {
            kind: kind.name.to_owned(),
            spec_type: None,
        })
        .collect();
    let register = |path: PathBuf| Registered {
        location_type: "file".to_owned(),
        target: path.to_string_lossy().into_owned(),
        bases: vec![from.to_owned()],
        ..Registered::default()
    };
    let locations = paths
        .iter()
        .flat_map(|path| entity_files(&join(from, &path.to_string_lossy())));
    Settings {
        locations: locations.map(register).collect(),
        rules: vec![Rule {
            allow: every_kind,
            locations: None,
        }],
        ..Settings::default()
    }
}

fn entity_files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut files = Vec::new();
    collect(path, &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let Ok(file_type) = entry.file_type() else {
            continue;
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if files.len() >= MAX_CHECKED || name.starts_with('.') || name == "node_modules" {
            continue;
        }
        // Links are not followed: they could lead in a circle.
        if file_type.is_dir() {
            collect(&entry.path(), files);
        } else if file_type.is_file() && is_entity_file(&entry.path(), &name) {
            files.push(entry.path());
        }
    }
}

fn is_entity_file(path: &Path, name: &str) -> bool {
    let is_yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    is_yaml
        && (name.starts_with("catalog-info.")
            || read_file(path).is_ok_and(|(bytes, _)| speaks_of_entities(&bytes)))
}

fn speaks_of_entities(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .any(|line| line.starts_with("apiVersion:") && line.contains("backstage.io/"))
}
