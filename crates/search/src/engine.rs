//! The engine: documents in, answers out.
use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term, merge_policy::LogMergePolicy,
};

use crate::{
    Answer, Document, Hit, MAX_DEPTH, MAX_LIMIT, Request, correct, highlight, id_hash,
    matching::{self, Matches},
    query::{Allowed, Query},
    rank,
    schema::{self, Fields},
};

/// Memory for documents that are put in before they are parted off; it is given back with every commit.
const WRITER_BYTES: usize = 32 * 1024 * 1024;

/// A part of the index is written anew when so much of it was removed.
const REMOVED: f32 = 0.3;

/// With fewer documents than these, what is written similarly counts as well.
const FEW: usize = 5;

/// Why a search or a change of the index failed.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index in memory refused something.
    #[error("the search index failed: {0}")]
    Index(#[from] TantivyError),
    /// The index in memory could not be read.
    #[error("the search index cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// A document could not be kept or read back.
    #[error("a document of the search index is not JSON: {0}")]
    Stored(serde_json::Error),
}

/// An index in memory.
pub struct Engine {
    index: Index,
    fields: Fields,
    reader: IndexReader,
    writing: Mutex<Writing>,
}

/// What only whoever changes the index needs.
#[derive(Default)]
struct Writing {
    /// Made for the first change after a commit: it has threads and memory that are not needed in between.
    writer: Option<IndexWriter>,
    /// Hashes of the ids of all documents, so that new ones need not be looked for to be replaced.
    known: HashSet<u64>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("documents", &self.len())
            .finish()
    }
}

impl Engine {
    /// Makes an empty index.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn open() -> Result<Self, SearchError> {
        let (index, fields) = schema::create()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        Ok(Self {
            reader: reader.try_into()?,
            index,
            fields,
            writing: Mutex::default(),
        })
    }

    /// Returns the number of documents that can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::try_from(self.reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Whether nothing can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts documents in, in place of those with the same ids. They are found after the next commit.
    ///
    /// # Errors
    /// When the index fails.
    pub fn put(&self, documents: &[Document]) -> Result<(), SearchError> {
        let mut writing = self.writing();
        for document in documents {
            let is_new = writing.known.insert(id_hash(&document.id));
            let writer = writing.writer(&self.index)?;
            if !is_new {
                writer.delete_term(Term::from_field_text(self.fields.id, &document.id));
            }
            writer.add_document(self.fields.row(document)?)?;
        }
        Ok(())
    }

    /// Takes documents out. They are found until the next commit.
    ///
    /// # Errors
    /// When the index fails.
    pub fn remove(&self, ids: &[&str]) -> Result<(), SearchError> {
        let mut writing = self.writing();
        for id in ids {
            if writing.known.remove(&id_hash(id)) {
                let writer = writing.writer(&self.index)?;
                writer.delete_term(Term::from_field_text(self.fields.id, id));
            }
        }
        Ok(())
    }

    /// Makes all changes visible at once.
    ///
    /// # Errors
    /// When the index fails.
    pub fn commit(&self) -> Result<(), SearchError> {
        let mut writing = self.writing();
        if let Some(mut writer) = writing.writer.take() {
            writer.commit()?;
            writer.wait_merging_threads()?;
            self.reader.reload()?;
        }
        Ok(())
    }

    /// Searches among the documents that the caller may see; without `allowed`, among all.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(
        &self,
        request: &Request,
        allowed: Option<Allowed<'_>>,
    ) -> Result<Answer, SearchError> {
        let query = Query::parse(&request.term);
        if query.words.is_empty() && query.is_something {
            return Ok(Answer::default());
        }
        let searcher = self.reader.searcher();
        let mut matches = Matches::find(&searcher, &self.fields, &query, allowed, false)?;
        let mut has_typos = false;
        if matches.count() < FEW && query.may_have_typos() {
            let similar = Matches::find(&searcher, &self.fields, &query, allowed, true)?;
            has_typos = similar.count() > matches.count();
            matches = similar;
        }
        let limit = request.limit.min(MAX_LIMIT);
        let depth = request.offset.saturating_add(limit).min(MAX_DEPTH);
        let ranked = rank::rank(&searcher, &matches, request, depth, !query.words.is_empty())?;
        let places = ranked.places.iter().skip(request.offset);
        let documents = places.map(|place| self.document(&searcher, *place));
        let documents = documents.collect::<Result<Vec<_>, _>>()?;
        let suggestion = if matches.count() == 0 {
            self.nearest(&searcher, &query, allowed)?
        } else if has_typos && let Some(best) = ranked.places.first() {
            correct::corrected(&query, &self.document(&searcher, *best)?)
        } else {
            None
        };
        let hits = documents.into_iter().enumerate().map(|(at, document)| Hit {
            rank: request.offset + at + 1,
            title: highlight::whole(document.shown(), &query, has_typos),
            text: highlight::fragment(&document.text, &query, has_typos),
            document,
        });
        Ok(Answer {
            hits: hits.collect(),
            total: ranked.total,
            facets: ranked.facets,
            suggestion,
        })
    }

    /// Returns words that find something instead of these, which find nothing.
    fn nearest(
        &self,
        searcher: &tantivy::Searcher,
        query: &Query,
        allowed: Option<Allowed<'_>>,
    ) -> Result<Option<String>, SearchError> {
        let Some(place) = matching::nearest(searcher, &self.fields, query, allowed)? else {
            return Ok(None);
        };
        Ok(correct::corrected(query, &self.document(searcher, place)?))
    }

    fn document(
        &self,
        searcher: &tantivy::Searcher,
        place: tantivy::DocAddress,
    ) -> Result<Document, SearchError> {
        use tantivy::schema::Value;
        let row: tantivy::TantivyDocument = searcher.doc(place)?;
        let stored = row.get_first(self.fields.stored);
        let stored = stored.and_then(|value| value.as_str()).unwrap_or_default();
        serde_json::from_str(stored).map_err(SearchError::Stored)
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writing {
    fn writer(&mut self, index: &Index) -> Result<&mut IndexWriter, SearchError> {
        if self.writer.is_none() {
            let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(REMOVED);
            writer.set_merge_policy(Box::new(policy));
            self.writer = Some(writer);
        }
        Ok(self.writer.as_mut().expect("it was just made"))
    }
}
