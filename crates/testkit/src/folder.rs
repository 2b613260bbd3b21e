//! A folder with entity files.
use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// A temporary folder; gone when dropped.
#[derive(Debug)]
pub struct Folder(TempDir);

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// Makes an empty folder.
    ///
    /// # Panics
    /// When there is no place for it.
    #[must_use]
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a test needs a temporary folder"))
    }

    /// Returns the folder without links, as the portal names files in it.
    ///
    /// # Panics
    /// When the folder is gone.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.0
            .path()
            .canonicalize()
            .expect("the folder lives as long as this value")
    }

    /// Writes a file, with the folders above it. The file is replaced in one step, as editors do.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("folders can be made");
        let new = path.with_extension("new");
        fs::write(&new, content).expect("a file can be written");
        fs::rename(&new, &path).expect("a file can be replaced");
        self
    }

    /// Removes a file.
    ///
    /// # Panics
    /// When it is not there.
    pub fn remove(&self, name: &str) -> &Self {
        fs::remove_file(self.path().join(name)).expect("the file is there");
        self
    }
}

/// Returns the text of a component without references to others.
#[must_use]
pub fn component(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  \
         lifecycle: production\n  owner: team-a\n"
    )
}
