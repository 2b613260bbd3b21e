//! What stands at an address that is no page.
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    paths,
    platform::set_status,
    ui::{
        frame::Frame,
        kit::{empty_state::EmptyState, icon::Glyph},
        layout::page_header::PageHeader,
    },
};

/// Says so, and offers the search and the pages that are there.
#[component]
pub(super) fn NotFoundPage() -> impl IntoView {
    set_status(404);
    let frame = use_context::<Frame>().unwrap_or_default();
    let path = frame.here.split('?').next().unwrap_or_default().to_owned();
    let words = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace(['-', '_'], " ");
    view! {
        <Title text="Page not found"/>
        <PageHeader title="Page not found"/>
        <EmptyState glyph=Glyph::Search title=format!("There is no page at {path}")>
            <p>"The address may have a typing error, or the page has moved. Search the catalog, or start from one of the pages below."</p>
            <form class="filter" action=paths::CATALOG>
                <input type="search" name="q" value=words aria-label="Search the catalog for"/>
                <button class="btn primary">"Search"</button>
            </form>
            <ul class="offers">
                <li><a class="btn" href=paths::HOME>"Home"</a></li>
                <li><a class="btn" href=paths::CATALOG>"Catalog"</a></li>
                <li><a class="btn" href=paths::PROBLEMS>"Problems"</a></li>
            </ul>
        </EmptyState>
    }
}
