//! Which documents have all words, and how well.
//!
//! Each word is looked for in the dictionary of each field: as it is, as the start of a word, inside a name and, when
//! little else is found, with typing mistakes. A document counts for a word with the best place it has it in.
use tantivy::{DocAddress, Searcher, SegmentReader, Term};

use crate::{
    SearchError,
    query::{Allowed, Query},
    schema::{Fields, HASH},
    terms::{Wanted, for_inside, for_similar, for_starts, raise, wanted},
    typo,
};

/// What a match is worth.
#[derive(Debug, Clone, Copy)]
struct Worth {
    exact: u32,
    start: u32,
    /// With one mistake; with two it is worth less.
    similar: u32,
    inside: u32,
}

const NAME: Worth = Worth {
    exact: 1000,
    start: 700,
    similar: 400,
    inside: 0,
};
/// A name in one word: for those who leave out what parts it.
const WHOLE: Worth = Worth {
    exact: 1000,
    start: 650,
    similar: 380,
    inside: 250,
};
const TAGS: Worth = Worth {
    exact: 600,
    start: 420,
    similar: 200,
    inside: 0,
};
const META: Worth = Worth {
    exact: 450,
    start: 300,
    similar: 0,
    inside: 0,
};
const TEXT: Worth = Worth {
    exact: 350,
    start: 240,
    similar: 120,
    inside: 0,
};

/// What the second mistake takes off, in hundredths.
const SECOND_MISTAKE: u32 = 70;
/// What it takes off when only the start of a word is similar, in hundredths.
const ONLY_START: u32 = 80;

/// The term as a whole is the name, or the id.
const IS_NAME: u32 = 5_000;
/// The name starts with the term as a whole.
const STARTS_NAME: u32 = 300;

/// Letters of a word that is looked for inside names.
const MIN_INSIDE: usize = 3;

/// The documents of the whole index that match.
pub(crate) struct Matches {
    /// For each segment, what each of its documents is worth; 0 where it does not match.
    pub(crate) segments: Vec<Vec<u32>>,
    count: usize,
}

impl Matches {
    /// Finds the documents that have all words and that the caller may see.
    pub(crate) fn find(
        searcher: &Searcher,
        fields: &Fields,
        query: &Query,
        allowed: Option<Allowed<'_>>,
        with_typos: bool,
    ) -> Result<Self, SearchError> {
        let most = |word: &str| if with_typos { typo::forgiven(word) } else { 0 };
        let wanted = wanted(fields, query, most)?;
        let mut matches = Self {
            segments: Vec::new(),
            count: 0,
        };
        for segment in searcher.segment_readers() {
            let mut worth = if query.words.is_empty() {
                vec![1; segment.max_doc() as usize]
            } else {
                all_words(segment, fields, query, &wanted)?
            };
            keep_visible(segment, allowed, &mut worth)?;
            matches.count += worth.iter().filter(|worth| **worth > 0).count();
            matches.segments.push(worth);
        }
        Ok(matches)
    }

    /// Returns how many there are, whatever the filters.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}

/// Finds a document that has as many of the words as possible, with more mistakes than are forgiven otherwise.
pub(crate) fn nearest(
    searcher: &Searcher,
    fields: &Fields,
    query: &Query,
    allowed: Option<Allowed<'_>>,
) -> Result<Option<DocAddress>, SearchError> {
    /// More than any worth that a document can have for the words it has.
    const EACH: u32 = 1_000_000;
    let most = |word: &str| if word.chars().count() < 4 { 0 } else { 2 };
    let wanted = wanted(fields, query, most)?;
    let mut best: Option<(u32, DocAddress)> = None;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut worth = vec![0_u32; segment.max_doc() as usize];
        for word in &wanted {
            let of_word = one_word(segment, fields, word)?;
            for (sum, one) in worth.iter_mut().zip(of_word) {
                *sum += if one > 0 { EACH + one } else { 0 };
            }
        }
        keep_visible(segment, allowed, &mut worth)?;
        for (doc, worth) in (0..).zip(worth) {
            if worth > best.map_or(0, |(best, _)| best) {
                best = Some((worth, DocAddress::new(ordinal, doc)));
            }
        }
    }
    Ok(best.map(|(_, place)| place))
}

