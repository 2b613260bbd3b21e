//! What was found, as a list.
use callboard_model::view::{SearchQuery, SearchRow, SearchView};
use leptos::prelude::*;

use super::{links, none};
use crate::{
    paths,
    ui::{
        components::{entity_link::EntityLink, kind, lifecycle::Lifecycle, marked::Marked},
        kit::{filter_chip::FilterChip, icon::Icon, number::thousands, pagination::Pagination},
    },
};

/// The number of results, the filters, the results and the pages; or why there are none.
pub(super) fn results(found: SearchView, query: SearchQuery) -> AnyView {
    let filters = links::filters(&query);
    if query.q.is_empty() && filters.is_empty() {
        return none::hints();
    }
    let chips = chips(&found, &query);
    if found.total == 0 {
        return view! { <div class="bar">{chips}</div> {none::no_match(&found, &query)} }
            .into_any();
    }
    let (count, words) = (thousands(found.total), summary(&found));
    let took = format!("{}.{} ms", found.took_us / 1000, found.took_us % 1000 / 100);
    let similar = none::similar(&found, &query);
    let (page, pages) = (found.page, found.pages);
    let links = query.clone();
    let href = Box::new(move |number: u32| {
        paths::search(&SearchQuery {
            page: number,
            ..links.clone()
        })
    });
    let start = (page as usize - 1) * 25 + 1;
    let rows = found.rows.into_iter().map(row).collect_view();
    view! {
        <div class="bar">
            <p class="sum" role="status"><b>{count}</b>{words}<small>{took}</small></p>
            {chips}
        </div>
        {similar}
        <ol class="found" start=start>{rows}</ol>
        <Pagination page pages href/>
    }
    .into_any()
}

/// Returns what is said after the number of results.
fn summary(found: &SearchView) -> String {
    let word = if found.total == 1 {
        " result"
    } else {
        " results"
    };
    if found.pages > 1 {
        format!(
            "{word}, page {} of {}",
            found.page,
            thousands(found.pages as usize)
        )
    } else {
        word.to_owned()
    }
}

/// The filters that are on, each with a link that takes it off.
fn chips(found: &SearchView, query: &SearchQuery) -> Option<impl IntoView + use<>> {
    let filters = links::filters(query);
    (!filters.is_empty()).then(|| {
        let chips = filters
            .into_iter()
            .map(|(key, value)| {
                let href = paths::search(&links::toggled(query, key, &value, true));
                let facet = found.facets.iter().find(|facet| facet.key == key);
                let name = facet.map_or_else(|| key.to_owned(), |facet| facet.title.clone());
                let known = facet.and_then(|facet| {
                    let mut values = facet.values.iter();
                    values.find(|known| known.value.to_lowercase() == value.to_lowercase())
                });
                let value = match key {
                    "kind" => kind::name(&value),
                    _ => known.map_or(value, |known| known.label.clone()),
                };
                view! { <FilterChip name value href/> }
            })
            .collect_view();
        view! { <ul class="chips" aria-label="Active filters">{chips}</ul> }
    })
}

/// One result: its name, what it is, and the part of its text that matters.
fn row(row: SearchRow) -> impl IntoView {
    let SearchRow {
        hit,
        text,
        owner,
        lifecycle,
        ..
    } = row;
    let (glyph, colour) = kind::look(&hit.label.kind);
    let what = match &hit.entity_type {
        Some(of_type) => format!("{} · {of_type}", hit.label.kind),
        None => hit.label.kind.clone(),
    };
    let text = (!text.is_empty()).then(|| view! { <p dir="auto"><Marked pieces=text/></p> });
    view! {
        <li>
            <h2>
                <a class=format!("el {colour}") href=hit.location>
                    <Icon glyph/>
                    <bdi><Marked pieces=hit.title/></bdi>
                </a>
            </h2>
            <div class="what">
                <span>{what}</span>
                <code>{hit.label.entity_ref.to_string()}</code>
                {lifecycle.map(|stage| view! { <Lifecycle stage/> })}
                {owner.map(|label| view! { <EntityLink label/> })}
            </div>
            {text}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_the_page_when_there_are_more() {
        let mut found = SearchView {
            total: 1,
            page: 1,
            pages: 1,
            ..SearchView::default()
        };
        assert_eq!(summary(&found), " result");
        found.total = 1000;
        found.pages = 40;
        assert_eq!(summary(&found), " results, page 1 of 40");
    }
}
