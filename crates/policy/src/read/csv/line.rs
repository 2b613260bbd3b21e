//! Takes one line of a CSV file apart, with the place of each part.
use callboard_model::{Position, Span};

/// One line with its place.
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub(super) number: u32,
    /// Bytes before it in the file.
    pub(super) offset: usize,
    pub(super) text: &'a str,
}

/// One part of a line.
pub(super) struct Field {
    pub(super) text: String,
    pub(super) span: Span,
}

impl Line<'_> {
    /// Returns the place of a part, given the bytes where it starts and ends.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let at = |byte: usize| {
            let before = self.text.get(..byte).unwrap_or(self.text);
            Position {
                line: self.number,
                column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
                offset: self.offset + byte,
            }
        };
        Span {
            start: at(start),
            end: at(end),
        }
    }

    /// Takes the line apart at its commas; what is in quotes is one part.
    pub(super) fn fields(&self) -> Result<Vec<Field>, (Span, &'static str)> {
        let mut fields = Vec::new();
        let mut at = 0;
        loop {
            let rest = &self.text[at..];
            let start = at + rest.len() - rest.trim_start_matches(is_space).len();
            let (text, end, next) = match self.text[start..].strip_prefix('"') {
                Some(quoted) => {
                    let (text, length) = unquote(quoted)
                        .ok_or((self.span(start, self.text.len()), "the quote is not closed"))?;
                    let end = start + 1 + length;
                    let behind = self.text[end..].trim_start_matches(is_space);
                    if !behind.is_empty() && !behind.starts_with(',') {
                        let wrong = self.span(end, self.text.len());
                        return Err((wrong, "text follows the closing quote"));
                    }
                    (text, end, self.text.len() - behind.len())
                }
                None => {
                    let length = self.text[start..].find(',');
                    let next = length.map_or(self.text.len(), |length| start + length);
                    let text = self.text[start..next].trim_end_matches(is_space);
                    (text.to_owned(), start + text.len(), next)
                }
            };
            let span = self.span(start, end);
            fields.push(Field { text, span });
            if next >= self.text.len() {
                return Ok(fields);
            }
            if fields.len() > 5 {
                return Err((span, "the line has more than 5 parts"));
            }
            at = next + 1;
        }
    }
}

/// Spaces around parts, and the mark that some programs write at the start of a file.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Reads up to the closing quote, where two quotes stand for one; returns the text and the bytes it took.
fn unquote(quoted: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut rest = quoted;
    loop {
        let at = rest.find('"')?;
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                text.push('"');
                rest = more;
            }
            None => return Some((text.trim().to_owned(), quoted.len() - rest.len())),
        }
    }
}
