//! Repairing files: rounds of certain repairs, each taken only if the file then has no error it had not before.
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
};

use callboard_diagnostics::{Severities, apply_fixes, print};
use callboard_model::{Diagnostic, Fix, Severity};

use super::paths::Checked;

/// Most rounds; a repair seldom makes room for another.
const MAX_ROUNDS: usize = 20;

/// Most repairs of one file that are tried one by one when they do not work together.
const MAX_SINGLE: usize = 100;

/// One file with its repairs; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// The file itself, not a link to it.
    pub path: PathBuf,
    /// The file as diagnostics name it.
    pub name: String,
    /// What it holds.
    pub before: Vec<u8>,
    /// What it should hold.
    pub after: Vec<u8>,
    /// The problems that are repaired, with the places they had.
    pub applied: Vec<Diagnostic>,
}

/// What can be repaired, and what is left.
#[derive(Debug, Clone, Default)]
pub struct Fixes {
    /// Files that change.
    pub files: Vec<FixedFile>,
    /// Problems that the files have then.
    pub left: Vec<Diagnostic>,
}

/// Works out every certain repair of the files that [`super::check_paths`] would look at. Writes nothing.
///
/// Only files below the given paths are changed, never those that a link or a Location leads to elsewhere; and no
/// problem is repaired that is switched off.
#[must_use]
pub fn fix_paths(paths: &[PathBuf], from: &Path, severities: &Severities) -> Fixes {
    let checked = Checked::new(paths, from);
    let mut work = Work {
        roots: paths
            .iter()
            .filter_map(|path| from.join(path).canonicalize().ok())
            .collect(),
        by_name: checked.by_name(),
        checked,
        severities,
        files: BTreeMap::new(),
        frozen: HashSet::new(),
    };
    let mut found = work.problems();
    for _ in 0..MAX_ROUNDS {
        if !work.round(&found) {
            break;
        }
        found = work.problems();
    }
    let changed = |file: &FixedFile| file.before != file.after;
    Fixes {
        files: work.files.into_values().filter(changed).collect(),
        left: found,
    }
}

struct Work<'a> {
    checked: Checked,
    severities: &'a Severities,
    /// What may be changed.
    roots: Vec<PathBuf>,
    by_name: HashMap<String, usize>,
    /// Files with repairs, by their place in the scan.
    files: BTreeMap<usize, FixedFile>,
    /// Files that are left alone from now on.
    frozen: HashSet<usize>,
}

impl Work<'_> {
    fn problems(&self) -> Vec<Diagnostic> {
        let content = |at: usize| self.files.get(&at).map(|file| file.after.clone());
        let mut found = self.severities.apply(self.checked.problems(&content));
        print::sort(&mut found);
        found
    }

    /// Makes the repairs of one round; false when there were none.
    fn round(&mut self, found: &[Diagnostic]) -> bool {
        let mut by_file: BTreeMap<usize, Vec<&Diagnostic>> = BTreeMap::new();
        for problem in found.iter().filter(|problem| problem.fix.is_some()) {
            if let Some(at) = self.by_name.get(&problem.file) {
                by_file.entry(*at).or_default().push(problem);
            }
        }
        let before = self.checked.conflicts();
        let mut changed = Vec::new();
        for (at, problems) in by_file {
            if self.frozen.contains(&at) || !self.open(at) {
                continue;
            }
            if let Some(old) = self.repair(at, &problems) {
                changed.push((at, old));
            }
        }
        // A repaired name may be the name of something else.
        let after = self.checked.conflicts();
        let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
        for (at, old) in &changed {
            let name = &self.checked.files()[*at].name;
            let is_in = |one: &&Diagnostic| one.file == *name || one.message.contains(name);
            if new.iter().any(is_in) {
                self.frozen.insert(*at);
                self.checked.reread(*at, &old.after);
                self.files.insert(*at, old.clone());
            }
        }
        changed.iter().any(|(at, _)| !self.frozen.contains(at))
    }

    /// Reads a file that is about to change; false when it may not change, or is not what was checked.
    fn open(&mut self, at: usize) -> bool {
        if self.files.contains_key(&at) {
            return true;
        }
        let file = &self.checked.files()[at];
        let real = file.local_path().and_then(|path| path.canonicalize().ok());
        let Some(path) = real.filter(|path| self.roots.iter().any(|root| path.starts_with(root)))
        else {
            return false;
        };
        let Ok(bytes) = std::fs::read(&path) else {
            return false;
        };
        if self.checked.preview(at, &bytes).diagnostics != file.outcome.diagnostics {
            return false;
        }
        let name = file.name.clone();
        let opened = FixedFile {
            path,
            name,
            before: bytes.clone(),
            after: bytes,
            applied: Vec::new(),
        };
        self.files.insert(at, opened);
        true
    }

    /// Repairs one file and returns what it was, or nothing when no repair works.
    fn repair(&mut self, at: usize, problems: &[&Diagnostic]) -> Option<FixedFile> {
        let old = self.files.get(&at)?.clone();
        let taken = self.try_out(at, &old.after, problems).or_else(|| {
            let mut taken: Vec<&Diagnostic> = Vec::new();
            for problem in problems.iter().take(MAX_SINGLE) {
                taken.push(problem);
                if self.try_out(at, &old.after, &taken).is_none() {
                    taken.pop();
                }
            }
            self.try_out(at, &old.after, &taken)
        });
        let (text, applied) = taken.filter(|(text, _)| *text != old.after)?;
        self.checked.reread(at, &text);
        let file = self.files.get_mut(&at)?;
        file.after = text;
        file.applied.extend(applied);
        Some(old)
    }

    /// Applies repairs and returns the text with those that were made, unless there is a new error.
    fn try_out(
        &self,
        at: usize,
        text: &[u8],
        problems: &[&Diagnostic],
    ) -> Option<(Vec<u8>, Vec<Diagnostic>)> {
        let fixes: Vec<&Fix> = problems
            .iter()
            .filter_map(|problem| problem.fix.as_ref())
            .collect();
        let fixed = apply_fixes(text, &fixes);
        let before = &self.checked.files()[at].outcome.diagnostics;
        let after = self.checked.preview(at, &fixed.text).diagnostics;
        let applied = fixed.applied.iter().map(|one| problems[*one].clone());
        (!has_new_error(before, &after)).then(|| (fixed.text, applied.collect()))
    }
}

/// Whether there are more errors of some code and message than before.
fn has_new_error(before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let mut known: HashMap<(&str, &str), i64> = HashMap::new();
    let errors = |all| -> Box<dyn Iterator<Item = &Diagnostic>> {
        let all: &[Diagnostic] = all;
        Box::new(all.iter().filter(|one| one.severity == Severity::Error))
    };
    for one in errors(before) {
        *known.entry((&one.code, &one.message)).or_default() += 1;
    }
    for one in errors(after) {
        *known.entry((&one.code, &one.message)).or_default() -= 1;
    }
    known.values().any(|count| *count < 0)
}
