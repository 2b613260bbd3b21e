//! Why a document was found: its texts in pieces, with what was looked for marked.
use std::ops::Range;

use crate::{
    Piece,
    query::Query,
    typo,
    words::{self, Word},
};

/// Characters of a text that are shown.
const LENGTH: usize = 200;

/// Characters that are shown before what is marked.
const BEFORE: usize = 50;

/// Bytes of a text that are looked through.
const LOOKED_AT: usize = 32 * 1024;

/// Marks that are taken into account.
const MARKS: usize = 200;

/// A part of a text that was looked for, and the number of the word.
type Mark = (Range<usize>, usize);

/// Returns all of a text in pieces.
pub(crate) fn whole(text: &str, query: &Query, with_typos: bool) -> Vec<Piece> {
    let mut marks = marks(text, query, with_typos);
    let missing = |word: &usize| !marks.iter().any(|(_, of)| of == word);
    let missing: Vec<usize> = (0..query.words.len()).filter(missing).collect();
    // What is parted in a name need not be in what was typed.
    let inside = missing
        .into_iter()
        .filter_map(|at| Some((inside(text, &query.words[at])?, at)));
    let inside: Vec<Mark> = inside.collect();
    marks.extend(inside);
    pieces(text, 0..text.len(), marks)
}

/// Returns the part of a text that has most of what was looked for, in pieces.
pub(crate) fn fragment(text: &str, query: &Query, with_typos: bool) -> Vec<Piece> {
    let looked_at = floor(text, LOOKED_AT.min(text.len()));
    let marks = marks(&text[..looked_at], query, with_typos);
    let first = best_start(text, &marks);
    let start = match first {
        Some(first) => start_before(text, first),
        None => 0,
    };
    let end = end_after(text, start);
    let mut pieces = pieces(text, start..end, marks);
    let dots = |marked| Piece {
        text: "…".to_owned(),
        marked,
    };
    if start > 0 {
        pieces.insert(0, dots(false));
    }
    if end < text.len() {
        pieces.push(dots(false));
    }
    pieces
}

/// Finds what was looked for in a text.
fn marks(text: &str, query: &Query, with_typos: bool) -> Vec<Mark> {
    let found = words::found(text);
    let exact = |word: &Word| {
        let mut asked = query.words.iter().enumerate();
        let (at, asked) = asked.find(|(_, asked)| word.text.starts_with(asked.as_str()))?;
        Some((start_of(text, &word.range, asked), at))
    };
    let mut marks: Vec<Mark> = found.iter().filter_map(exact).take(MARKS).collect();
    if with_typos {
        let similar = |word: &Word| {
            let mut asked = query.words.iter().enumerate();
            let (at, _) = asked.find(|(at, asked)| {
                let is_missing = !marks.iter().any(|(_, of)| of == at);
                is_missing && is_similar(query, asked, &word.text)
            })?;
            Some((word.range.clone(), at))
        };
        let similar: Vec<Mark> = found.iter().filter_map(similar).take(MARKS).collect();
        marks.extend(similar);
    }
    marks
}

/// Whether a word is one that was looked for with mistakes.
pub(crate) fn is_similar(query: &Query, asked: &str, word: &str) -> bool {
    let most = typo::forgiven(asked);
    let between = |is_start| typo::between(asked, word, is_start, most).is_some();
    most > 0 && (between(false) || (query.is_last(asked) && between(true)))
}

/// Returns the part of a word that is its start, folded.
fn start_of(text: &str, word: &Range<usize>, start: &str) -> Range<usize> {
    let mut folded = 0;
    for (at, c) in text[word.clone()].char_indices() {
        // Signs that are folded away belong to the letter before them.
        let mut adds = 0;
        words::fold_char(c, &mut |c| adds += c.len_utf8());
        if folded >= start.len() && adds > 0 {
            return word.start..word.start + at;
        }
        folded += adds;
    }
    word.clone()
}

/// Finds a word in a text without regard to what parts its words.
fn inside(text: &str, word: &str) -> Option<Range<usize>> {
    let mut joined = String::new();
    let mut places = Vec::new();
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            let end = at + c.len_utf8();
            words::fold_char(c, &mut |c| {
                joined.push(c);
                places.resize(joined.len(), at..end);
            });
        }
    }
    let start = joined.find(word).filter(|_| !word.is_empty())?;
    let end = start + word.len() - 1;
    Some(places[start].start..places[end].end)
}

