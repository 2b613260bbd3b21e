//! The text of one document together with where it stands in its file.
use callboard_model::{Diagnostic, Position, Severity, Span};

use super::{cursor::Cursor, report::Report, split::Chunk};
use crate::codes;

/// One document's text; offsets into `body` plus `start.offset` are offsets into the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) body: &'a str,
    pub(super) start: Position,
}

impl<'a> Text<'a> {
    /// Returns the place of a byte of `body`.
    pub(super) fn position(&self, byte: usize) -> Position {
        let before = &self.body[..byte];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let lines = count_u32(before.bytes().filter(|byte| *byte == b'\n').count());
        Position {
            line: self.start.line + lines,
            column: count_u32(before[line_start..].chars().count()) + 1,
            offset: self.start.offset + byte,
        }
    }

    /// Returns the place of a range of bytes of `body`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        Span {
            start: self.position(from),
            end: self.position(to),
        }
    }

    /// Returns the place of the character at a byte of `body`; empty at the end of a line.
    pub(super) fn char_span(&self, byte: usize) -> Span {
        let next = self.body[byte..]
            .chars()
            .next()
            .filter(|next| !matches!(next, '\n' | '\r'));
        self.span(byte, byte + next.map_or(0, char::len_utf8))
    }

    /// Returns the byte of `body` for a place in the file.
    pub(super) fn byte(&self, position: Position) -> usize {
        position.offset - self.start.offset
    }

    /// Returns the line around a byte of `body` without its line end, and where it starts.
    pub(super) fn line_at(&self, byte: usize) -> (usize, &'a str) {
        let start = self.body[..byte].rfind('\n').map_or(0, |at| at + 1);
        let end = self.body[start..]
            .find('\n')
            .map_or(self.body.len(), |at| start + at);
        (start, self.body[start..end].trim_end_matches('\r'))
    }

    /// Returns a cursor at the start of the text.
    pub(super) fn cursor(&self) -> Cursor<'a> {
        Cursor::new(self.body, self.start)
    }
}

/// Lines and columns stay far below `u32::MAX` because files are bounded in size.
pub(super) fn count_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Reads one chunk as UTF-8, or reports where it stops being so.
pub(super) fn decode<'a>(bytes: &'a [u8], chunk: &Chunk, report: &mut Report) -> Option<Text<'a>> {
    let start = Position {
        line: chunk.line,
        column: 1,
        offset: chunk.bytes.start,
    };
    let body = &bytes[chunk.bytes.clone()];
    match str::from_utf8(body) {
        Ok(body) => Some(Text { body, start }),
        Err(error) => {
            let valid = &body[..error.valid_up_to()];
            let valid = Text {
                body: str::from_utf8(valid).unwrap_or_default(),
                start,
            };
            let place = valid.position(valid.body.len());
            let byte = body[error.valid_up_to()];
            let message = format!("the byte 0x{byte:02X} here is not valid UTF-8");
            report.push(
                Diagnostic::new(codes::YML_NOT_UTF8, Severity::Error, report.file(), message)
                    .with_span(Span { start: place, end: place })
                    .with_help("save the file as UTF-8; it may have been written as Latin-1 or Windows-1252"),
            );
            None
        }
    }
}
