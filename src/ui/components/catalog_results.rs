//! The answer of the catalog: facets, active filters, rows and pages. It comes with the page, and by itself while
//! somebody types into the filter.
use callboard_model::view::{CatalogPage, CatalogQuery, FilterProblem};
use leptos::prelude::*;

use super::{
    active_filters::{self, ActiveFilters},
    catalog_bulk::BulkForms,
    catalog_facets::CatalogFacets,
    catalog_menus::{ColumnsMenu, ExportMenu, Lists, RowsMenu},
    catalog_table::CatalogTable,
    catalog_views::{ChangedView, ViewsMenu},
    filters,
};
use crate::{
    paths,
    ui::kit::{
        alert::Alert,
        badge::Tone,
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        number::thousands,
        pagination::Pagination,
    },
};

/// Filters that the page offers to take off one by one.
const OFFERS: usize = 10;

/// Everything that depends on the answer.
#[component]
pub fn CatalogResults(
    /// The answer.
    page: CatalogPage,
    /// What was asked.
    query: CatalogQuery,
) -> impl IntoView {
    if page.catalog_total == 0 {
        return empty_catalog(page.is_ingesting);
    }
    let facets = page.facets.clone();
    let terms = page.terms.clone();
    let reading = page.is_ingesting.then(|| {
        view! {
            <Alert tone=Tone::Info title="The catalog is being read for the first time">
                <p>"What was read so far is here; load the page again for more."</p>
            </Alert>
        }
    });
    view! {
        <div class="catalog">
            <CatalogFacets query=query.clone() facets=facets.clone()/>
            <div class="results">
                {reading}
                {problems(&page.problems, &query)}
                <Bar page=page.clone() query=query.clone()/>
                <ChangedView query=query.clone() state=page.views.clone()/>
                <ActiveFilters query=query.clone() facets terms/>
                {rows(page, query)}
            </div>
        </div>
    }
    .into_any()
}

/// Returns the answer as HTML, for a page that is there already.
#[must_use]
pub fn html(page: CatalogPage, query: CatalogQuery) -> String {
    view! { <CatalogResults page query/> }.to_html()
}

/// The line above the table: whose entities, how many, and the menus.
#[component]
fn Bar(
    /// The answer.
    page: CatalogPage,
    /// What was asked.
    query: CatalogQuery,
) -> impl IntoView {
    let (count, rest) = summary(page.total, page.catalog_total);
    let took = milliseconds(page.took_us);
    view! {
        <div class="bar">
            <Lists query=query.clone() page=page.clone()/>
            <p class="sum"><b>{count}</b>{rest}<small>{took}</small></p>
            <div class="tools">
                <ViewsMenu query=query.clone() state=page.views/>
                <ColumnsMenu query=query.clone() columns=page.columns/>
                <RowsMenu query=query.clone() size=page.size/>
                <ExportMenu query total=page.total/>
            </div>
        </div>
    }
}

/// Returns how many entities match and out of how many, in two parts of different weight.
#[must_use]
pub fn summary(total: usize, catalog_total: usize) -> (String, String) {
    if total == catalog_total {
        let word = if total == 1 { " entity" } else { " entities" };
        (thousands(total), word.to_owned())
    } else {
        let rest = format!(" of {} match", thousands(catalog_total));
        (thousands(total), rest)
    }
}

/// Returns a duration in milliseconds with one decimal.
fn milliseconds(us: u64) -> String {
    format!("{}.{} ms", us / 1000, us % 1000 / 100)
}

/// Says what of the address was not understood, and what was probably meant.
fn problems(problems: &[FilterProblem], query: &CatalogQuery) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = problems
        .iter()
        .map(|problem| {
            let meant = problem.instead.as_ref().map(|(meant, line)| {
                let href = paths::catalog(&filters::with_line(query, line));
                view! { " Did you mean "<a href=href>{meant.clone()}</a>"?" }
            });
            let text = (!problem.text.is_empty())
                .then(|| view! { <code>{problem.text.clone()}</code>" " });
            view! { <li>{text}{problem.message.clone()}{meant}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! { <div class="hints"><Icon glyph=Glyph::Info/><ul aria-label="Not understood">{items}</ul></div> }
    })
}

