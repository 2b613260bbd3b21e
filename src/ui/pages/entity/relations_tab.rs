//! What an entity has to do with others.
use leptos::prelude::*;

use super::frame::{Tab, entity_tab};
use super::relations::Relations;
use crate::{
    api::catalog::get_entity,
    ui::kit::{empty_state::EmptyState, icon::Glyph},
};

/// What an entity has to do with others.
#[component]
pub(in crate::ui::pages) fn RelationsPage() -> impl IntoView {
    entity_tab(Tab::Relations, |wanted, _| async move {
        let view = get_entity(wanted.kind, wanted.namespace, wanted.name).await?;
        if view.relations.is_empty() {
            let none = view! {
                <EmptyState glyph=Glyph::System title="No relations">
                    <p>"Nothing refers to this entity, and it refers to nothing."</p>
                </EmptyState>
            };
            return Ok(none.into_any());
        }
        Ok(view! { <Relations groups=view.relations/> }.into_any())
    })
}
