//! Reading a file of a scan once more with other content, to see what a change of it would do.
use std::path::Path;

use super::{ScannedFile, Scanner};
use crate::{draft::FileOutcome, parse::parse_bytes};

impl ScannedFile {
    /// Returns the path of a file that is on this machine.
    pub(crate) fn local_path(&self) -> Option<&Path> {
        self.at.path()
    }
}

impl Scanner {
    /// Reads a file as if it had this content.
    pub(crate) fn reread(&self, file: &ScannedFile, content: &[u8]) -> FileOutcome {
        self.with_source(&file.pending, &file.at, |source| {
            parse_bytes(source, content)
        })
    }
}
