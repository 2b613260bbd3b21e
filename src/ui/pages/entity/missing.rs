//! What stands at the address of an entity that the catalog does not have.
use callboard_model::EntityRef;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    paths,
    platform::set_status,
    ui::{
        components::kind,
        kit::{empty_state::EmptyState, icon::Glyph},
        layout::page_header::PageHeader,
    },
};

/// Names what was wanted and offers to search for it.
#[component]
pub(super) fn MissingEntity(
    /// What the address names.
    wanted: EntityRef,
) -> impl IntoView {
    set_status(404);
    let title = format!("The catalog has no {wanted}");
    let of_kind = format!("All {}", kind::plural(&wanted.kind));
    view! {
        <Title text="Entity not found"/>
        <PageHeader title="Entity not found"/>
        <EmptyState glyph=Glyph::Search title>
            <p>"It may have been renamed or removed, or its file could not be read: then the problems page says why."</p>
            <form class="filter" action=paths::CATALOG>
                <input type="search" name="q" value=wanted.name aria-label="Search the catalog for"/>
                <button class="btn primary">"Search"</button>
            </form>
            <ul class="offers">
                <li><a class="btn" href=paths::kind(&wanted.kind)>{of_kind}</a></li>
                <li><a class="btn" href=paths::CATALOG>"Catalog"</a></li>
                <li><a class="btn" href=paths::PROBLEMS>"Problems"</a></li>
            </ul>
        </EmptyState>
    }
}
