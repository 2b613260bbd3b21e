//! `/catalog`: everything in the catalog, filtered by the address.
use callboard_model::view::CatalogQuery;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::error::ErrorPage;
use crate::{
    api::catalog::list_entities,
    ui::{
        components::{catalog_results::CatalogResults, kind},
        islands::live_filter::LiveFilter,
        layout::page_header::PageHeader,
    },
};

/// The table of entities with its filters.
#[component]
pub(super) fn CatalogListPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    Suspend::new(async move {
        match list_entities(query.clone()).await {
            Ok(page) => {
                let title = if query.kind.is_empty() {
                    "Catalog".to_owned()
                } else {
                    kind::plural(&query.kind)
                };
                view! {
                    <Title text=title.clone()/>
                    <PageHeader title/>
                    <LiveFilter query=query.clone()>
                        <CatalogResults page query/>
                    </LiveFilter>
                }
                .into_any()
            }
            Err(error) => {
                view! { <ErrorPage title="The catalog could not be shown" error/> }.into_any()
            }
        }
    })
}

/// Reads the query of the address; what it does not understand counts as not said.
fn parse(params: &ParamsMap) -> CatalogQuery {
    let list = |key: &str| {
        let mut values = params.get_all(key).unwrap_or_default();
        values.retain(|value| !value.is_empty());
        values
    };
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    CatalogQuery {
        kind: text("kind"),
        entity_type: list("type"),
        owner: list("owner"),
        lifecycle: list("lifecycle"),
        tag: list("tag"),
        namespace: list("namespace"),
        q: text("q"),
        sort: text("sort"),
        page: text("page").parse().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let query = CatalogQuery {
            kind: "api".to_owned(),
            tag: vec!["a".to_owned(), "b".to_owned()],
            q: "x".to_owned(),
            page: 3,
            ..CatalogQuery::default()
        };
        let mut params = ParamsMap::new();
        let url = paths::catalog(&query);
        for pair in url
            .split_once('?')
            .map_or("", |(_, query)| query)
            .split('&')
        {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            params.insert(key.to_owned(), value.to_owned());
        }
        assert_eq!(parse(&params), query);
    }

    #[test]
    fn a_page_that_is_no_number_is_the_first() {
        let mut params = ParamsMap::new();
        params.insert("page", "two".to_owned());
        params.insert("tag", String::new());
        assert_eq!(parse(&params), CatalogQuery::default());
    }
}
