//! What the file of an entity says, and what the portal added.
use leptos::prelude::*;

use super::frame::{Tab, entity_tab};
use crate::{
    api::catalog::get_entity,
    ui::kit::{
        card::Card,
        code_block::{CodeBlock, Highlight},
    },
};

/// What the file of an entity says, and what the portal added.
#[component]
pub(in crate::ui::pages) fn YamlPage() -> impl IntoView {
    entity_tab(Tab::Yaml, |wanted, _| async move {
        let view = get_entity(wanted.kind, wanted.namespace, wanted.name).await?;
        let card = view! {
            <Card title="YAML" id="yaml" class="flush">
                <CodeBlock id="yaml-text" label="The entity as YAML" text=view.yaml highlight=Highlight::Yaml/>
            </Card>
        };
        Ok(card.into_any())
    })
}
