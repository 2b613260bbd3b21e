//! Going through the dictionaries of the index: the terms that are a word, begin with it, have it inside or are similar.
use memchr::memmem;
use tantivy::{
    Term,
    index::InvertedIndexReader,
    postings::TermInfo,
    query::{DfaWrapper, FuzzyTermQuery},
    schema::IndexRecordOption,
};

use crate::{SearchError, query::Query, schema::Fields, typo};

/// A word as it is looked for.
pub(crate) struct Wanted<'a> {
    pub(crate) word: &'a str,
    /// Whether it may still be being typed.
    is_last: bool,
    /// What goes through dictionaries for similar words, and how many mistakes are forgiven. It takes a while to make.
    similar: Option<(DfaWrapper, u8)>,
}

impl<'a> Wanted<'a> {
    fn new(fields: &Fields, query: &Query, word: &'a str, most: u8) -> Result<Self, SearchError> {
        let is_last = query.is_last(word);
        // The field makes no difference to what is similar.
        let term = Term::from_field_text(fields.name, word);
        let similar = match most {
            0 => None,
            most if is_last => Some(FuzzyTermQuery::new_prefix(term, most, true)),
            most => Some(FuzzyTermQuery::new(term, most, true)),
        };
        let similar = similar.map(|similar| similar.automaton()).transpose()?;
        Ok(Self {
            word,
            is_last,
            similar: similar.map(|similar| (similar, most)),
        })
    }
}

/// Returns the words of a query as they are looked for, each with so many mistakes as are forgiven in it.
pub(crate) fn wanted<'a>(
    fields: &Fields,
    query: &'a Query,
    most: impl Fn(&str) -> u8,
) -> Result<Vec<Wanted<'a>>, SearchError> {
    let words = query.words.iter();
    words
        .map(|word| Wanted::new(fields, query, word, most(word)))
        .collect()
}

/// Gives the documents of a term at least this worth.
pub(crate) fn raise(
    index: &InvertedIndexReader,
    info: &TermInfo,
    worth: u32,
    into: &mut [u32],
) -> Result<(), SearchError> {
    let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while !postings.docs().is_empty() {
        for doc in postings.docs() {
            let best: &mut u32 = &mut into[*doc as usize];
            *best = worth.max(*best);
        }
        postings.advance();
    }
    Ok(())
}

/// Goes through the terms that start with a word.
pub(crate) fn for_starts(
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
pub(crate) fn for_inside(
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

/// Goes through the terms that are similar to a word, with the number of mistakes between them, and whether it is the
/// whole term that is similar and not its start alone.
pub(crate) fn for_similar(
    index: &InvertedIndexReader,
    wanted: &Wanted<'_>,
    mut each: impl FnMut(u8, bool, &TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let Some((similar, most)) = &wanted.similar else {
        return Ok(());
    };
    let mut terms = index.terms().search(similar).into_stream()?;
    while let Some((key, info)) = terms.next() {
        let found = std::str::from_utf8(key).unwrap_or_default();
        let mistakes = |is_start| typo::between(wanted.word, found, is_start, *most);
        if let Some(count) = mistakes(false) {
            each(count, true, info)?;
        } else if let Some(count) = mistakes(true).filter(|_| wanted.is_last) {
            each(count, false, info)?;
        }
    }
    Ok(())
}
