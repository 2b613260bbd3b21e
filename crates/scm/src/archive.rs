//! Files out of an archive that a stranger packed: bounded in every way, and nothing is ever written to a disk.
//!
//! Links, devices and names that are not UTF-8 are left out. A path that leads out of the archive refuses it as a
//! whole, because nobody packs one by mistake. Half an archive is an error, never fewer files.
use std::collections::BTreeMap;
use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use tar::EntryType;

use crate::http::{Get, Http};
use crate::{ErrorKind, Limits, ScmError};

/// How many times larger than the largest archive its content may be.
const EXPANSION: u64 = 4;
/// Most entries of one archive, also of those that are left out.
const MAX_ENTRIES: usize = 1_000_000;
/// Longest path, in bytes.
const MAX_PATH: u64 = 4096;
/// Longest extended header, in bytes.
const MAX_EXTENDED: u64 = 64 * 1024;

/// A file: its path and its content.
pub(crate) type File = (String, Vec<u8>);

/// How paths in an archive begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// With a folder that the host made up.
    MadeUp,
    /// With the repository itself.
    Plain,
}

/// Downloads a `tar.gz` and returns the files whose path in the repository is wanted.
pub(crate) async fn fetch(
    http: &Http,
    request: &Get,
    limits: &Limits,
    keep: impl Fn(&str) -> bool + Send + 'static,
) -> Result<Vec<File>, ScmError> {
    let mut file = tempfile::tempfile().map_err(|error| {
        let message = format!("there is no room for the archive: {error}");
        ScmError::new(ErrorKind::Unavailable, message)
    })?;
    http.download(request, &mut file).await?;
    let limits = *limits;
    let unpacked = tokio::task::spawn_blocking(move || {
        io::Seek::rewind(&mut file).map_err(|error| broken(&error))?;
        extract(io::BufReader::new(file), &limits, Root::MadeUp, keep)
    });
    unpacked.await.map_err(|error| broken(&error))?
}

/// Returns the wanted files of a `tar.gz`, by path in order.
pub(crate) fn extract(
    archive: impl Read,
    limits: &Limits,
    root: Root,
    keep: impl Fn(&str) -> bool,
) -> Result<Vec<File>, ScmError> {
    unpack(MultiGzDecoder::new(archive), limits, root, keep)
}

/// Returns the wanted files of a `tar`, by path in order.
pub(crate) fn unpack(
    tar: impl Read,
    limits: &Limits,
    root: Root,
    keep: impl Fn(&str) -> bool,
) -> Result<Vec<File>, ScmError> {
    let most = limits.archive_bytes.saturating_mul(EXPANSION);
    let mut tar = Counted {
        inner: tar,
        left: most,
        is_passed: false,
    };
    let unpacked = Unpacking::new(limits, root, keep).all(&mut tar);
    match unpacked {
        // A reader that stops at the limit looks like one that is broken.
        Err(_) if tar.is_passed => Err(too_large(&format!(
            "the archive holds more than {most} bytes"
        ))),
        other => other,
    }
}

/// A reader that fails once it gave a number of bytes.
struct Counted<R> {
    inner: R,
    left: u64,
    is_passed: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => {
                self.left = left;
                Ok(count)
            }
            None => {
                self.is_passed = true;
                Err(io::Error::other("too many bytes"))
            }
        }
    }
}

struct Unpacking<'a, K> {
    limits: &'a Limits,
    root: Root,
    keep: K,
    /// The made-up folder, once it is known.
    made_up: Option<String>,
    files: BTreeMap<String, Vec<u8>>,
    bytes: u64,
}

impl<'a, K: Fn(&str) -> bool> Unpacking<'a, K> {
    fn new(limits: &'a Limits, root: Root, keep: K) -> Self {
        Self {
            limits,
            root,
            keep,
            made_up: None,
            files: BTreeMap::new(),
            bytes: 0,
        }
    }