/// Shows the rows with the links to further pages, or why there are none.
fn rows(page: CatalogPage, query: CatalogQuery) -> AnyView {
    if page.total == 0 {
        return no_match(&page, &query);
    }
    if query.page > page.pages {
        return no_such_page(&page, &query);
    }
    let links = query.clone();
    let href = Box::new(move |number: u32| {
        paths::catalog(&CatalogQuery {
            page: number,
            ..links.clone()
        })
    });
    let first = (page.page as usize - 1) * page.size as usize + 1;
    let last = first + page.rows.len().saturating_sub(1);
    let range = format!(
        "Showing {}–{} of {}",
        thousands(first),
        thousands(last),
        thousands(page.total)
    );
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="Entities">
            <CatalogTable rows=page.rows columns=page.columns query=query.clone()/>
        </div>
        <BulkForms query/>
        <div class="foot"><p>{range}</p><Pagination page=page.page pages=page.pages href/></div>
    }
    .into_any()
}

/// Says that the catalog has nothing yet, and how to fill it.
fn empty_catalog(is_ingesting: bool) -> AnyView {
    if is_ingesting {
        return view! {
            <EmptyState glyph=Glyph::Loader title="The catalog is being read for the first time">
                <p>"The first entities will be here in a moment."</p>
                <p><a class="btn" href=paths::CATALOG>"Look again"</a></p>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState glyph=Glyph::Catalog title="The catalog is empty">
            <p>"Each of these fills it:"</p>
            <ul class="ways">
                <li>
                    <b>"Register a file"</b>
                    <p>"Paste the address of a catalog-info.yaml, and see what would come of it first."</p>
                    <a class="btn primary" href=paths::IMPORT>"Register"</a>
                </li>
                <li>
                    <b>"Name your files"</b>
                    <p>"Add them to "<code>"catalog.locations"</code>" in "<code>"app-config.yaml"</code>"; they are read within a second."</p>
                    <a class="btn" href=paths::HOME>"How to do it"</a>
                </li>
                <li>
                    <b>"Look around first"</b>
                    <p>"Started in a folder without a configuration, the portal shows a sample organisation."</p>
                    <code>"callboard serve"</code>
                </li>
            </ul>
        </EmptyState>
    }
    .into_any()
}

/// Says which filters leave nothing, and offers to take each of them off.
fn no_match(page: &CatalogPage, query: &CatalogQuery) -> AnyView {
    let active = active_filters::all(query, &page.facets, &page.terms);
    let offers: Vec<_> = active
        .into_iter()
        .take(OFFERS)
        .map(|one| {
            let text = format!("Remove {}: {}", one.name.to_lowercase(), one.value);
            view! { <li><a class="btn" href=one.href>{text}</a></li> }
        })
        .collect();
    let all = paths::catalog(&filters::cleared(query));
    let all_text = format!("Show all {}", thousands(page.catalog_total));
    let (title, text) = match query.list.as_str() {
        "starred" if page.lists.all > 0 => (
            "You starred nothing of this",
            "The star at the end of a row puts an entity on this list.",
        ),
        "owned" if page.lists.all > 0 => (
            "You own nothing of this",
            "Here is what has you or one of your groups as its owner.",
        ),
        _ if offers.is_empty() => ("Nothing matches", "Show the whole list instead:"),
        _ => ("Nothing matches these filters", "Take one of them off:"),
    };
    view! {
        <EmptyState glyph=Glyph::Search title>
            <p>{text}</p>
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
        let text = |(count, rest): (String, String)| count + &rest;
        assert_eq!(text(summary(12, 1200)), "12 of 1,200 match");
        assert_eq!(text(summary(12, 12)), "12 entities");
        assert_eq!(text(summary(1, 1)), "1 entity");
    }

    #[test]
    fn times_have_one_decimal() {
        assert_eq!(milliseconds(40), "0.0 ms");
        assert_eq!(milliseconds(1_250), "1.2 ms");
    }
}
