//! Patterns for many files: `*`, `?`, `[…]` and `{…}` within one part of a path, `**` for any folders.
//!
//! Hidden files and folders are matched only by a part that starts with a dot. Below `**` links to folders are not
//! followed, since they could lead in a circle.
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use globset::{GlobBuilder, GlobMatcher};

/// Most files and folders that are looked at for one pattern.
const MAX_ENTRIES: usize = 500_000;

const SPECIAL: [char; 4] = ['*', '?', '[', '{'];

/// Whether a target is a pattern. A file of just that name comes first.
pub(crate) fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(SPECIAL) && !path.exists()
}

/// Returns the deepest folder that does not depend on the pattern.
pub(crate) fn glob_base(pattern: &Path) -> PathBuf {
    pattern
        .components()
        .take_while(|part| !is_special(*part))
        .collect()
}

fn is_special(part: Component<'_>) -> bool {
    part.as_os_str().to_string_lossy().contains(SPECIAL)
}

/// Whether a pattern would match a path.
pub(crate) fn matches(pattern: &Path, path: &Path) -> bool {
    pattern == path || matcher(&pattern.to_string_lossy()).is_ok_and(|glob| glob.is_match(path))
}

fn matcher(text: &str) -> Result<GlobMatcher, String> {
    let glob = GlobBuilder::new(text).literal_separator(true).build();
    glob.map(|glob| glob.compile_matcher())
        .map_err(|error| error.to_string())
}

/// Returns the files that a pattern matches, sorted, and why some of them may be missing, if they may.
pub(crate) fn expand(pattern: &Path) -> (Vec<PathBuf>, Option<String>) {
    let base = glob_base(pattern);
    let rest = pattern.strip_prefix(&base).unwrap_or(pattern);
    let parts: Result<Vec<Part>, String> = rest.components().map(Part::new).collect();
    let parts = match parts {
        Ok(parts) => parts,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let mut walk = Walk {
        files: BTreeSet::new(),
        looked_at: 0,
        incomplete: None,
    };
    walk.folder(&base, &parts);
    (walk.files.into_iter().collect(), walk.incomplete)
}

/// One part of a pattern.
enum Part {
    /// This name.
    Name(PathBuf),
    /// Names like this; hidden ones too or not.
    Like(GlobMatcher, bool),
    /// Any folders, also none.
    AnyFolders,
}

impl Part {
    fn new(part: Component<'_>) -> Result<Self, String> {
        let text = part.as_os_str().to_string_lossy();
        Ok(match text.as_ref() {
            "**" => Self::AnyFolders,
            _ if is_special(part) => Self::Like(matcher(&text)?, text.starts_with('.')),
            _ => Self::Name(part.as_os_str().into()),
        })
    }
}

struct Walk {
    files: BTreeSet<PathBuf>,
    looked_at: usize,
    incomplete: Option<String>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, parts: &[Part]) {
        let Some((first, rest)) = parts.split_first() else {
            return;
        };
        match first {
            Part::Name(name) => self.found(&folder.join(name), rest),
            Part::Like(glob, hidden) => {
                for (name, path, _) in self.entries(folder) {
                    if (*hidden || !name.starts_with('.')) && glob.is_match(&name) {
                        self.found(&path, rest);
                    }
                }
            }
            Part::AnyFolders => {
                self.folder(folder, rest);
                for (name, path, is_folder) in self.entries(folder) {
                    if is_folder && !name.starts_with('.') {
                        self.folder(&path, parts);
                    }
                }
            }
        }
    }

    /// Takes a path that fits so far: a file at the end of the pattern, a folder before it.
    fn found(&mut self, path: &Path, rest: &[Part]) {
        if !rest.is_empty() {
            if path.is_dir() {
                self.folder(path, rest);
            }
        } else if !path.is_dir() && path.symlink_metadata().is_ok() {
            self.files.insert(path.to_owned());
        }
    }

    /// Returns name, path and whether it is a folder and no link, of everything in a folder.
    fn entries(&mut self, folder: &Path) -> Vec<(String, PathBuf, bool)> {
        let mut found = Vec::new();
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    self.incomplete = Some(format!("{}: {error}", folder.display()));
                }
                return found;
            }
        };
        for entry in entries {
            self.looked_at += 1;
            if self.looked_at > MAX_ENTRIES {
                self.incomplete = Some(format!(
                    "there are more than {MAX_ENTRIES} files and folders"
                ));
                break;
            }
            match entry {
                Ok(entry) => {
                    let is_folder = entry.file_type().is_ok_and(|file_type| file_type.is_dir());
                    found.push((
                        entry.file_name().to_string_lossy().into_owned(),
                        entry.path(),
                        is_folder,
                    ));
                }
                Err(error) => self.incomplete = Some(error.to_string()),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn check(pattern: &str, want: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for file in [
            "a.yaml",
            "b.yml",
            ".hidden.yaml",
            "x/a.yaml",
            "x/y/a.yaml",
            "x/.git/a.yaml",
        ] {
            fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            fs::write(root.join(file), "").unwrap();
        }
        symlink(root, root.join("x/circle")).unwrap();
        let (files, incomplete) = expand(&root.join(pattern));
        assert_eq!(incomplete, None);
        let names: Vec<_> = files
            .iter()
            .map(|file| file.strip_prefix(root).unwrap())
            .collect();
        assert_eq!(
            names,
            want.iter().map(Path::new).collect::<Vec<_>>(),
            "{pattern}"
        );
        assert!(files.iter().all(|file| matches(&root.join(pattern), file)));
    }

    #[test]
    fn patterns_find_files_and_never_walk_in_a_circle() {
        check("*.yaml", &["a.yaml"]);
        check("*.{yaml,yml}", &["a.yaml", "b.yml"]);
        check("?.y*", &["a.yaml", "b.yml"]);
        check("**/a.yaml", &["a.yaml", "x/a.yaml", "x/y/a.yaml"]);
        check("x/*/a.yaml", &["x/circle/a.yaml", "x/y/a.yaml"]);
        check(".*.yaml", &[".hidden.yaml"]);
        check("nothing/*.yaml", &[]);
    }

    #[test]
    fn a_folder_that_cannot_be_looked_into_is_not_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let (files, incomplete) = expand(&folder.path().join("file/*.yaml"));
        assert!(files.is_empty() && incomplete.is_some());
    }
}
