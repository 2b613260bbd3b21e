//! Location references: `type:target`, the name of the place an entity was read from.
use std::{
    fmt,
    path::{Component, Path, PathBuf},
};

use sha1::{Digest, Sha1};

/// A place that entities are read from; prints as `file:/srv/catalog/all.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationRef {
    /// `file` or `url`; others cannot be read.
    pub location_type: String,
    /// For a file, its absolute path or a glob; for a URL, the address a browser shows.
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

    /// Names a file, folder or pattern of another host.
    #[must_use]
    pub fn url(target: impl Into<String>) -> Self {
        Self {
            location_type: "url".to_owned(),
            target: target.into(),
        }
    }

    /// Reads `type:target`; both parts have to be there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (location_type, target) = text.split_once(':')?;
        let is_complete = !location_type.trim().is_empty() && !target.trim().is_empty();
        is_complete.then(|| Self {
            location_type: location_type.trim().to_owned(),
            target: target.trim().to_owned(),
        })
    }

    /// Whether this is an address of another host.
    #[must_use]
    pub fn is_url(&self) -> bool {
        self.location_type == "url"
    }

    /// Returns the path of a local file or pattern.
    pub(crate) fn path(&self) -> Option<&Path> {
        (self.location_type == "file").then(|| Path::new(&self.target))
    }

    /// Returns the name of the Location entity that stands for a registered location, as Backstage makes it.
    #[must_use]
    pub fn generated_name(&self) -> String {
        format!("generated-{:x}", Sha1::digest(self.to_string()))
    }

    /// Returns the reference of the Location entity that stands for a registered location.
    #[must_use]
    pub fn generated_ref(&self) -> String {
        format!("location:default/{}", self.generated_name())
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
