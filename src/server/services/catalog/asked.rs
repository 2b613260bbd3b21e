//! A query of the catalog with everything that its condition depends on.
use callboard_catalog::{
    Filter,
    query::{self, Parsed, Sets, State},
};
use callboard_model::{Severity, view::CatalogQuery};

use super::facets::FACETS;
use crate::{error::AppError, server::access::Access};

/// A query that was read, and the sets that it may ask for.
pub(super) struct Asked {
    pub(super) query: CatalogQuery,
    pub(super) parsed: Parsed,
    pub(super) owners: Vec<String>,
    pub(super) starred: Vec<String>,
    watched: Vec<String>,
    erring: Vec<String>,
}

impl Access {
    /// Reads a query and finds what its condition depends on.
    pub(super) async fn asked(&self, query: &CatalogQuery) -> Result<Asked, AppError> {
        let parsed = query::parse(&query.q);
        let watched = if parsed.asks(State::Watched) {
            self.watches().await?.iter().cloned().collect()
        } else {
            Vec::new()
        };
        let user = self.caller().user();
        Ok(Asked {
            query: query.clone(),
            parsed,
            owners: user.map_or_else(Vec::new, |user| user.ownership.clone()),
            starred: self.stars().await?.iter().cloned().collect(),
            watched,
            erring: self.seen_erring().await?,
        })
    }

    /// Returns the entities with errors that the caller may know of: some problems tell which other entities there are,
    /// and so not everybody may find by them.
    async fn seen_erring(&self) -> Result<Vec<String>, AppError> {
        if self.sees_all() || self.has("catalog.ingestion.read") {
            return Ok(self.erring().await?.to_vec());
        }
        let visible = self.problems().await?.into_iter();
        let errors = visible.filter(|one| one.diagnostic.severity == Severity::Error);
        Ok(errors.filter_map(|one| one.diagnostic.entity_ref).collect())
    }
}

impl Asked {
    /// Returns the condition, leaving out one parameter.
    pub(super) fn filter(&self, without: &str) -> Filter {
        let facets = FACETS.iter().filter(|facet| facet.name != without);
        let facets = facets.filter_map(|facet| {
            let values = facet.chosen(&self.query);
            (!values.is_empty()).then(|| Filter::Is(facet.key.to_owned(), values.to_vec()))
        });
        let mut all: Vec<Filter> = facets.collect();
        if without != "status" && !self.query.status.is_empty() {
            let states = self.query.status.iter();
            let states = states.filter_map(|word| self.status(word));
            all.push(Filter::Any(states.collect()));
        }
        if without != "list" {
            all.extend(self.list(&self.query.list));
        }
        if !self.parsed.terms.is_empty() {
            all.push(self.parsed.filter(&self.sets()));
        }
        Filter::All(all)
    }

    /// Returns the condition of a list; nothing when it is the list of all, or there is no such list.
    pub(super) fn list(&self, name: &str) -> Option<Filter> {
        let state = match name {
            "owned" => State::Owned,
            "starred" => State::Starred,
            _ => return None,
        };
        Some(state.filter(&self.sets()))
    }

    /// Returns the condition of a state that can be chosen on the page.
    pub(super) fn status(&self, word: &str) -> Option<Filter> {
        let state = match word {
            "orphan" => State::Orphan,
            "error" => State::Error,
            _ => return None,
        };
        Some(state.filter(&self.sets()))
    }

    fn sets(&self) -> Sets<'_> {
        Sets {
            owners: &self.owners,
            starred: &self.starred,
            watched: &self.watched,
            erring: &self.erring,
        }
    }
}
