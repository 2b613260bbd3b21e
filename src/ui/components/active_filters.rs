//! The filters that are on, each with a link that takes it off.
use callboard_model::view::{CatalogQuery, Facet};
use leptos::prelude::*;

use super::{filters, kind};
use crate::{paths, ui::kit::filter_chip::FilterChip};

/// One chip for each filter, and a link that takes all of them off; nothing when there is none.
#[component]
pub fn ActiveFilters(
    /// What the page asks for.
    query: CatalogQuery,
    /// The facets, for the names of values.
    facets: Vec<Facet>,
) -> impl IntoView {
    let active = filters::active(&query);
    (!active.is_empty()).then(|| {
        let all = (active.len() > 1).then(|| {
            let href = paths::catalog(&filters::cleared(&query));
            view! { <li><a href=href>"Clear all"</a></li> }
        });
        let chips = active
            .into_iter()
            .map(|(key, value)| {
                let href = paths::catalog(&filters::without(&query, key, &value));
                let (name, value) = names(&facets, key, &value);
                view! { <FilterChip name value href/> }
            })
            .collect_view();
        view! { <ul class="chips" aria-label="Active filters">{chips} {all}</ul> }
    })
}

/// Returns the name of a filter and of its value as people read them.
pub(super) fn names(facets: &[Facet], key: &str, value: &str) -> (String, String) {
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
    let name = facet.map_or_else(|| capitalised(key), |facet| facet.title.clone());
    (name, value)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
