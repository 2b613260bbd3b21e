//! The catalog page: a query as the URL has it, into rows and facets.
use std::time::Instant;

use callboard_catalog::{
    Filter, Index,
    index::{EntityId, EntitySet, OrderKey, TITLE_KEY},
};
use callboard_model::view::{CatalogPage, CatalogQuery, FilterProblem, FilterTerm, ListCounts};

use crate::{error::AppError, server::access::Access};

mod asked;
mod columns;
mod compare;
mod export;
mod facets;
mod views;

use asked::Asked;
use columns::Columns;
pub(in crate::server) use export::{Export, ExportForm};

/// Rows that a page can have.
const SIZES: [u32; 3] = [25, 50, 100];

impl Access {
    /// Answers the catalog page. What the query has that cannot be understood is told on the page.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn catalog_page(&self, query: &CatalogQuery) -> Result<CatalogPage, AppError> {
        let asked = self.asked(query).await?;
        let mut columns = Columns::of(query);
        let size = Some(query.size).filter(|size| SIZES.contains(size));
        let size = size.unwrap_or(SIZES[0]);
        let (ids, mut page) = self.look_up(&asked, size);
        let refs = self.refs(&ids);
        let entities = self.entities(&refs).await?;
        page.rows = self.catalog_rows(&entities, &columns, &asked);
        columns.fold(&mut page.rows);
        page.columns = columns.offered();
        page.problems = problems(&asked, &columns);
        page.views = self.view_state(query).await?;
        page.is_ingesting = self.is_ingesting();
        self.name_owners(&mut page);
        Ok(page)
    }

    /// Looks into the index: which entities are on the page, and what is counted.
    fn look_up(&self, asked: &Asked, size: u32) -> (Vec<EntityId>, CatalogPage) {
        let started = Instant::now();
        let index = self.index().read();
        let found = self.found(&index, asked.filter(""));
        let total = usize::try_from(found.len()).unwrap_or(usize::MAX);
        let rows = size as usize;
        let pages = total.div_ceil(rows).max(1);
        let number = (asked.query.page.max(1) as usize).min(pages);
        let (order, _) = order(&asked.query.sort);
        let ids = index.ordered(&found, &order, (number - 1) * rows, rows);
        let page = CatalogPage {
            total,
            catalog_total: self.readable_count(&index),
            page: u32::try_from(number).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            size,
            facets: self.facets(&index, asked, &found),
            lists: self.list_counts(&index, asked, &found),
            terms: terms(asked),
            took_us: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            ..CatalogPage::default()
        };
        (ids, page)
    }

    /// Counts what of the answer the caller owns and starred.
    fn list_counts(&self, index: &Index, asked: &Asked, found: &EntitySet) -> ListCounts {
        let is_narrowed = asked.list(&asked.query.list).is_some();
        let wider = is_narrowed.then(|| self.found(index, asked.filter("list")));
        let all = wider.as_ref().unwrap_or(found);
        let within = |filter: &Filter| {
            usize::try_from(all.intersection_len(&index.matching(filter))).unwrap_or(usize::MAX)
        };
        let [owned, starred] = ["owned", "starred"].map(|list| asked.list(list));
        ListCounts {
            all: usize::try_from(all.len()).unwrap_or(usize::MAX),
            owned: owned.map_or(0, |filter| within(&filter)),
            starred: starred.map_or(0, |filter| within(&filter)),
        }
    }

    /// Returns every entity for which a condition holds and that the caller may read, by reference.
    pub(super) fn matching(&self, filter: &Filter, limit: usize) -> (Vec<EntityId>, usize) {
        let index = self.index().read();
        let found = self.found(&index, filter.clone());
        let total = usize::try_from(found.len()).unwrap_or(usize::MAX);
        (index.ordered(&found, &[], 0, limit), total)
    }

    /// Returns how many entities there are for the caller.
    pub(super) fn readable_count(&self, index: &Index) -> usize {
        match self.reading() {
            Filter::All(all) if all.is_empty() => index.len(),
            _ => usize::try_from(self.seen(index).len()).unwrap_or(usize::MAX),
        }
    }
}

/// Turns the sort parameter into keys of the index, and tells whether it could be understood.
fn order(sort: &str) -> (Vec<OrderKey>, bool) {
    let (name, descending) = match sort.strip_prefix('-') {
        Some(name) => (name, true),
        None => (sort, false),
    };
    let key = match name {
        "" | "name" => Some(TITLE_KEY.to_owned()),
        other => columns::sort_key(other),
    };
    let is_known = key.is_some();
    let key = OrderKey {
        key: key.unwrap_or_else(|| TITLE_KEY.to_owned()),
        descending,
    };
    (vec![key], is_known)
}

/// Returns the parts of the filter line, each with the line without it.
fn terms(asked: &Asked) -> Vec<FilterTerm> {
    let terms = asked.parsed.terms.iter().enumerate();
    terms
        .map(|(at, term)| FilterTerm {
            text: term.to_string(),
            rest: asked.parsed.without(at),
        })
        .collect()
}

/// Says what of the query was not understood.
fn problems(asked: &Asked, columns: &Columns) -> Vec<FilterProblem> {
    /// Problems that are told of one line.
    const MOST: usize = 5;
    let (query, line) = (&asked.query, asked.query.q.as_str());
    let of_line = asked.parsed.problems.iter().take(MOST).map(|problem| {
        let (before, rest) = line.split_at(problem.at.start);
        let (text, after) = rest.split_at(problem.at.len());
        let instead = problem.instead.as_ref();
        FilterProblem {
            text: text.chars().take(60).collect(),
            message: problem.message.clone(),
            instead: instead.map(|meant| (meant.clone(), format!("{before}{meant}{after}"))),
        }
    });
    let plain = |message: String| FilterProblem {
        text: String::new(),
        message,
        instead: None,
    };
    let mut problems: Vec<FilterProblem> = of_line.collect();
    if !order(&query.sort).1 {
        let sort = short(query.sort.trim_start_matches('-'));
        problems.push(plain(format!(
            "The list cannot be sorted by \"{sort}\"; it is sorted by name."
        )));
    }
    problems.extend(columns.unknown.iter().take(MOST).map(|name| {
        let name = short(name);
        plain(format!(
            "There is no column \"{name}\". For a label or an annotation write label:KEY or annotation:KEY."
        ))
    }));
    if query.size != 0 && !SIZES.contains(&query.size) {
        problems.push(plain(format!(
            "A page has 25, 50 or 100 rows, not {}.",
            query.size
        )));
    }
    if asked.list(&query.list).is_none() && !matches!(query.list.as_str(), "" | "all") {
        let list = short(&query.list);
        problems.push(plain(format!(
            "There is no list \"{list}\"; use owned, starred or all."
        )));
    }
    problems
}

/// Returns the start of a text that may be of any length.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