    fn all(mut self, tar: &mut impl Read) -> Result<Vec<File>, ScmError> {
        let mut archive = tar::Archive::new(&mut *tar);
        // Long names are entries of their own; the library would read them whole, however long they are.
        let entries = archive.entries().map_err(|error| broken(&error))?.raw(true);
        let mut long_name = None;
        for (index, entry) in entries.enumerate() {
            if index >= MAX_ENTRIES {
                return Err(too_large(&format!(
                    "the archive has more than {MAX_ENTRIES} entries"
                )));
            }
            let mut entry = entry.map_err(|error| broken(&error))?;
            match entry.header().entry_type() {
                EntryType::GNULongName => {
                    let mut name = bounded(&mut entry, MAX_PATH)?;
                    name.truncate(
                        name.iter()
                            .position(|byte| *byte == 0)
                            .unwrap_or(name.len()),
                    );
                    long_name = Some(name);
                }
                EntryType::XHeader => {
                    let name = extended_name(&bounded(&mut entry, MAX_EXTENDED)?)?;
                    long_name = name.or(long_name);
                }
                EntryType::GNULongLink | EntryType::XGlobalHeader => {}
                kind => {
                    let name = long_name
                        .take()
                        .unwrap_or_else(|| entry.path_bytes().into_owned());
                    self.entry(&name, kind, &mut entry)?;
                }
            }
        }
        // What follows the last entry tells whether the archive arrived as it was sent.
        io::copy(tar, &mut io::sink()).map_err(|error| broken(&error))?;
        Ok(self.files.into_iter().collect())
    }

    fn entry(
        &mut self,
        name: &[u8],
        kind: EntryType,
        entry: &mut tar::Entry<'_, impl Read>,
    ) -> Result<(), ScmError> {
        let Ok(name) = str::from_utf8(name) else {
            return Ok(());
        };
        let path = self.path(name)?;
        let is_file = matches!(kind, EntryType::Regular | EntryType::Continuous);
        if !is_file || path.is_empty() || name.ends_with('/') || !(self.keep)(&path) {
            return Ok(());
        }
        let (size, limits) = (entry.size(), self.limits);
        if size > limits.file_bytes {
            let most = limits.file_bytes;
            return Err(too_large(&format!("`{path}` is larger than {most} bytes")));
        }
        self.bytes += size;
        if self.bytes > limits.tree_bytes {
            let most = limits.tree_bytes;
            return Err(too_large(&format!("the files have more than {most} bytes")));
        }
        let content = bounded(entry, size)?;
        self.files.insert(path, content);
        if self.files.len() > limits.tree_files {
            let most = limits.tree_files;
            return Err(too_large(&format!("there are more than {most} files")));
        }
        Ok(())
    }

    /// Returns the path in the repository; empty for its root.
    fn path(&mut self, name: &str) -> Result<String, ScmError> {
        if name.len() as u64 > MAX_PATH {
            return Err(too_large(&format!("a path has more than {MAX_PATH} bytes")));
        }
        let parts: Vec<_> = (name.split('/'))
            .filter(|part| !matches!(*part, "" | "."))
            .collect();
        if name.starts_with('/') || parts.contains(&"..") || name.contains('\0') {
            let shown: String = name.chars().take(200).collect();
            let message = format!("the archive has the path {shown:?}, which leads out of it");
            return Err(ScmError::new(ErrorKind::Refused, message));
        }
        if self.root == Root::Plain {
            return Ok(parts.join("/"));
        }
        let (first, rest) = parts
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (*first, rest));
        match &self.made_up {
            Some(root) if root != first => {
                let message = "the archive has more than one folder at its root";
                return Err(ScmError::new(ErrorKind::Unavailable, message));
            }
            Some(_) => {}
            None => self.made_up = Some(first.to_owned()),
        }
        Ok(rest.join("/"))
    }
}

/// Reads the whole content of an entry, which must have as many bytes as it says.
fn bounded(entry: &mut tar::Entry<'_, impl Read>, most: u64) -> Result<Vec<u8>, ScmError> {
    let size = entry.size();
    if size > most {
        return Err(too_large(&format!(
            "a header of the archive has more than {most} bytes"
        )));
    }
    let mut content = Vec::new();
    entry
        .read_to_end(&mut content)
        .map_err(|error| broken(&error))?;
    match content.len() as u64 == size {
        true => Ok(content),
        false => Err(broken(&"it ends early")),
    }
}

/// Returns the path that an extended header gives to the next entry.
fn extended_name(header: &[u8]) -> Result<Option<Vec<u8>>, ScmError> {
    let mut name = None;
    for extension in tar::PaxExtensions::new(header) {
        let extension = extension.map_err(|error| broken(&error))?;
        match extension.key_bytes() {
            b"path" => name = Some(extension.value_bytes().to_vec()),
            // Only sizes that no limit allows do not fit into the header itself.
            b"size" => return Err(too_large("the archive has a file of more than 8 GB")),
            _ => {}
        }
    }
    Ok(name)
}

fn broken(error: &dyn std::fmt::Display) -> ScmError {
    ScmError::new(
        ErrorKind::Unavailable,
        format!("the archive cannot be read: {error}"),
    )
}

fn too_large(message: &str) -> ScmError {
    ScmError::new(ErrorKind::TooLarge, message)
}

#[cfg(test)]
mod tests;
