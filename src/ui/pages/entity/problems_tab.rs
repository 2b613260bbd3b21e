//! What is wrong with an entity.
use leptos::prelude::*;

use super::frame::{Tab, entity_tab};
use crate::{
    api::catalog::get_entity,
    ui::{
        components::problem_item::ProblemItem,
        kit::{card::Card, empty_state::EmptyState, icon::Glyph},
    },
};

/// What is wrong with an entity.
#[component]
pub(in crate::ui::pages) fn EntityProblemsPage() -> impl IntoView {
    entity_tab(Tab::Problems, |wanted, _| async move {
        let view = get_entity(wanted.kind, wanted.namespace, wanted.name).await?;
        let problems = view.problems;
        if problems.is_empty() {
            let none = view! {
                <EmptyState glyph=Glyph::Done title="No problems">
                    <p>"The file of this entity was read without a problem."</p>
                </EmptyState>
            };
            return Ok(none.into_any());
        }
        let count = problems.len();
        let items = problems
            .into_iter()
            .map(|diagnostic| view! { <ProblemItem diagnostic/> })
            .collect_view();
        let card = view! {
            <Card title="Problems" id="problems" count=count class="flush">
                <ul class="problems">{items}</ul>
            </Card>
        };
        Ok(card.into_any())
    })
}
