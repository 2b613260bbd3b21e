//! Reading local files with bounds: only regular files, only so many bytes, never a wait.
use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    os::unix::fs::MetadataExt,
    path::Path,
    time::{Duration, SystemTime},
};

/// Largest file that is read.
pub const MAX_FILE_BYTES: u64 = 10 * 1024 * 1024;

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

/// Reads a whole file. A file that changes while it is read is read again, a few times.
pub(crate) fn read_file(path: &Path) -> Result<(Vec<u8>, Stamp), ReadError> {
    const TRIES: usize = 3;
    let mut last = read_once(path)?;
    for _ in 1..TRIES {
        if Stamp::of(path).as_ref() == Some(&last.1) {
            break;
        }
        last = read_once(path)?;
    }
    Ok(last)
}

fn read_once(path: &Path) -> Result<(Vec<u8>, Stamp), ReadError> {
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
