//! What can be done with an entity. A `details` element, so it opens without JavaScript.
use callboard_model::{
    EntityRef,
    view::{EntityHead, GraphQuery},
};
use leptos::prelude::*;

use super::link::safe;
use crate::{
    paths,
    ui::kit::icon::{Glyph, Icon},
};

/// Three dots that open the menu.
#[component]
pub(super) fn ActionsMenu(
    /// What is known of the entity.
    head: EntityHead,
    /// Path to come back to.
    back: String,
) -> impl IntoView {
    let entity_ref = head.label.entity_ref.clone();
    let reference = entity_ref.to_string();
    let outer = |url: Option<&str>, glyph: Glyph, text: &'static str| {
        let url = safe(url?)?.to_owned();
        Some(view! { <li><a href=url rel="noopener"><Icon glyph/>{text}</a></li> })
    };
    let inner = |href: String, glyph: Glyph, text: &'static str| {
        view! { <li><a href=href><Icon glyph/>{text}</a></li> }
    };
    let copy = |source: String, glyph: Glyph, text: &'static str| {
        view! { <li class="js"><button type="button" data-copy=source><Icon glyph/>{text}</button></li> }
    };
    let refresh = head.can_refresh.then(|| {
        view! {
            <li>
                <form method="post" action=paths::REFRESH>
                    <input type="hidden" name="ref" value=reference.clone()/>
                    <input type="hidden" name="back" value=back/>
                    <button><Icon glyph=Glyph::Refresh/>"Refresh"</button>
                </form>
            </li>
        }
    });
    let unregister = head.can_unregister.then(|| {
        let href = paths::unregister(&entity_ref);
        view! { <li class="apart"><a class="danger" href=href><Icon glyph=Glyph::Trash/>"Unregister"</a></li> }
    });
    view! {
        <details class="menu entity-menu">
            <summary class="icon-btn" title="More actions"><Icon glyph=Glyph::Dots/><span class="vh">"More actions"</span></summary>
            <div>
                <ul>
                    {outer(head.view_url.as_deref(), Glyph::External, "View source")}
                    {outer(head.edit_url.as_deref(), Glyph::Edit, "Edit the file")}
                    {refresh}
                    {inner(graph_around(&entity_ref), Glyph::Graph, "Graph")}
                    {inner(paths::entity_tab(&entity_ref, "yaml"), Glyph::Code, "Inspect")}
                    {copy(String::new(), Glyph::Link, "Copy link")}
                    {copy(reference, Glyph::Copy, "Copy reference")}
                    {unregister}
                </ul>
            </div>
        </details>
    }
}

/// Returns the graph of what is around one entity.
fn graph_around(entity_ref: &EntityRef) -> String {
    paths::graph(&GraphQuery {
        root: vec![entity_ref.to_string()],
        ..GraphQuery::default()
    })
}
