//! The lines of a source around a problem, cut to what a person can look at.
use std::ops::Range;

use callboard_model::{Position, Span};

use super::safe;

/// More lines than this are not shown for one place.
const LINES: usize = 6;
/// More characters than this of one line are cut away around the place.
const WIDTH: usize = 2_000;

/// Some lines of a source and a place in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines, safe to print.
    pub(super) text: String,
    /// Number of the first line.
    pub(super) line: usize,
    /// Bytes of `text` that are meant.
    pub(super) range: Range<usize>,
    /// The whole span is in `text`, nothing of it is cut away.
    pub(super) is_whole: bool,
    /// The first line starts as it does in the source, so that columns can be counted in `text`.
    pub(super) has_start: bool,
}

/// Cuts out the lines of a span; nothing when the span does not fit the source, which may have changed.
pub(super) fn cut(source: &str, span: Span) -> Option<Excerpt> {
    if !fits(source, span.start) || !fits(source, span.end) || span.start.offset > span.end.offset {
        return None;
    }
    let first = line_start(source, span.start.offset);
    let first_end = line_end(source, span.start.offset);
    let too_long = span.end.line as usize - span.start.line as usize >= LINES;
    let end = if too_long { first_end } else { span.end.offset };
    // A range that ends with a line break shows no line after it.
    let shown = if end > span.start.offset && source[..end].ends_with('\n') {
        end - 1
    } else {
        end
    };
    let last = line_end(source, shown).max(first_end);
    let mut pieces = Pieces {
        text: String::new(),
        is_cut: false,
    };
    let before = source[first..span.start.offset].trim_start_matches('\u{FEFF}');
    let has_start = pieces.push_before(before);
    let start = pieces.text.len();
    pieces.push_inside(&source[span.start.offset..end.min(last)]);
    let inner_end = pieces.text.len();
    pieces.push_after(&source[end.min(last)..last]);
    let is_whole = !too_long && !pieces.is_cut;
    let line = span.start.line as usize;
    Some(Excerpt {
        text: pieces.text,
        line,
        range: start..inner_end,
        is_whole,
        has_start,
    })
}

struct Pieces {
    text: String,
    is_cut: bool,
}

impl Pieces {
    /// Adds what stands before the place on its line and returns whether that was all of it.
    fn push_before(&mut self, text: &str) -> bool {
        let skip = text.chars().count().saturating_sub(WIDTH);
        if skip > 0 {
            self.text.push('…');
        }
        let kept: String = text.chars().skip(skip).collect();
        self.text.push_str(&safe::replaced(&kept));
        skip == 0
    }

    fn push_inside(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            self.is_cut |= self.push_start(line.trim_end_matches('\r'));
        }
    }

    fn push_after(&mut self, text: &str) {
        self.push_start(text.trim_end_matches('\r'));
    }

    /// Adds at most so much of a line and returns whether that was not all of it.
    fn push_start(&mut self, text: &str) -> bool {
        let cut = text.char_indices().nth(WIDTH).map(|(at, _)| at);
        self.text
            .push_str(&safe::replaced(&text[..cut.unwrap_or(text.len())]));
        if cut.is_some() {
            self.text.push('…');
        }
        cut.is_some()
    }
}

/// Whether a place has the line and column that its offset says.
fn fits(source: &str, place: Position) -> bool {
    let Some(before) = source.get(..place.offset) else {
        return false;
    };
    let lines = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let line = &before[line_start(source, place.offset)..];
    let column = line.trim_start_matches('\u{FEFF}').chars().count() + 1;
    lines == place.line as usize && column == place.column as usize
}

fn line_start(source: &str, offset: usize) -> usize {
    source[..offset].rfind('\n').map_or(0, |at| at + 1)
}

fn line_end(source: &str, offset: usize) -> usize {
    source[offset..]
        .find('\n')
        .map_or(source.len(), |at| offset + at)
}
