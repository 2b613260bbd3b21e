//! Search: a query as the URL has it, into what the caller may read of what is found.
use std::{collections::HashSet, sync::Arc, time::Instant};

use callboard_model::view::{
    Facet, FacetValue, Piece, SearchHit, SearchQuery, SearchRow, SearchView,
};
use callboard_search::{Answer, Field, Hit, MAX_DEPTH, MAX_TERM, Request, id_hash};

use super::Services;
use crate::{
    error::AppError,
    server::{
        access::Access,
        finder::{FollowError, entity_of},
    },
};

/// Things on one page.
const PAGE_SIZE: usize = 25;

/// Values of one facet that are answered, beyond those that are chosen.
const FACET_VALUES: usize = 10;

/// What the page can be filtered by: query parameter, heading, field.
const FACETS: [(&str, &str, Field); 4] = [
    ("kind", "Kind", Field::Kind),
    ("type", "Found in", Field::Type),
    ("owner", "Owner", Field::Owner),
    ("lifecycle", "Lifecycle", Field::Lifecycle),
];

impl Services {
    /// Brings the search to where the catalog is. Returns whether more has happened than the catalog knows of.
    ///
    /// # Errors
    /// When the database or the search engine fails.
    pub async fn follow_search(&self) -> Result<bool, FollowError> {
        self.finder().catch_up(self.db(), self.index()).await
    }
}

impl Access {
    /// Answers the search page.
    ///
    /// # Errors
    /// `Internal` when the search engine fails.
    pub fn search_view(&self, query: &SearchQuery) -> Result<SearchView, AppError> {
        let started = Instant::now();
        let number = query.page.max(1) as usize;
        let mut request = Request {
            term: query.q.chars().take(MAX_TERM).collect(),
            filters: self.filters(query),
            facets: FACETS.iter().map(|(.., field)| *field).collect(),
            offset: (number - 1).saturating_mul(PAGE_SIZE),
            // Who asks for nothing is shown what there is to ask for.
            limit: if asks_nothing(query) { 0 } else { PAGE_SIZE },
        };
        let mut answer = self.search(&request)?;
        let pages = answer.total.min(MAX_DEPTH).div_ceil(PAGE_SIZE).max(1);
        let page = number.min(pages);
        if page < number && request.limit > 0 {
            request.offset = (page - 1) * PAGE_SIZE;
            answer = self.search(&request)?;
        }
        let took = started.elapsed();
        Ok(SearchView {
            total: answer.total,
            page: u32::try_from(page).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            facets: self.search_facets(query, &answer),
            rows: answer
                .hits
                .into_iter()
                .map(|hit| self.search_row(hit))
                .collect(),
            took_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            indexing: self.is_ingesting() || self.finder().is_behind(self.index()),
            suggestion: answer.suggestion,
        })
    }

    /// Returns the best of what is found for a term that is being typed.
    ///
    /// # Errors
    /// `Internal` when the search engine fails.
    pub fn suggest(&self, q: &str, limit: usize) -> Result<Vec<SearchHit>, AppError> {
        if q.trim().is_empty() {
            return Ok(Vec::new());
        }
        self.suggest_of(q, &[], limit)
    }

    /// Returns the best of what is found of some kinds, of all when there are none; without a term, the first by name.
    ///
    /// # Errors
    /// `Internal` when the search engine fails.
    pub(super) fn suggest_of(
        &self,
        q: &str,
        kinds: &[&str],
        limit: usize,
    ) -> Result<Vec<SearchHit>, AppError> {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let filters = Some((Field::Kind, kinds)).filter(|(_, kinds)| !kinds.is_empty());
        let answer = self.search(&Request {
            term: q.chars().take(MAX_TERM).collect(),
            filters: filters.into_iter().collect(),
            limit,
            ..Request::default()
        })?;
        let hits = answer.hits.into_iter();
        Ok(hits.map(|hit| self.search_row(hit).hit).collect())
    }

