//! Reads the files of a configuration within bounds and remembers which ones were asked for.
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// Bytes one file may have.
pub(crate) const MAX_BYTES: u64 = 1024 * 1024;
/// Files one load may read.
const MAX_FILES: usize = 200;

/// Why a file cannot be read; completes "… cannot be read: ".
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("there is no such file")]
    Missing,
    #[error("it is a folder")]
    Folder,
    #[error("it is not a regular file")]
    Irregular,
    #[error("it is larger than 1 MiB")]
    TooLarge,
    #[error("more than {MAX_FILES} files are read for this configuration")]
    TooMany,
    #[error("{0}")]
    System(ErrorKind),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::IsADirectory => Self::Folder,
            kind => Self::System(kind),
        }
    }
}

/// The files of one load.
#[derive(Default)]
pub(crate) struct Files {
    asked: Vec<PathBuf>,
    reads: usize,
}

impl Files {
    /// Reads a file. It is remembered also when it cannot be read, so that a watcher sees it appear.
    pub(crate) fn read(&mut self, path: &Path) -> Result<Vec<u8>, ReadError> {
        if !self.asked.iter().any(|asked| asked == path) {
            self.asked.push(path.to_owned());
        }
        self.reads += 1;
        if self.reads > MAX_FILES {
            return Err(ReadError::TooMany);
        }
        // The type is asked before opening, because opening a pipe would wait for its writer.
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            return Err(ReadError::Folder);
        }
        if !metadata.is_file() {
            return Err(ReadError::Irregular);
        }
        let mut bytes = Vec::new();
        File::open(path)?
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(ReadError::TooLarge);
        }
        Ok(bytes)
    }

    /// Returns every file that was asked for, in order.
    pub(crate) fn into_asked(self) -> Vec<PathBuf> {
        self.asked
    }
}

/// Joins and removes `.` and `..` where that can be done by looking at the text.
pub(crate) fn join(folder: &Path, path: impl AsRef<Path>) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in folder.join(path).components() {
        match (part, clean.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                clean.pop();
            }
            (Component::ParentDir, Some(Component::RootDir)) => {}
            _ => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::join;

    #[test]
    fn joined_paths_are_named_the_short_way() {
        for (folder, path, expected) in [
            (".", "app-config.yaml", "app-config.yaml"),
            ("a/b", "../c/./d", "a/c/d"),
            ("a", "../../b", "../b"),
            ("/", "../etc", "/etc"),
            ("a", "/x/y", "/x/y"),
        ] {
            assert_eq!(join(Path::new(folder), path), Path::new(expected));
        }
    }
}
