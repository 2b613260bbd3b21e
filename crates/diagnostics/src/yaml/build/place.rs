//! Exact places for the parser's events, whose ranges include what stands before or after a value.
use callboard_model::{Position, Span};
use saphyr_parser::{ScalarStyle, Span as Range};

use super::source::Inserted;
use crate::yaml::{cursor::Cursor, text::Text};

/// Two walkers over the text: starts and ends of values each come nearly in order.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: Text<'a>,
    starts: Cursor<'a>,
    ends: Cursor<'a>,
    inserted: Inserted,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &Text<'a>, inserted: &Inserted) -> Self {
        Self {
            text: *text,
            starts: text.cursor(),
            ends: text.cursor(),
            inserted: inserted.clone(),
        }
    }

    /// Returns the place of a character.
    pub(super) fn start(&mut self, index: usize) -> Position {
        self.starts.seek(self.inserted.original(index))
    }

    fn end(&mut self, index: usize) -> Position {
        self.ends.seek(self.inserted.original(index))
    }

    /// Returns a range as the parser gives it.
    pub(super) fn exact(&mut self, range: Range) -> Span {
        let start = self.start(range.start.index());
        Span {
            start,
            end: self.end(range.end.index()).max(start),
        }
    }

    /// Returns the place after a closing bracket; the parser's range may run on over white space.
    pub(super) fn after(&mut self, range: Range) -> Position {
        self.end(range.start.index() + 1)
    }

    /// Returns the place of a scalar with its tag and anchor, without what follows it.
    pub(super) fn scalar(&mut self, range: Range, style: ScalarStyle, is_nothing: bool) -> Span {
        let start = self.start(range.start.index());
        if is_nothing && style == ScalarStyle::Plain {
            return Span { start, end: start };
        }
        let end = match style {
            ScalarStyle::Plain => self.end(range.end.index()),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let from = self.text.byte(start);
                self.ends
                    .seek_byte(from + quoted_length(&self.text.body.as_bytes()[from..]))
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let end = self.end(range.end.index());
                let (from, to) = (self.text.byte(start), self.text.byte(end));
                let content = self.text.body.get(from..to).unwrap_or_default();
                let content = content.trim_end_matches([' ', '\t', '\r', '\n']);
                self.ends.seek_byte(from + content.len())
            }
        };
        Span {
            start,
            end: end.max(start),
        }
    }

    /// Returns where a map starts and whether it has brackets.
    pub(super) fn map(&mut self, range: Range) -> (Position, bool) {
        let start = self.start(range.start.index());
        (start, self.has_bracket(start, range, b'{'))
    }

    /// Returns where a list starts and whether it has brackets.
    ///
    /// A list that is not indented below its key is announced behind its first dash.
    pub(super) fn list(&mut self, range: Range) -> (Position, bool) {
        let start = self.start(range.start.index());
        if self.has_bracket(start, range, b'[') {
            return (start, true);
        }
        let bytes = self.text.body.as_bytes();
        let at = self.text.byte(start);
        let is_dash =
            bytes.get(at) == Some(&b'-') && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        let before = self.text.body[..at].trim_end_matches([' ', '\t', '\r', '\n']);
        if range.is_empty() && !is_dash && before.ends_with('-') {
            return (self.starts.seek_byte(before.len() - 1), false);
        }
        (start, false)
    }

    fn has_bracket(&mut self, start: Position, range: Range, bracket: u8) -> bool {
        let end = self.end(range.end.index());
        let (from, to) = (self.text.byte(start), self.text.byte(end));
        to > from && self.text.body.as_bytes()[to - 1] == bracket
    }
}

/// Returns the bytes up to the closing quote of text that may have a tag, an anchor and comments before it.
fn quoted_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + double_quoted(&bytes[at..]),
            b'\'' => return at + single_quoted(&bytes[at..]),
            b'#' => at += until(&bytes[at..], |byte| byte == b'\n'),
            b'&' | b'!' => at += until(&bytes[at..], |byte| byte.is_ascii_whitespace()),
            _ => at += 1,
        }
    }
    bytes.len()
}

fn double_quoted(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn single_quoted(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'\'', Some(b'\'')) => at += 2,
            (b'\'', _) => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn until(bytes: &[u8], stop: impl Fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| stop(*byte))
        .unwrap_or(bytes.len())
}
