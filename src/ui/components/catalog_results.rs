//! The answer of the catalog: facets, active filters, rows and pages. The server renders it with the page, and the
//! live filter renders it again in the browser.
use callboard_model::view::{CatalogPage, CatalogQuery};
use leptos::prelude::*;

use super::{
    active_filters::{self, ActiveFilters},
    catalog_facets::CatalogFacets,
    entity_table::{Column, EntityTable},
    filters,
};
use crate::{
    paths,
    ui::kit::{empty_state::EmptyState, icon::Glyph, number::thousands, pagination::Pagination},
};

/// Everything that depends on the answer.
#[component]
pub fn CatalogResults(
    /// The answer.
    page: CatalogPage,
    /// What was asked.
    query: CatalogQuery,
) -> impl IntoView {
    let facets = page.facets.clone();
    let summary = summary(&page);
    let took = page.took_us;
    view! {
        <div class="catalog">
            <CatalogFacets query=query.clone() facets=facets.clone()/>
            <div class="results">
                <div class="bar">
                    <p class="sum"><b>{summary.0}</b>{summary.1}<small>{milliseconds(took)}</small></p>
                    <ActiveFilters query=query.clone() facets/>
                </div>
                {rows(page, query)}
            </div>
        </div>
    }
}

/// Returns how many entities match and out of how many, in two parts of different weight.
#[must_use]
pub fn summary(page: &CatalogPage) -> (String, String) {
    if page.total == page.catalog_total {
        let word = if page.total == 1 {
            " entity"
        } else {
            " entities"
        };
        (thousands(page.total), word.to_owned())
    } else {
        let rest = format!(" of {} match", thousands(page.catalog_total));
        (thousands(page.total), rest)
    }
}

/// Returns a duration in milliseconds with one decimal.
fn milliseconds(us: u64) -> String {
    format!("{}.{} ms", us / 1000, us % 1000 / 100)
}

/// Shows the rows with the links to further pages, or why there are none.
fn rows(page: CatalogPage, query: CatalogQuery) -> AnyView {
    if page.catalog_total == 0 {
        return empty_catalog();
    }
    if page.total == 0 {
        return no_match(&page, &query);
    }
    if page.rows.is_empty() {
        return no_such_page(&page, &query);
    }
    let links = query.clone();
    let href = Box::new(move |number: u32| {
        paths::catalog(&CatalogQuery {
            page: number,
            ..links.clone()
        })
    });
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="Entities">
            <EntityTable rows=page.rows columns=Column::CATALOG caption="Entities" query/>
        </div>
        <Pagination page=page.page pages=page.pages href/>
    }
    .into_any()
}

/// Says that the catalog has nothing yet.
fn empty_catalog() -> AnyView {
    view! {
        <EmptyState glyph=Glyph::Catalog title="The catalog is empty">
            <p>"The home page says how to add the first entities."</p>
            <p><a class="btn" href=paths::HOME>"How to add entities"</a></p>
        </EmptyState>
    }
    .into_any()
}

/// Says which filters leave nothing, and offers to take each of them off.
fn no_match(page: &CatalogPage, query: &CatalogQuery) -> AnyView {
    let offers = filters::active(query)
        .into_iter()
        .map(|(key, value)| {
            let href = paths::catalog(&filters::without(query, key, &value));
            let (name, value) = active_filters::names(&page.facets, key, &value);
            view! { <li><a class="btn" href=href>{format!("Remove {}: {value}", name.to_lowercase())}</a></li> }
        })
        .collect_view();
    let all = paths::catalog(&filters::cleared(query));
    let all_text = format!("Show all {}", thousands(page.catalog_total));
    view! {
        <EmptyState glyph=Glyph::Search title="Nothing matches these filters">
            <p>"Take one of them off:"</p>
            <ul class="offers">{offers}<li><a class="btn" href=all>{all_text}</a></li></ul>
        </EmptyState>
    }
    .into_any()
}

/// Says that the list ends before the page that was asked for.
fn no_such_page(page: &CatalogPage, query: &CatalogQuery) -> AnyView {
    let last = paths::catalog(&CatalogQuery {
        page: page.pages,
        ..query.clone()
    });
    let title = format!("The list has no page {}", query.page);
    let text = format!("It ends with page {}.", page.pages);
    view! {
        <EmptyState glyph=Glyph::Search title>
            <p>{text}</p>
            <p><a class="btn" href=last>"Go to the last page"</a></p>
        </EmptyState>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_how_much_the_filters_leave() {
        let mut page = CatalogPage {
            total: 12,
            catalog_total: 1200,
            ..CatalogPage::default()
        };
        assert_eq!(
            summary(&page),
            ("12".to_owned(), " of 1,200 match".to_owned())
        );
        page.catalog_total = 12;
        assert_eq!(summary(&page), ("12".to_owned(), " entities".to_owned()));
    }

    #[test]
    fn times_have_one_decimal() {
        assert_eq!(milliseconds(40), "0.0 ms");
        assert_eq!(milliseconds(1_250), "1.2 ms");
    }
}
