//! `/search`: everything that can be found, by words and filters of the address.
mod facets;
mod links;
mod none;
mod results;

use callboard_model::view::{SearchQuery, SearchView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{error::ErrorPage, sheet::Sheet};
use crate::{
    api::search::search,
    paths,
    ui::{
        kit::{
            alert::Alert,
            badge::Tone,
            icon::{Glyph, Icon},
        },
        layout::page_header::PageHeader,
    },
};

/// Characters that can be looked for.
const MAX_TERM: &str = "100";

/// A box for words, filters, and what is found.
#[component]
pub(super) fn SearchPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let page = Suspend::new(async move {
        match search(query.clone()).await {
            Ok(found) => page(found, query).into_any(),
            Err(error) => view! { <ErrorPage title="The search failed" error/> }.into_any(),
        }
    });
    view! { <Sheet name="search"/> {page} }
}

fn page(found: SearchView, query: SearchQuery) -> impl IntoView {
    let title = match query.q.as_str() {
        "" => "Search".to_owned(),
        words => format!("Search: {words}"),
    };
    let indexing = found.indexing.then(|| {
        view! {
            <Alert tone=Tone::Info title="Not everything can be found yet">
                "The portal is still taking in the catalog. This page will find more in a moment."
            </Alert>
        }
    });
    view! {
        <Title text=title/>
        <PageHeader title="Search"/>
        {form(&query)}
        {indexing}
        <div class="catalog">
            {facets::facets(&query, found.facets.clone())}
            <div class="results">{results::results(found, query)}</div>
        </div>
    }
}

/// The box, which keeps the filters.
fn form(query: &SearchQuery) -> impl IntoView + use<> {
    let kept = links::filters(query)
        .into_iter()
        .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
        .collect_view();
    view! {
        <form class="filter" action=paths::SEARCH>
            {kept}
            <Icon glyph=Glyph::Search/>
            <input
                type="search"
                name="q"
                value=query.q.clone()
                data-filter
                dir="auto"
                maxlength=MAX_TERM
                aria-label="Words to search for"
                placeholder="Names, words of a description, tags, people"
                autocomplete="off"
            />
            <button class="btn primary">"Search"</button>
        </form>
    }
}

/// Reads the query of the address; what it does not understand counts as not said.
fn parse(params: &ParamsMap) -> SearchQuery {
    let list = |key: &str| {
        let mut values = params.get_all(key).unwrap_or_default();
        values.retain(|value| !value.is_empty());
        values.truncate(links::MAX_VALUES);
        values
    };
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    SearchQuery {
        q: text("q"),
        types: list("type"),
        kind: list("kind"),
        lifecycle: list("lifecycle"),
        owner: list("owner"),
        page: text("page").parse().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_does_not_say_rightly_is_not_said() {
        let mut params = ParamsMap::new();
        params.insert("page", "-1".to_owned());
        params.insert("kind", String::new());
        params.insert("foo", "1".to_owned());
        assert_eq!(parse(&params), SearchQuery::default());
        params.insert("q", " ferry ".to_owned());
        params.insert("kind", "api".to_owned());
        let query = parse(&params);
        assert_eq!(
            (query.q.as_str(), query.kind),
            ("ferry", vec!["api".to_owned()])
        );
    }
}
