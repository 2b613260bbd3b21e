//! The catalog page: a query as the URL has it, into rows and facets.
use std::time::Instant;

use callboard_catalog::{
    Filter, Index,
    index::{EntityId, EntitySet, OrderKey, TITLE_KEY},
};
use callboard_model::view::{CatalogPage, CatalogQuery, Facet, FacetValue};

use crate::{error::AppError, server::access::Access};

/// Rows on one page.
const PAGE_SIZE: usize = 25;

/// Values of one facet that are answered, beyond those that are chosen.
const FACET_VALUES: usize = 10;

/// Words of free text that count; the rest of a longer text is not looked for.
const MAX_WORDS: usize = 8;

/// Where free text is looked for.
const TEXT_KEYS: &[&str] = &[
    "metadata.name",
    "metadata.title",
    "metadata.description",
    "metadata.tags",
    "spec.profile.displayname",
];

/// What the page can be filtered by: query parameter, heading, key in the index.
const FACETS: &[(&str, &str, &str)] = &[
    ("kind", "Kind", "kind"),
    ("type", "Type", "spec.type"),
    ("owner", "Owner", "relations.ownedby"),
    ("lifecycle", "Lifecycle", "spec.lifecycle"),
    ("tag", "Tags", "metadata.tags"),
    ("namespace", "Namespace", "metadata.namespace"),
];

impl Access {
    /// Answers the catalog page.
    ///
    /// # Errors
    /// `Invalid` when the query asks for an order that does not exist.
    pub async fn catalog_page(&self, query: &CatalogQuery) -> Result<CatalogPage, AppError> {
        let order = order(&query.sort)?;
        let started = Instant::now();
        let (ids, mut page) = {
            let index = self.index().read();
            let found = self.found(&index, filter(query, ""));
            let total = usize::try_from(found.len()).unwrap_or(usize::MAX);
            let pages = total.div_ceil(PAGE_SIZE).max(1);
            let number = (query.page.max(1) as usize).min(pages);
            let ids = index.ordered(&found, &order, (number - 1) * PAGE_SIZE, PAGE_SIZE);
            let facets = FACETS
                .iter()
                .map(|facet| self.facet_of(&index, query, facet))
                .collect();
            let page = CatalogPage {
                rows: Vec::new(),
                total,
                catalog_total: self.readable_count(&index),
                page: u32::try_from(number).unwrap_or(u32::MAX),
                pages: u32::try_from(pages).unwrap_or(u32::MAX),
                facets,
                took_us: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            };
            (ids, page)
        };
        self.name_owners(&mut page);
        page.rows = self.rows(&ids).await?;
        Ok(page)
    }

    /// Owners are chosen by reference and read by name.
    fn name_owners(&self, page: &mut CatalogPage) {
        for facet in page.facets.iter_mut().filter(|facet| facet.key == "owner") {
            for value in &mut facet.values {
                if let Some(label) = self.label_of(&value.value) {
                    value.label = label.title;
                }
            }
        }
    }
}

/// Turns the sort parameter into keys of the index.
fn order(sort: &str) -> Result<Vec<OrderKey>, AppError> {
    let (name, descending) = match sort.strip_prefix('-') {
        Some(name) => (name, true),
        None => (sort, false),
    };
    let key = match name {
        "" | "name" => TITLE_KEY,
        "type" => "spec.type",
        "lifecycle" => "spec.lifecycle",
        "owner" => "relations.ownedby",
        "system" => "relations.partof",
        other => {
            return Err(AppError::Invalid(format!(
                "Cannot sort by \"{other}\": use name, type, lifecycle, owner or system."
            )));
        }
    };
    Ok(vec![OrderKey {
        key: key.to_owned(),
        descending,
    }])
}

/// Turns the query into a condition, leaving out one parameter.
fn filter(query: &CatalogQuery, without: &str) -> Filter {
    let kind = [query.kind.clone()];
    let chosen: [(&str, &[String]); 6] = [
        ("kind", if query.kind.is_empty() { &[] } else { &kind }),
        ("type", &query.entity_type),
        ("owner", &query.owner),
        ("lifecycle", &query.lifecycle),
        ("tag", &query.tag),
        ("namespace", &query.namespace),
    ];
    let mut all: Vec<Filter> = chosen
        .iter()
        .filter(|(name, values)| *name != without && !values.is_empty())
        .filter_map(|(name, values)| {
            let (.., key) = FACETS.iter().find(|(facet, ..)| facet == name)?;
            Some(Filter::Is((*key).to_owned(), values.to_vec()))
        })
        .collect();
    for word in query.q.split_whitespace().take(MAX_WORDS) {
        let keys = TEXT_KEYS.iter().map(|key| (*key).to_owned()).collect();
        all.push(Filter::Contains(keys, word.to_owned()));
    }
    Filter::All(all)
}

fn facet(
    index: &Index,
    query: &CatalogQuery,
    facet: &(&str, &str, &str),
    among: &EntitySet,
) -> Facet {
    let (name, title, key) = *facet;
    let chosen: &[String] = match name {
        "kind" => std::slice::from_ref(&query.kind),
        "type" => &query.entity_type,
        "owner" => &query.owner,
        "lifecycle" => &query.lifecycle,
        "tag" => &query.tag,
        _ => &query.namespace,
    };
    let is_chosen = |value: &str| chosen.iter().any(|one| one.eq_ignore_ascii_case(value));
    let mut values: Vec<FacetValue> = index
        .facet(key, among)
        .into_iter()
        .map(|(value, count)| FacetValue {
            selected: is_chosen(&value),
            label: value.clone(),
            value,
            count,
        })
        .collect();
    for value in chosen.iter().filter(|value| !value.is_empty()) {
        if !values
            .iter()
            .any(|known| known.value.eq_ignore_ascii_case(value))
        {
            values.push(FacetValue {
                value: value.clone(),
                label: value.clone(),
                count: 0,
                selected: true,
            });
        }
    }
    values.sort_by(|a, b| (b.selected, b.count, &a.value).cmp(&(a.selected, a.count, &b.value)));
    let keep = FACET_VALUES + values.iter().filter(|value| value.selected).count();
    values.truncate(keep);
    Facet {
        key: name.to_owned(),
        title: title.to_owned(),
        values,
    }
}

impl Access {
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

    fn facet_of(&self, index: &Index, query: &CatalogQuery, which: &(&str, &str, &str)) -> Facet {
        // A facet is not narrowed by its own choice, so that another value can be added or taken instead.
        let among = self.found(index, filter(query, which.0));
        facet(index, query, which, &among)
    }
}
