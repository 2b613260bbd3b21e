//! The filters that are on, each with a link that takes it off.
use callboard_model::view::{CatalogQuery, Facet, FilterTerm};
use leptos::prelude::*;

use super::{filters, kind};
use crate::{paths, ui::kit::filter_chip::FilterChip};

/// Filters that are shown; the rest is counted.
const MOST: usize = 30;

/// A filter that is on: its name, its value, and the address without it.
pub(super) struct Active {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) href: String,
}

/// One chip for each filter, and a link that takes all of them off; nothing when there is none.
#[component]
pub fn ActiveFilters(
    /// What the page asks for.
    query: CatalogQuery,
    /// The facets, for the names of values.
    facets: Vec<Facet>,
    /// The parts of the filter line.
    terms: Vec<FilterTerm>,
) -> impl IntoView {
    let mut active = all(&query, &facets, &terms);
    (!active.is_empty()).then(|| {
        let clear = (active.len() > 1).then(|| {
            let href = paths::catalog(&filters::cleared(&query));
            view! { <li><a href=href>"Clear all"</a></li> }
        });
        let more = active.len().saturating_sub(MOST);
        active.truncate(MOST);
        let more = (more > 0).then(|| view! { <li>{format!("and {more} more")}</li> });
        let chips = active.into_iter().map(|Active { name, value, href }| {
            view! { <FilterChip name value href/> }
        });
        let chips = chips.collect_view();
        view! { <ul class="chips" aria-label="Active filters">{chips} {more} {clear}</ul> }
    })
}

/// Returns every filter that is on.
pub(super) fn all(query: &CatalogQuery, facets: &[Facet], terms: &[FilterTerm]) -> Vec<Active> {
    let of_facets = filters::active(query).into_iter().map(|(key, value)| {
        let href = paths::catalog(&filters::without(query, key, &value));
        let (name, value) = names(facets, key, &value);
        Active { name, value, href }
    });
    let of_line = terms.iter().map(|term| Active {
        name: "Text".to_owned(),
        value: term.text.clone(),
        href: paths::catalog(&filters::with_line(query, &term.rest)),
    });
    of_facets.chain(of_line).collect()
}

/// Returns the name of a filter and of its value as people read them.
fn names(facets: &[Facet], key: &str, value: &str) -> (String, String) {
    let facet = facets.iter().find(|facet| facet.key == key);
    let label = facet
        .and_then(|facet| {
            facet
                .values
                .iter()
                .find(|known| known.value.eq_ignore_ascii_case(value))
        })
        .map(|known| known.label.clone());
    let value = match key {
        "kind" => kind::name(value),
        _ => label.unwrap_or_else(|| value.to_owned()),
    };
    let name = facet.map_or_else(|| key.to_owned(), |facet| facet.title.clone());
    (name, value)
}
