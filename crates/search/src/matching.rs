//! Which documents have all words, and how well.
//!
//! Each word is looked for in the dictionary of each field: as it is, as the start of a word, inside a name and, when
//! little else is found, with typing mistakes. A document counts for a word with the best place it has it in.
use memchr::memmem;
use tantivy::{
    DocAddress, DocId, Searcher, SegmentReader, Term,
    index::InvertedIndexReader,
    postings::TermInfo,
    query::FuzzyTermQuery,
    schema::{Field, IndexRecordOption},
};

use crate::{
    SearchError,
    query::{Allowed, Query},
    schema::{Fields, HASH},
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
        let mut matches = Self {
            segments: Vec::new(),
            count: 0,
        };
        for segment in searcher.segment_readers() {
            let mut worth = if query.words.is_empty() {
                vec![1; segment.max_doc() as usize]
            } else {
                all_words(segment, fields, query, with_typos)?
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
    let mut best: Option<(u32, DocAddress)> = None;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut worth = vec![0_u32; segment.max_doc() as usize];
        for word in &query.words {
            let mistakes = if word.chars().count() < 4 { 0 } else { 2 };
            let of_word = one_word(segment, fields, query, word, mistakes)?;
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
    with_typos: bool,
) -> Result<Vec<u32>, SearchError> {
    let mut sums: Option<Vec<u32>> = None;
    for word in &query.words {
        let mistakes = if with_typos { typo::forgiven(word) } else { 0 };
        let of_word = one_word(segment, fields, query, word, mistakes)?;
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
    query: &Query,
    word: &str,
    mistakes: u8,
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
        for_starts(&index, word, |found, info| {
            let one = if found == word {
                kind.exact
            } else {
                kind.start
            };
            raise(&index, info, one, &mut worth)
        })?;
        if kind.inside > 0 && word.chars().count() >= MIN_INSIDE {
            for_inside(&index, word, |info| {
                raise(&index, info, kind.inside, &mut worth)
            })?;
        }
        if kind.similar > 0 && mistakes > 0 {
            let is_last = query.is_last(word);
            for_similar(
                &index,
                field,
                word,
                mistakes,
                is_last,
                |hundredths, info| raise(&index, info, kind.similar * hundredths / 100, &mut worth),
            )?;
        }
    }
    Ok(worth)
}

/// Gives the documents of a term at least this worth.
fn raise(
    index: &InvertedIndexReader,
    info: &TermInfo,
    worth: u32,
    into: &mut [u32],
) -> Result<(), SearchError> {
    let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while !postings.docs().is_empty() {
        for doc in postings.docs() {
            let best: &mut u32 = &mut into[*doc as DocId as usize];
            *best = worth.max(*best);
        }
        postings.advance();
    }
    Ok(())
}

/// Goes through the terms that start with a word.
fn for_starts(
    index: &InvertedIndexReader,
    word: &str,
    mut each: impl FnMut(&str, &TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    if word.is_empty() {
        return Ok(());
    }
    let mut terms = index.terms().range().ge(word.as_bytes()).into_stream()?;
    while let Some((key, info)) = terms.next() {
        let found = std::str::from_utf8(key).unwrap_or_default();
        if !found.starts_with(word) {
            break;
        }
        each(found, info)?;
    }
    Ok(())
}

/// Goes through the terms that have a word inside.
fn for_inside(
    index: &InvertedIndexReader,
    word: &str,
    mut each: impl FnMut(&TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let finder = memmem::Finder::new(word.as_bytes());
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        if finder.find(terms.key()).is_some_and(|at| at > 0) {
            each(terms.value())?;
        }
    }
    Ok(())
}

/// Goes through the terms that are similar to a word, with what is left of their worth in hundredths.
fn for_similar(
    index: &InvertedIndexReader,
    field: Field,
    word: &str,
    mistakes: u8,
    is_last: bool,
    mut each: impl FnMut(u32, &TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let term = Term::from_field_text(field, word);
    let similar = if is_last {
        FuzzyTermQuery::new_prefix(term, mistakes, true)
    } else {
        FuzzyTermQuery::new(term, mistakes, true)
    };
    let mut terms = index.terms().search(similar.automaton()?).into_stream()?;
    while let Some((key, info)) = terms.next() {
        let found = std::str::from_utf8(key).unwrap_or_default();
        let after = |count: u8| if count > 1 { SECOND_MISTAKE } else { 100 };
        let whole = typo::between(word, found, false, mistakes).map(after);
        let start = || typo::between(word, found, true, mistakes).map(after);
        let start = || start().map(|hundredths| hundredths * ONLY_START / 100);
        let hundredths = whole.or_else(|| if is_last { start() } else { None });
        if let Some(hundredths) = hundredths {
            each(hundredths, info)?;
        }
    }
    Ok(())
}
