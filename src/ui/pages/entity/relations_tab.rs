//! What an entity has to do with others: as a table, and as a drawing.
use std::sync::Arc;

use callboard_model::view::GraphQuery;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::frame::{Tab, entity_tab};
use crate::{
    api::graph::get_graph,
    paths,
    ui::{
        components::relations_view::{Address, RelationsView},
        pages::graph::{DrawingAssets, parse},
    },
};

/// What an entity has to do with others.
#[component]
pub(in crate::ui::pages) fn RelationsPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(parse);
    let drawn = asked.view == "graph";
    let tab = entity_tab(Tab::Relations, move |wanted, _| async move {
        let query = GraphQuery {
            root: vec![wanted.to_string()],
            ..asked
        };
        let view = get_graph(query.clone()).await?;
        let whole = paths::graph(&GraphQuery {
            view: if query.view == "graph" {
                String::new()
            } else {
                "table".to_owned()
            },
            page: 0,
            ..query.clone()
        });
        let address: Address = Arc::new(move |query: &GraphQuery| paths::relations(&wanted, query));
        let page = view! {
            <RelationsView view query address/>
            <p class="meta"><a href=whole>"Open on a page of its own, with other entities beside it"</a></p>
        };
        Ok(page.into_any())
    });
    // What the head of the page names must be known before anything is waited for.
    view! { <DrawingAssets drawn/> {tab} }
}
