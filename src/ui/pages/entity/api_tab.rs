//! What an entity offers to programs.
use leptos::prelude::*;

use super::definition::DefinitionCard;
use super::frame::{Tab, entity_tab};
use crate::{
    api::catalog::get_entity,
    ui::kit::{empty_state::EmptyState, icon::Glyph},
};

/// What an entity offers to programs.
#[component]
pub(in crate::ui::pages) fn ApiPage() -> impl IntoView {
    entity_tab(Tab::Api, |wanted, _| async move {
        let view = get_entity(wanted.kind, wanted.namespace, wanted.name).await?;
        let definition_type = view.entity.spec_str("type").unwrap_or("text").to_owned();
        let Some(text) = view.entity.spec_str("definition").map(str::to_owned) else {
            let none = view! {
                <EmptyState glyph=Glyph::Api title="No definition">
                    <p>"The file of this entity has no "<code>"spec.definition"</code>"."</p>
                </EmptyState>
            };
            return Ok(none.into_any());
        };
        Ok(view! { <DefinitionCard text definition_type/> }.into_any())
    })
}
