//! The lines of a file that a problem is about.
use callboard_model::{Span, view::Excerpt};

/// Most lines of one excerpt.
const LINES: u32 = 7;

/// Lines before the place, so that one knows where one is.
const BEFORE: u32 = 2;

/// Letters of a line that are shown.
const WIDTH: usize = 200;

/// Cuts out the lines around a place; nothing when the text has no such line.
pub(super) fn cut(text: &str, span: Span) -> Option<Excerpt> {
    let (from, to) = (span.start.line, span.end.line.max(span.start.line));
    // A range that ends at the start of a line does not mean that line.
    let to = if to > from && span.end.column <= 1 {
        to - 1
    } else {
        to
    };
    let first = from.saturating_sub(BEFORE).max(1);
    let last = (to + 1).min(first + LINES - 1);
    let lines = text.split('\n').skip(first as usize - 1);
    let lines: Vec<String> = lines
        .take((last - first + 1) as usize)
        .map(|line| shown(line.trim_end_matches('\r')))
        .collect();
    let is_there = lines.len() > (from - first) as usize;
    is_there.then_some(Excerpt {
        first,
        lines,
        marked: (from, to.min(last)),
    })
}

fn shown(line: &str) -> String {
    let mut text: String = line
        .chars()
        .take(WIDTH)
        .map(|letter| {
            if letter.is_control() && letter != '\t' {
                '\u{FFFD}'
            } else {
                letter
            }
        })
        .collect();
    if line.chars().nth(WIDTH).is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use callboard_model::Position;

    use super::*;

    fn span(from: u32, to: u32, column: u32) -> Span {
        let at = |line, column| Position {
            line,
            column,
            offset: 0,
        };
        Span {
            start: at(from, 3),
            end: at(to, column),
        }
    }

    #[test]
    fn the_place_is_shown_with_what_is_around_it() {
        let text = "a\nb\nc\nd\ne\nf\n";
        let cut = cut(text, span(4, 4, 5)).unwrap();
        assert_eq!((cut.first, cut.marked), (2, (4, 4)));
        assert_eq!(cut.lines, ["b", "c", "d", "e"]);
    }

    #[test]
    fn a_long_place_and_a_long_line_are_cut() {
        let text = "x".repeat(1_000) + &"\ny".repeat(50);
        let cut = cut(&text, span(1, 40, 2)).unwrap();
        assert_eq!(cut.lines.len(), LINES as usize);
        assert_eq!(cut.lines[0].chars().count(), WIDTH + 1);
        assert_eq!(cut.marked, (1, 7));
    }

    #[test]
    fn a_place_that_is_not_there_is_not_shown() {
        assert_eq!(cut("a\n", span(9, 9, 2)), None);
        assert_eq!(cut("", span(1, 1, 1)).unwrap().lines, [""]);
    }
}
