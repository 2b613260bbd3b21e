//! Which files of a repository a target means: those that a path with stars matches, or all of a folder.
use globset::{Glob, GlobBuilder, GlobMatcher};

use super::{RepoTarget, malformed};
use crate::{ErrorKind, Found, ScmError, SourceFile};

/// A compiled pattern: `*` stays within a folder, `**` does not, and neither finds hidden files by itself.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    whole: GlobMatcher,
    /// The parts of the pattern that start with a dot.
    hidden: Vec<GlobMatcher>,
    folder: String,
}

impl Pattern {
    /// Compiles the path of a target.
    pub(crate) fn new(path: &str) -> Result<Self, ScmError> {
        let hidden = path.split('/').filter(|part| part.starts_with('.'));
        let fixed = path
            .split('/')
            .take_while(|part| !part.contains(['*', '?', '[', '{']));
        Ok(Self {
            whole: compile(path)?.compile_matcher(),
            hidden: (hidden.map(|part| Ok(compile(part)?.compile_matcher())))
                .collect::<Result<_, ScmError>>()?,
            folder: fixed.collect::<Vec<_>>().join("/"),
        })
    }

    /// Tells whether a file of the repository is meant.
    pub(crate) fn matches(&self, path: &str) -> bool {
        self.whole.is_match(path)
            && (path.split('/').filter(|part| part.starts_with('.')))
                .all(|part| self.hidden.iter().any(|hidden| hidden.is_match(part)))
    }

    /// Returns the folder that holds everything it can match; empty for the root.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }
}

/// The files of a repository that a target means.
#[derive(Debug, Clone)]
pub(crate) enum Selection {
    /// Those that a pattern matches.
    Matching(Pattern),
    /// All below a folder, which is the root if it is empty.
    Below(String),
}

impl Selection {
    /// Selects what the path of a target means; a path without stars is a folder's.
    pub(crate) fn of(target: &RepoTarget) -> Result<Self, ScmError> {
        match target.is_pattern() {
            true => Pattern::new(&target.path).map(Self::Matching),
            false => Ok(Self::Below(target.path.clone())),
        }
    }

    /// Tells whether a file of the repository is meant.
    pub(crate) fn has(&self, path: &str) -> bool {
        match self {
            Self::Matching(pattern) => pattern.matches(path),
            Self::Below(folder) if folder.is_empty() => true,
            Self::Below(folder) => path
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.starts_with('/')),
        }
    }

    /// Returns the folder that holds all of it; empty for the root.
    pub(crate) fn folder(&self) -> &str {
        match self {
            Self::Matching(pattern) => pattern.folder(),
            Self::Below(folder) => folder,
        }
    }

    /// Makes the answer from paths and contents; a folder without files does not exist for git.
    pub(crate) fn found(
        &self,
        target: &RepoTarget,
        files: Vec<(String, Vec<u8>)>,
        version: String,
    ) -> Result<Found, ScmError> {
        if let (Self::Below(folder), true) = (self, files.is_empty()) {
            let message = format!(
                "the repository has no folder `{folder}` at `{}`",
                target.reference
            );
            return Err(ScmError::new(ErrorKind::NotFound, message));
        }
        let file = |(path, bytes): (String, _)| SourceFile {
            url: target.url_of(&path),
            bytes,
        };
        let mut files: Vec<_> = files.into_iter().map(file).collect();
        files.sort_unstable_by(|a, b| a.url.cmp(&b.url));
        Ok(Found {
            files,
            version: Some(version),
        })
    }
}

fn compile(pattern: &str) -> Result<Glob, ScmError> {
    (GlobBuilder::new(pattern).literal_separator(true).build())
        .map_err(|error| malformed(format!("the pattern is not valid: {}", error.kind())))
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn stars_mean_what_backstage_means_by_them() {
        for (pattern, path, expected) in [
            ("*.yaml", "a.yaml", true),
            ("*.yaml", "a/b.yaml", false),
            ("**/c.yaml", "c.yaml", true),
            ("**/c.yaml", "a/b/c.yaml", true),
            ("a/**/c.yaml", "a/c.yaml", true),
            ("a/*/c.yaml", "a/b/d/c.yaml", false),
            ("{a,b}/*.yaml", "b/x.yaml", true),
            ("**/c.yaml", ".github/c.yaml", false),
            ("*", ".hidden", false),
            (".*/c.yaml", ".github/c.yaml", true),
            (".github/**/c.yaml", ".github/x/c.yaml", true),
            (".github/**/c.yaml", ".github/.x/c.yaml", false),
            ("*.YAML", "a.yaml", false),
        ] {
            let found = Pattern::new(pattern).map(|pattern| pattern.matches(path));
            assert_eq!(found, Ok(expected), "{pattern} {path}");
        }
    }

    #[test]
    fn the_folder_is_the_part_without_stars() {
        for (pattern, folder) in [("a/b/*.yaml", "a/b"), ("**/c", ""), ("a/[bc]/*", "a")] {
            let found = Pattern::new(pattern).expect("it compiles");
            assert_eq!(found.folder(), folder);
        }
        assert!(Pattern::new("[*").is_err());
    }
}
