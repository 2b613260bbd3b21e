//! Replacing a file as a whole, so that at every instant it is either the old one or the new one.
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
};

/// Replaces a file, unless it is no longer what was read. Permissions stay.
///
/// # Errors
/// When the file has changed, or its folder cannot be written to. The file is then as it was.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("it has no name"))?;
    let new = path.with_file_name(format!(
        ".{}.{}.new",
        name.to_string_lossy(),
        std::process::id()
    ));
    let written = write_beside(path, &new, after).and_then(|()| {
        if fs::read(path)? == before {
            fs::rename(&new, path)
        } else {
            Err(io::Error::other("it was changed while it was looked at"))
        }
    });
    if written.is_err() {
        // What is left over would be in the way of the next attempt.
        let _ = fs::remove_file(&new);
    }
    written?;
    // The change itself is done; that its folder is on the disk too is a courtesy.
    let _ = path
        .parent()
        .map(File::open)
        .transpose()
        .map(|folder| folder.map(|folder| folder.sync_all()));
    Ok(())
}

fn write_beside(path: &Path, new: &PathBuf, content: &[u8]) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(new)?;
    file.write_all(content)?;
    // Only root may give a file away; for anybody else it is theirs already.
    let _ = chown(new, Some(metadata.uid()), Some(metadata.gid()));
    file.set_permissions(metadata.permissions())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("callboard-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_leaves_nothing_beside_it() {
        let folder = folder("replace");
        let path = folder.join("a.yaml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"old", b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_somebody_else_has_changed_is_left_alone() {
        let folder = folder("changed");
        let path = folder.join("a.yaml");
        fs::write(&path, "theirs").unwrap();
        assert!(replace(&path, b"old", b"new").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_link_is_not_written_through() {
        let folder = folder("link");
        fs::write(folder.join("a.yaml"), "old").unwrap();
        let link = folder.join("b.yaml");
        std::os::unix::fs::symlink("a.yaml", &link).unwrap();
        assert!(replace(&link, b"old", b"new").is_err());
        assert_eq!(fs::read(folder.join("a.yaml")).unwrap(), b"old");
        fs::remove_dir_all(folder).unwrap();
    }
}
