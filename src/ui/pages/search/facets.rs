//! The values that the search can be narrowed to.
use callboard_model::view::{Facet, FacetValue, SearchQuery};
use leptos::prelude::*;

use super::links;
use crate::{
    paths,
    ui::{
        components::kind,
        kit::facet_list::{FacetLink, FacetList},
    },
};

/// All groups that offer a choice; folded into one on narrow screens.
pub(super) fn facets(query: &SearchQuery, facets: Vec<Facet>) -> impl IntoView + use<> {
    let offers =
        |facet: &Facet| facet.values.len() > 1 || facet.values.iter().any(|value| value.selected);
    let lists: Vec<_> = facets
        .into_iter()
        .filter(offers)
        .map(|facet| {
            let Facet {
                key, title, values, ..
            } = facet;
            let values = values.into_iter();
            let values = values.map(|value| link(query, &key, value)).collect();
            view! { <FacetList title values/> }
        })
        .collect();
    view! {
        <details class="facets">
            <summary class="btn">"Filters"</summary>
            <nav aria-label="Filters">{lists}</nav>
        </details>
    }
}

/// Makes the link that switches one value.
fn link(query: &SearchQuery, key: &str, value: FacetValue) -> FacetLink {
    let href = paths::search(&links::toggled(query, key, &value.value, value.selected));
    FacetLink {
        label: if key == "kind" {
            kind::plural(&value.value)
        } else {
            value.label
        },
        count: value.count,
        selected: value.selected,
        href,
        glyph: None,
    }
}