    /// Searches among what the caller may read.
    ///
    /// # Errors
    /// `Internal` when the search engine fails.
    pub(in crate::server) fn search(&self, request: &Request) -> Result<Answer, AppError> {
        let engine = self.finder().engine();
        let answer = match self.seen_hashes() {
            None => engine.search(request, None),
            Some(seen) => engine.search(request, Some(&|hash| seen.contains(&hash))),
        };
        answer.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "a search failed");
            AppError::Internal
        })
    }

    /// Returns the entities that the caller may read as the engine knows them; nothing when that is all.
    fn seen_hashes(&self) -> Option<Arc<HashSet<u64>>> {
        if self.sees_all() {
            return None;
        }
        let index = self.index().read();
        let (seq, condition) = (index.seq(), self.reading());
        if let Some(known) = self.hashes().get(seq, condition) {
            return Some(known);
        }
        let seen = self.seen(&index);
        let labels = seen.iter().filter_map(|id| index.label(id));
        let found: HashSet<u64> = labels.map(|label| id_hash(label.entity_ref)).collect();
        drop(index);
        let found = Arc::new(found);
        self.hashes().keep(seq, condition, &found);
        Some(found)
    }

    fn filters(&self, query: &SearchQuery) -> Vec<(Field, Vec<String>)> {
        let chosen = FACETS
            .iter()
            .map(|(key, _, field)| (*field, chosen(query, key)));
        let chosen = chosen.filter(|(_, values)| !values.is_empty());
        chosen
            .map(|(field, values)| {
                let mut values = values.to_vec();
                if field == Field::Owner && !self.sees_all() {
                    // What is found must not tell that there is an owner who may not be named.
                    values.retain(|value| self.is_nameable(value));
                }
                (field, values)
            })
            .collect()
    }

    fn is_nameable(&self, entity_ref: &str) -> bool {
        self.label_of(entity_ref).is_some_and(|label| label.exists)
    }

    fn search_row(&self, hit: Hit) -> SearchRow {
        let document = hit.document;
        let owner = self.label_of(&document.owner_ref);
        // An owner who may not be named is left out, like one that is not there.
        let owner = owner.filter(|owner| owner.exists || self.sees_all());
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let label = self.label(&entity_of(&document));
        SearchRow {
            hit: SearchHit {
                title: pieces(hit.title),
                // The engine calls what has no type `other`, as Backstage does.
                entity_type: some(document.component_type).filter(|one| one != "other"),
                owner: owner.as_ref().map(|owner| owner.title.clone()),
                location: document.location,
                label,
            },
            doc_type: document.doc_type,
            text: pieces(hit.text),
            lifecycle: some(document.lifecycle),
            owner,
        }
    }

    fn search_facets(&self, query: &SearchQuery, answer: &Answer) -> Vec<Facet> {
        let facets = FACETS.iter().zip(&answer.facets);
        facets
            .map(|((key, title, field), counts)| {
                let mut values = counts.values.clone();
                if *field == Field::Owner && !self.sees_all() {
                    values.retain(|(value, _)| self.is_nameable(value));
                }
                let values = facet_values(values, chosen(query, key)).into_iter();
                Facet {
                    key: (*key).to_owned(),
                    title: (*title).to_owned(),
                    total: counts.values.len(),
                    values: values.map(|value| self.named(*field, value)).collect(),
                }
            })
            .collect()
    }

    /// Owners are chosen by reference and read by name.
    fn named(&self, field: Field, mut value: FacetValue) -> FacetValue {
        match field {
            Field::Owner => {
                if let Some(label) = self.label_of(&value.value) {
                    value.label = label.title;
                }
            }
            Field::Type if value.value == callboard_search::SOFTWARE_CATALOG => {
                "Catalog".clone_into(&mut value.label);
            }
            _ => {}
        }
        value
    }
}

/// Whether there is neither a word nor a filter.
fn asks_nothing(query: &SearchQuery) -> bool {
    let mut keys = FACETS.iter().map(|(key, ..)| chosen(query, key));
    query.q.trim().is_empty() && keys.all(<[String]>::is_empty)
}

/// Returns the values that are chosen of a facet.
fn chosen<'a>(query: &'a SearchQuery, key: &str) -> &'a [String] {
    match key {
        "kind" => &query.kind,
        "type" => &query.types,
        "owner" => &query.owner,
        _ => &query.lifecycle,
    }
}

/// Returns the most frequent values and those that are chosen.
fn facet_values(counts: Vec<(String, usize)>, chosen: &[String]) -> Vec<FacetValue> {
    let is_chosen = |value: &str| {
        let value = value.to_lowercase();
        chosen.iter().any(|one| one.to_lowercase() == value)
    };
    let mut values: Vec<FacetValue> = Vec::new();
    for (at, (value, count)) in counts.into_iter().enumerate() {
        let selected = is_chosen(&value);
        if at < FACET_VALUES || selected {
            values.push(FacetValue {
                label: value.clone(),
                value,
                count,
                selected,
            });
        }
    }
    for value in chosen {
        let lower = value.to_lowercase();
        if !values
            .iter()
            .any(|known| known.value.to_lowercase() == lower)
        {
            values.push(FacetValue {
                label: value.clone(),
                value: value.clone(),
                count: 0,
                selected: true,
            });
        }
    }
    values
}

fn pieces(pieces: Vec<callboard_search::Piece>) -> Vec<Piece> {
    let pieces = pieces.into_iter();
    pieces
        .map(|piece| Piece {
            text: piece.text,
            marked: piece.marked,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_always_among_the_values() {
        let counts: Vec<(String, usize)> = (0..20).map(|at| (format!("v{at}"), 20 - at)).collect();
        let values = facet_values(counts, &["V15".to_owned(), "else".to_owned()]);
        assert_eq!(values.len(), FACET_VALUES + 2);
        let selected: Vec<_> = values.iter().filter(|value| value.selected).collect();
        let selected: Vec<_> = selected
            .iter()
            .map(|value| (value.value.as_str(), value.count))
            .collect();
        assert_eq!(selected, [("v15", 5), ("else", 0)]);
    }

    #[test]
    fn a_page_without_a_question_is_one() {
        assert!(asks_nothing(&SearchQuery {
            q: "  ".to_owned(),
            page: 3,
            ..SearchQuery::default()
        }));
        assert!(!asks_nothing(&SearchQuery {
            owner: vec!["a".to_owned()],
            ..SearchQuery::default()
        }));
    }
}
