//! The facets of the catalog: groups of values to filter by.
use callboard_model::view::{CatalogQuery, Facet, FacetValue};
use leptos::prelude::*;

use super::{filters, kind};
use crate::{
    paths,
    ui::kit::facet_list::{FacetLink, FacetList},
};

/// All groups that offer a choice; folded into one on narrow screens.
#[component]
pub fn CatalogFacets(
    /// What the page asks for.
    query: CatalogQuery,
    /// The groups.
    facets: Vec<Facet>,
) -> impl IntoView {
    let lists = facets
        .into_iter()
        .filter(|facet| facet.values.len() > 1 || facet.values.iter().any(|value| value.selected))
        .map(|facet| {
            let Facet { key, title, values } = facet;
            let values = values
                .into_iter()
                .map(|value| link(&query, &key, value))
                .collect();
            view! { <FacetList title values/> }
        })
        .collect_view();
    view! {
        <details class="facets">
            <summary class="btn">"Filters"</summary>
            <nav aria-label="Filters">{lists}</nav>
        </details>
    }
}

/// Makes the link that switches one value.
fn link(query: &CatalogQuery, key: &str, value: FacetValue) -> FacetLink {
    let href = paths::catalog(&filters::toggled(query, key, &value.value, value.selected));
    let (label, glyph) = if key == "kind" {
        (kind::plural(&value.value), Some(kind::look(&value.value)))
    } else {
        (value.label, None)
    };
    FacetLink {
        label,
        count: value.count,
        selected: value.selected,
        href,
        glyph,
    }
}