/// Sets what may not be seen, and what was removed, to nothing.
fn keep_visible(
    segment: &SegmentReader,
    allowed: Option<Allowed<'_>>,
    worth: &mut [u32],
) -> Result<(), SearchError> {
    let hashes = segment.fast_fields().u64(HASH)?;
    for (doc, worth) in (0..).zip(worth) {
        if *worth == 0 {
            continue;
        }
        let is_seen = !segment.is_deleted(doc)
            && allowed.is_none_or(|allowed| hashes.first(doc).is_some_and(allowed));
        if !is_seen {
            *worth = 0;
        }
    }
    Ok(())
}

/// Returns what each document is worth that has all words.
fn all_words(
    segment: &SegmentReader,
    fields: &Fields,
    query: &Query,
    wanted: &[Wanted<'_>],
) -> Result<Vec<u32>, SearchError> {
    let mut sums: Option<Vec<u32>> = None;
    for word in wanted {
        let of_word = one_word(segment, fields, word)?;
        sums = Some(match sums {
            None => of_word,
            Some(mut sums) => {
                for (sum, one) in sums.iter_mut().zip(of_word) {
                    *sum = if one > 0 && *sum > 0 { *sum + one } else { 0 };
                }
                sums
            }
        });
    }
    let mut sums = sums.unwrap_or_default();
    add_for_names(segment, fields, query, &mut sums)?;
    Ok(sums)
}

/// Adds to documents that match anyway what it is worth that the whole term is, or begins, a name.
fn add_for_names(
    segment: &SegmentReader,
    fields: &Fields,
    query: &Query,
    sums: &mut [u32],
) -> Result<(), SearchError> {
    let mut more = vec![0_u32; sums.len()];
    let names = segment.inverted_index(fields.whole)?;
    for_starts(&names, &query.joined, |word, info| {
        let worth = if word == query.joined {
            IS_NAME
        } else {
            STARTS_NAME
        };
        raise(&names, info, worth, &mut more)
    })?;
    let ids = segment.inverted_index(fields.id)?;
    if let Some(info) = ids.get_term_info(&Term::from_field_text(fields.id, &query.id))? {
        raise(&ids, &info, IS_NAME, &mut more)?;
    }
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += if *sum > 0 { more } else { 0 };
    }
    Ok(())
}

/// Returns what each document is worth for one word.
fn one_word(
    segment: &SegmentReader,
    fields: &Fields,
    wanted: &Wanted<'_>,
) -> Result<Vec<u32>, SearchError> {
    let mut worth = vec![0; segment.max_doc() as usize];
    for (field, kind) in [
        (fields.name, NAME),
        (fields.whole, WHOLE),
        (fields.tags, TAGS),
        (fields.meta, META),
        (fields.text, TEXT),
    ] {
        let index = segment.inverted_index(field)?;
        for_starts(&index, wanted.word, |found, info| {
            let is_exact = found == wanted.word;
            let one = if is_exact { kind.exact } else { kind.start };
            raise(&index, info, one, &mut worth)
        })?;
        if kind.inside > 0 && wanted.word.chars().count() >= MIN_INSIDE {
            for_inside(&index, wanted.word, |info| {
                raise(&index, info, kind.inside, &mut worth)
            })?;
        }
        if kind.similar > 0 {
            for_similar(&index, wanted, |mistakes, is_whole, info| {
                let left = if mistakes > 1 { SECOND_MISTAKE } else { 100 };
                let part = if is_whole { 100 } else { ONLY_START };
                let hundredths = left * part / 100;
                raise(&index, info, kind.similar * hundredths / 100, &mut worth)
            })?;
        }
    }
    Ok(worth)
}