/// Returns where the part begins that has most of the words.
fn best_start(text: &str, marks: &[Mark]) -> Option<usize> {
    let mut starts: Vec<&Mark> = marks.iter().collect();
    starts.sort_by_key(|(range, _)| range.start);
    let words_from = |first: usize| {
        let end = end_after(text, first).saturating_sub(BEFORE);
        let near = marks
            .iter()
            .filter(|(range, _)| range.start >= first && range.end <= end);
        let mut words: Vec<usize> = near.map(|(_, word)| *word).collect();
        words.sort_unstable();
        words.dedup();
        words.len()
    };
    let mut best = None;
    for (range, _) in starts {
        let count = words_from(range.start);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, range.start));
        }
    }
    best.map(|(_, start)| start)
}

/// Returns the start of a word some way before a place, or of the text.
fn start_before(text: &str, place: usize) -> usize {
    let mut before = text[..place].char_indices().rev();
    let Some((at, _)) = before.nth(BEFORE) else {
        return 0;
    };
    let after_space = text[at..place].find(char::is_whitespace);
    after_space.map_or(at, |space| {
        let rest = &text[at + space..place];
        at + space + (rest.len() - rest.trim_start().len())
    })
}

/// Returns the end of a word so far after a place as is shown, or of the text.
fn end_after(text: &str, start: usize) -> usize {
    match text[start..].char_indices().nth(LENGTH) {
        None => text.len(),
        Some((length, _)) => {
            let shown = &text[start..start + length];
            let end = shown
                .rfind(char::is_whitespace)
                .filter(|end| *end > length / 2);
            start + end.unwrap_or(length)
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let boundary = (0..=at).rev().find(|at| text.is_char_boundary(*at));
    boundary.unwrap_or_default()
}

/// Parts a text at its marks.
fn pieces(text: &str, part: Range<usize>, marks: Vec<Mark>) -> Vec<Piece> {
    let mut ranges: Vec<Range<usize>> = marks.into_iter().map(|(range, _)| range).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, marked| match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.marked == marked => last.text.push_str(text),
        _ => pieces.push(Piece {
            text: text.to_owned(),
            marked,
        }),
    };
    let mut at = part.start;
    for range in ranges {
        let (start, end) = (range.start.max(at), range.end.min(part.end));
        if start < end {
            push(&text[at..start], false);
            push(&text[start..end], true);
            at = end;
        }
    }
    push(&text[at..part.end], false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| {
            if piece.marked {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(show).collect()
    }

    fn title(text: &str, term: &str) -> String {
        shown(&whole(text, &Query::parse(term), true))
    }

    #[test]
    fn what_was_typed_is_marked() {
        assert_eq!(title("checkout-api", "check api"), "[check]out-[api]");
        assert_eq!(title("Fähre nach Ærø", "fahre aero"), "[Fähre] nach [Ærø]");
        assert_eq!(title("checkout-api", "chekcout"), "[checkout]-api");
        assert_eq!(title("checkout-api", "checkoutapi"), "[checkout-api]");
        assert_eq!(title("apigateway", "gate"), "api[gate]way");
        assert_eq!(title("JavaScript", "script"), "Java[Script]");
        assert_eq!(title("nothing", "else"), "nothing");
    }

    #[test]
    fn of_a_long_text_the_part_with_most_words_is_shown() {
        let text = format!(
            "{} ferry {} the ferry sails at dawn {}",
            "word ".repeat(80),
            "word ".repeat(80),
            "word ".repeat(80)
        );
        let part = shown(&fragment(&text, &Query::parse("ferry dawn"), false));
        assert!(part.contains("the [ferry] sails at [dawn]"), "{part}");
        assert!(part.starts_with('…') && part.ends_with('…'), "{part}");
        assert!(part.chars().count() < LENGTH + 20, "{part}");
        let plain = fragment("Short.", &Query::parse("ferry"), false);
        assert_eq!(shown(&plain), "Short.");
    }

    #[test]
    fn pieces_are_the_text_whatever_is_in_it() {
        for text in [
            "",
            "\u{301}a\u{301}",
            "ß—ßß",
            "İİİ",
            "\u{202e}abc",
            "日本語 text",
        ] {
            for term in ["a", "ss", "i", "本", "abc ss"] {
                let pieces = whole(text, &Query::parse(term), true);
                let all: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                assert_eq!(all, text, "{term}");
            }
        }
    }
}
