//! Reading local files with bounds: only regular files, only so many bytes, never a wait.
use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// Largest file that is read.
pub const MAX_FILE_BYTES: u64 = 10 * 1024 * 1024;

/// Most files that one glob may give.
const MAX_GLOB_FILES: usize = 100_000;

const GLOB_OPTIONS: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// What tells one state of a file from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    inode: u64,
    bytes: u64,
    modified: Option<SystemTime>,
}

/// Why a file was not read, as the end of the sentence "cannot read …: ".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadError {
    /// The reason for people.
    pub(crate) reason: String,
    /// Whether there is no such file.
    pub(crate) missing: bool,
}

impl ReadError {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            missing: false,
        }
    }
}

impl Stamp {
    /// Returns the stamp of a file, or nothing when it cannot be looked at.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        fs::metadata(path)
            .ok()
            .map(|metadata| Self::from(&metadata))
    }

    /// Whether a later change could leave the stamp as it is, because the file was young when it was read.
    pub(crate) fn is_settled(&self, read_at: SystemTime) -> bool {
        const CLOCK_STEP: Duration = Duration::from_millis(100);
        self.modified
            .and_then(|modified| read_at.duration_since(modified).ok())
            .is_some_and(|age| age > CLOCK_STEP)
    }
}

impl From<&fs::Metadata> for Stamp {
    fn from(metadata: &fs::Metadata) -> Self {
        Self {
            inode: metadata.ino(),
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

/// Reads a whole file.
pub(crate) fn read_file(path: &Path) -> Result<(Vec<u8>, Stamp), ReadError> {
    let metadata = fs::metadata(path).map_err(|error| explain(path, &error))?;
    if metadata.is_dir() {
        return Err(ReadError::new("it is a folder, not a file"));
    }
    // A pipe or a device would make the reader wait, or never end.
    if !metadata.is_file() {
        return Err(ReadError::new("it is not a regular file"));
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(too_large(metadata.len()));
    }
    let file = File::open(path).map_err(|error| explain(path, &error))?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| explain(path, &error))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    Ok((bytes, Stamp::from(&metadata)))
}

fn too_large(bytes: u64) -> ReadError {
    const MEGABYTE: u64 = 1024 * 1024;
    ReadError::new(format!(
        "it has {} MB, more than the {} MB that are allowed",
        bytes.div_ceil(MEGABYTE),
        MAX_FILE_BYTES / MEGABYTE
    ))
}

fn explain(path: &Path, error: &std::io::Error) -> ReadError {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        ErrorKind::NotFound if is_link => {
            let target = fs::read_link(path).unwrap_or_default();
            ReadError::new(format!(
                "it is a link to {}, which does not exist",
                target.display()
            ))
        }
        ErrorKind::NotFound => ReadError {
            reason: "there is no such file".to_owned(),
            missing: true,
        },
        ErrorKind::PermissionDenied => ReadError::new("the portal may not read it"),
        _ if is_link && error.raw_os_error() == Some(40) => {
            ReadError::new("it is a link that leads back to itself")
        }
        _ => ReadError::new(error.to_string()),
    }
}

/// Whether a target is a pattern for many files. A file of just that name comes first.
pub(crate) fn is_glob(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.contains(['*', '?', '[']) && !path.exists()
}

/// Returns the files that a pattern matches, sorted, and why some folder could not be searched, if one could not.
pub(crate) fn expand(pattern: &Path) -> (Vec<PathBuf>, Option<String>) {
    let found = match glob::glob_with(&pattern.to_string_lossy(), GLOB_OPTIONS) {
        Ok(found) => found,
        Err(error) => return (Vec::new(), Some(error.to_string())),
    };
    let mut files = Vec::new();
    let mut unreadable = None;
    for path in found.take(MAX_GLOB_FILES) {
        match path {
            Ok(path) if path.is_dir() => {}
            Ok(path) => files.push(path),
            Err(error) => unreadable = Some(error.to_string()),
        }
    }
    files.sort();
    (files, unreadable)
}

/// Whether a pattern would match a path.
pub(crate) fn matches(pattern: &Path, path: &Path) -> bool {
    glob::Pattern::new(&pattern.to_string_lossy())
        .is_ok_and(|pattern| pattern.matches_path_with(path, GLOB_OPTIONS))
}

/// Returns the deepest folder that does not depend on the pattern.
pub(crate) fn glob_base(pattern: &Path) -> PathBuf {
    pattern
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']))
        .collect()
}
