//! Location references: `type:target`, the name of the place an entity was read from.
use std::{
    fmt,
    path::{Component, Path, PathBuf},
};

use sha1::{Digest, Sha1};

/// A place that entities are read from; prints as `file:/srv/catalog/all.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationRef {
    /// For example `file`.
    pub location_type: String,
    /// For a file, its absolute path or a glob.
    pub target: String,
}

impl LocationRef {
    /// Names a local file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self {
            location_type: "file".to_owned(),
            target: path.to_string_lossy().into_owned(),
        }
    }

    /// Returns the name of the Location entity that stands for a registered location, as Backstage makes it.
    #[must_use]
    pub fn generated_name(&self) -> String {
        format!("generated-{:x}", Sha1::digest(self.to_string()))
    }
}

impl fmt::Display for LocationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.location_type, self.target)
    }
}

/// Joins a path to a folder and removes `.` and `..` without asking the file system.
pub(crate) fn join(folder: &Path, target: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in folder.join(target).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    path
}

/// Whether a target is a URL rather than a path.
pub(crate) fn is_url(target: &str) -> bool {
    target.contains("://")
}
