//! Where a scan begins: the locations of configuration, or the paths a person wants checked.
use std::path::{Path, PathBuf};

use callboard_model::{Diagnostic, Severity};
use serde_json::{Value, json};

use super::{Pending, Scan, Scanner, expand_pending, no_match};
use crate::{
    Allow, LocationRef, Registered, Rule, Settings,
    check::lint_references,
    draft::Draft,
    location::{is_url, join},
    pattern::glob_base,
};

/// Most files that checking a folder looks at.
const MAX_CHECKED: usize = 100_000;

impl Scanner {
    /// Returns the place in configuration of a registered location.
    pub(crate) fn root_of(&self, origin: &LocationRef) -> Option<usize> {
        let mut known: Vec<_> = self.resolved.iter().collect();
        known.sort_unstable();
        known
            .into_iter()
            .find(|(_, path)| LocationRef::file(path) == *origin)
            .map(|(at, _)| *at)
    }

    /// Returns the files that one registered location means.
    pub(super) fn register(&mut self, at: usize, scan: &mut Scan) -> Vec<Pending> {
        let registered = self.settings.locations[at].clone();
        let registered = &registered;
        let (file, span) = match &registered.declared {
            Some((file, span)) => (file.as_str(), Some(*span)),
            None => (registered.target.as_str(), None),
        };
        if registered.location_type != "file" || is_url(&registered.target) {
            let message = format!(
                "cannot read {}: only files are read, not locations of type {}",
                registered.target, registered.location_type
            );
            scan.diagnostics.push(
                Diagnostic::new("CAT005", Severity::Error, file, message)
                    .with_span(span)
                    .with_help("copy the file to a place this portal can read, and use type: file"),
            );
            return Vec::new();
        }
        if registered.target.is_empty() {
            let problem = Diagnostic::new(
                "CAT006",
                Severity::Error,
                file,
                "the location has no target",
            );
            scan.diagnostics.push(problem.with_span(span));
            return Vec::new();
        }
        let candidates: Vec<PathBuf> = registered
            .bases
            .iter()
            .map(|base| join(base, &registered.target))
            .collect();
        let known = self.resolved.get(&at).cloned();
        let path = match candidates
            .iter()
            .find(|path| is_there(path))
            .cloned()
            .or(known)
        {
            Some(path) => path,
            None => {
                // Nobody knows which of them it was before the portal started.
                scan.unmatched.extend(candidates.iter().cloned());
                candidates.into_iter().next().unwrap_or_default()
            }
        };
        self.resolved.insert(at, path.clone());
        let origin = LocationRef::file(&path);
        scan.generated
            .extend(generated(&origin).map(|draft| (at, draft)));
        let declared = Some((file.to_owned(), span));
        let pending = Pending {
            path,
            root: at,
            origin,
            optional: false,
            chain: Vec::new(),
            declared,
        };
        expand_pending(pending, scan, |_, scan| {
            scan.diagnostics
                .push(no_match(file, span, &registered.target));
        })
    }
}

/// Whether a path, or the folder that a pattern starts from, exists.
fn is_there(path: &Path) -> bool {
    path.exists() || (glob_base(path) != *path && glob_base(path).is_dir())
}

/// Makes the Location entity that stands for a registered location, as Backstage does.
fn generated(origin: &LocationRef) -> Option<Draft> {
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Location",
        "metadata": {"name": origin.generated_name()},
        "spec": {"type": origin.location_type, "target": origin.target},
    });
    match entity {
        Value::Object(entity) => Draft::new(entity, origin, origin, None),
        _ => None,
    }
}

/// Checks files and folders as ingestion would, without a database.
///
/// In a folder, every YAML file that speaks of Backstage's entities is checked. References are checked too when more
/// than one file was read, since a single file does not say what else the catalog has.
#[must_use]
pub fn check_paths(paths: &[PathBuf], from: &Path) -> Vec<Diagnostic> {
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
    let settings = Settings {
        locations: locations.map(register).collect(),
        rules: vec![Rule {
            allow: every_kind,
            locations: None,
        }],
    };
    let scan = Scanner::new(settings, Some(from.to_owned())).scan();
    let mut found = scan.diagnostics;
    for file in &scan.files {
        found.extend(file.outcome.diagnostics.iter().cloned());
    }
    let (winners, conflicts) = crate::stitch::winners(&scan.files, &[]);
    found.extend(conflicts);
    if scan.files.len() > 1 {
        for winner in winners.values() {
            found.extend(lint_references(winner.file, winner.draft, |r| {
                winners.contains_key(r)
            }));
        }
    }
    found
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
            || crate::read::read_file(path).is_ok_and(|(bytes, _)| speaks_of_entities(&bytes)))
}

fn speaks_of_entities(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .any(|line| line.starts_with("apiVersion:") && line.contains("backstage.io/"))
}
