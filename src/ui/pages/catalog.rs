//! `/catalog`: everything in the catalog, filtered by the address.
mod compare;
mod hint;

use callboard_model::view::CatalogQuery;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{error::ErrorPage, module::Module, sheet::Sheet};
use crate::{
    api::catalog::list_entities,
    paths,
    ui::{
        components::{catalog_results::CatalogResults, kind},
        islands::live_filter::LiveFilter,
        kit::icon::{Glyph, Icon},
        layout::page_header::PageHeader,
    },
};

pub(super) use compare::ComparePage;

/// The table of entities with its filters.
#[component]
pub(super) fn CatalogListPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let page = Suspend::new(async move {
        match list_entities(query.clone()).await {
            Ok(page) => {
                let title = if query.kind.is_empty() {
                    "Catalog".to_owned()
                } else {
                    kind::plural(&query.kind)
                };
                view! {
                    <Title text=title.clone()/>
                    <PageHeader title>
                        <a class="btn primary" href=paths::IMPORT><Icon glyph=Glyph::Plus/>"Register"</a>
                    </PageHeader>
                    <div class="finder">
                        <hint::FilterHint/>
                        <LiveFilter query=query.clone()>
                            <CatalogResults page query/>
                        </LiveFilter>
                    </div>
                    <hint::RowMenu/>
                }
                .into_any()
            }
            Err(error) => {
                view! { <ErrorPage title="The catalog could not be shown" error/> }.into_any()
            }
        }
    });
    // What goes into the head is told before anything is waited for.
    view! {
        <Sheet name="catalog"/>
        <Module name="catalog"/>
        {page}
    }
}

/// Reads the query of the address; what it does not understand counts as not said.
fn parse(params: &ParamsMap) -> CatalogQuery {
    CatalogQuery::of_pairs(params.into_iter().map(|(key, value)| (&**key, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let query = CatalogQuery {
            kind: "api".to_owned(),
            tag: vec!["a".to_owned(), "b".to_owned()],
            q: "x".to_owned(),
            columns: "owner,tags".to_owned(),
            page: 3,
            ..CatalogQuery::default()
        };
        let mut params = ParamsMap::new();
        for (key, value) in query.pairs() {
            params.insert(key, value);
        }
        assert_eq!(parse(&params), query);
    }
}
