//! The facets of the catalog: groups of values to filter by.
use callboard_model::view::{CatalogQuery, Facet, FacetValue};
use leptos::prelude::*;

use super::{filters, kind};
use crate::{
    paths,
    ui::kit::{
        facet_list::{FacetLink, FacetList},
        number::thousands,
    },
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
        .filter(|facet| {
            let is_choice = facet.values.len() > 1 || facet.key == "status";
            let is_asked = facet.key == query.facet || facet.values.iter().any(|one| one.selected);
            is_asked || (is_choice && !facet.values.is_empty())
        })
        .map(|facet| group(&query, facet))
        .collect_view();
    view! {
        <details class="facets">
            <summary class="btn">"Filters"</summary>
            <nav aria-label="Filters">{lists}</nav>
        </details>
    }
}

/// One group; a long one can be searched.
fn group(query: &CatalogQuery, facet: Facet) -> impl IntoView + use<> {
    let Facet {
        key,
        title,
        values,
        total,
    } = facet;
    let is_searched = key == query.facet && !query.fq.is_empty();
    let search = (is_searched || total > values.len()).then(|| {
        let fields = filters::carried(query, &["facet", "fq"]);
        let fields = fields
            .into_iter()
            .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
            .collect::<Vec<_>>();
        let text = if is_searched {
            query.fq.clone()
        } else {
            String::new()
        };
        let label = format!("Search {}", title.to_lowercase());
        let hint = if is_searched {
            format!("{} found", thousands(total))
        } else {
            format!("Search {}", thousands(total))
        };
        let all = is_searched.then(|| {
            let href = paths::catalog(&CatalogQuery {
                facet: String::new(),
                fq: String::new(),
                ..query.clone()
            });
            view! { <a class="all" href=href>{hint.clone()}" · show all"</a> }
        });
        view! {
            <form action=paths::CATALOG data-facet=key.clone()>
                {fields}
                <input type="hidden" name="facet" value=key.clone()/>
                <input type="search" name="fq" value=text aria-label=label placeholder=hint autocomplete="off"/>
            </form>
            {all}
        }
    });
    let values = values
        .into_iter()
        .map(|value| link(query, &key, value))
        .collect();
    let of = total;
    view! { <FacetList title values of>{search}</FacetList> }
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
