//! The files of a commit.
use super::repository::Snapshot;
use crate::archive::File;
use crate::{ErrorKind, ScmError};

/// Most bytes of the list of all files.
const MAX_LIST: u64 = 64 * 1024 * 1024;
/// Bytes that the header of an object may have, beside its content.
const HEADER: u64 = 128;

impl Snapshot<'_> {
    /// Returns the wanted files below a path, by path in order.
    pub(super) async fn files(
        &self,
        commit: &str,
        below: &str,
        keep: impl Fn(&str) -> bool,
    ) -> Result<Vec<File>, ScmError> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit, "--"];
        if !below.is_empty() {
            arguments.push(below);
        }
        let list = self.run(&arguments, b"", MAX_LIST).await?;
        let wanted: Vec<_> = list
            .split(|byte| *byte == 0)
            .filter_map(entry)
            .filter(|(_, path)| keep(path))
            .collect();
        let limits = *self.limits();
        if wanted.len() > limits.tree_files {
            let message = format!("there are more than {} files", limits.tree_files);
            return Err(ScmError::new(ErrorKind::TooLarge, message));
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let asked: String = wanted
            .iter()
            .map(|(object, _)| format!("{object}\n"))
            .collect();
        let most = limits.tree_bytes + wanted.len() as u64 * HEADER;
        let contents = self
            .run(&["cat-file", "--batch"], asked.as_bytes(), most)
            .await?;
        let mut rest = contents.as_slice();
        let read = |(object, path): (&str, &str)| {
            let bytes = content(&mut rest, object)?;
            if bytes.len() as u64 > limits.file_bytes {
                let message = format!("`{path}` is larger than {} bytes", limits.file_bytes);
                return Err(ScmError::new(ErrorKind::TooLarge, message));
            }
            Ok((path.to_owned(), bytes.to_vec()))
        };
        wanted.into_iter().map(read).collect()
    }
}

/// Reads `MODE TYPE OBJECT<TAB>PATH` of a plain file; links, submodules and odd names are left out.
fn entry(line: &[u8]) -> Option<(&str, &str)> {
    let (about, path) = str::from_utf8(line).ok()?.split_once('\t')?;
    let mut parts = about.split(' ');
    let mode = parts.next()?;
    let object = parts.nth(1)?;
    matches!(mode, "100644" | "100755" | "100664").then_some((object, path))
}

/// Takes `OBJECT blob SIZE`, the content and a line break from what the program printed.
fn content<'a>(rest: &mut &'a [u8], object: &str) -> Result<&'a [u8], ScmError> {
    let broken = || {
        let message = "the repository lacks a file that its commit has";
        ScmError::new(ErrorKind::Unavailable, message)
    };
    let end = rest
        .iter()
        .position(|byte| *byte == b'\n')
        .ok_or_else(broken)?;
    let header = str::from_utf8(&rest[..end]).map_err(|_| broken())?;
    let size = header
        .strip_prefix(object)
        .and_then(|header| header.strip_prefix(" blob "));
    let size: usize = size.and_then(|size| size.parse().ok()).ok_or_else(broken)?;
    let content = rest.get(end + 1..end + 1 + size).ok_or_else(broken)?;
    *rest = rest.get(end + 2 + size..).ok_or_else(broken)?;
    Ok(content)
}
