//! Cuts a stream into documents before any of them is parsed, so that one cannot harm the next.
//!
//! A line that starts with `---` or `...` is a boundary wherever it stands: YAML forbids both at the
//! start of a line inside quoted text and block text.
use std::ops::Range;

/// The bytes of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Where it stands in the file.
    pub(super) bytes: Range<usize>,
    /// Line of the file on which it starts, counted from 1.
    pub(super) line: u32,
}

/// The UTF-8 byte order mark.
pub(super) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Returns the documents of a file in order; some may turn out to be empty.
pub(super) fn chunks(bytes: &[u8]) -> Vec<Chunk> {
    let mut splitter = Splitter::default();
    let mut at = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    splitter.start = at;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(rest.len(), |end| end + 1);
        splitter.line(&rest[..length], at);
        at += length;
    }
    splitter.close(at);
    splitter.chunks
}

#[derive(Default)]
struct Splitter {
    chunks: Vec<Chunk>,
    /// Where the current chunk starts.
    start: usize,
    /// Lines before the current chunk.
    lines_before: u32,
    /// Lines before the current line.
    lines: u32,
    /// The current chunk has its `---`, or content without one.
    begun: bool,
    /// The current chunk has a `%` directive, which belongs to the `---` that follows.
    has_directive: bool,
}

impl Splitter {
    fn line(&mut self, line: &[u8], at: usize) {
        if is_marker(line, b"---") {
            if self.begun || !self.has_directive {
                self.close(at);
            }
            self.begun = true;
        } else if is_marker(line, b"...") {
            self.lines += 1;
            self.close(at + line.len());
            return;
        } else if !self.begun {
            self.has_directive |= line.starts_with(b"%");
            self.begun = !is_prologue(line);
        }
        self.lines += 1;
    }

    /// Ends the current chunk at a byte and starts the next one there; comments alone are no document.
    fn close(&mut self, end: usize) {
        if self.begun || self.has_directive {
            self.chunks.push(Chunk {
                bytes: self.start..end,
                line: self.lines_before + 1,
            });
        }
        self.start = end;
        self.lines_before = self.lines;
        self.begun = false;
        self.has_directive = false;
    }
}

fn is_marker(line: &[u8], marker: &[u8]) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\t' | b'\r' | b'\n')))
}

/// Blank lines, comments and directives do not begin a document.
fn is_prologue(line: &[u8]) -> bool {
    let text = line.trim_ascii();
    text.is_empty() || text.starts_with(b"#") || line.starts_with(b"%")
}
