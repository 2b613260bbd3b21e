//! The repository as the rules see it: the names of all files, and the text of those that are read.
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, Result};

use crate::repo;

/// The endings of the files whose text the rules read.
const READ: [&str; 4] = [".md", ".rs", ".sql", ".toml"];

/// The files of the repository, with `/` between folders and names.
pub struct Tree {
    names: BTreeSet<String>,
    texts: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the repository; what is built or downloaded is left out.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let mut tree = Self {
            names: BTreeSet::new(),
            texts: BTreeMap::new(),
        };
        for file in repo::files_under(root)? {
            let name = file
                .strip_prefix(root)
                .unwrap_or(&file)
                .to_string_lossy()
                .into_owned();
            if READ.iter().any(|ending| name.ends_with(ending)) {
                let data = std::fs::read(&file).with_context(|| format!("cannot read {name}"))?;
                tree.texts
                    .insert(name.clone(), String::from_utf8_lossy(&data).into_owned());
            }
            tree.names.insert(name);
        }
        Ok(tree)
    }

    /// Makes a tree of the given names and texts.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self {
            names: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
            texts: files
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    /// Returns the files of one ending with their texts.
    pub fn texts(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self
            .texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        files.filter(move |(name, _)| name.ends_with(ending))
    }

    /// Returns the text of one file.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Returns the names of all files in a folder and below it, without the folder.
    pub fn inside(&self, folder: &str) -> BTreeSet<&str> {
        self.names
            .iter()
            .filter_map(|name| name.strip_prefix(folder)?.strip_prefix('/'))
            .collect()
    }

    /// Tells whether there is a file or a folder of that name.
    pub fn has(&self, name: &str) -> bool {
        let name = name.trim_end_matches('/');
        name.is_empty() || self.names.contains(name) || !self.inside(name).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_exists_when_a_file_is_in_it() {
        let tree = Tree::of(&[("src/ui/kit.rs", "")]);
        assert!(tree.has("src/ui/kit.rs") && tree.has("src/ui/") && tree.has("src"));
        assert!(!tree.has("src/u") && !tree.has("src/ui/kit"));
    }

    #[test]
    fn what_is_built_is_not_part_of_the_repository() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for name in ["src/a.rs", "target/b.rs", "end2end/node_modules/c.md"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            std::fs::write(path, "//! text").expect("a file");
        }
        let tree = Tree::read(dir.path()).expect("readable");
        assert_eq!(tree.names.iter().collect::<Vec<_>>(), ["src/a.rs"]);
        assert_eq!(tree.text("src/a.rs"), Some("//! text"));
    }
}
