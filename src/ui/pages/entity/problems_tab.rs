//! What is wrong with an entity.
use leptos::prelude::*;

use super::frame::{Tab, entity_tab};
use crate::{
    api::catalog::get_entity_problems,
    platform::now_ms,
    ui::{
        components::problem_item::ProblemItem,
        kit::{card::Card, empty_state::EmptyState, icon::Glyph, number::thousands},
    },
};

/// What is wrong with an entity.
#[component]
pub(in crate::ui::pages) fn EntityProblemsPage() -> impl IntoView {
    entity_tab(Tab::Problems, |wanted, _| async move {
        let view = get_entity_problems(wanted.kind, wanted.namespace, wanted.name).await?;
        if view.problems.is_empty() {
            let none = view! {
                <EmptyState glyph=Glyph::Done title="No problems">
                    <p>"The file of this entity was read without a problem."</p>
                </EmptyState>
            };
            return Ok(none.into_any());
        }
        let now = now_ms();
        let rest = view.total - view.problems.len().min(view.total);
        let more = (rest > 0).then(|| {
            let text = format!("and {} more; fix these first", thousands(rest));
            view! { <p class="all none">{text}</p> }
        });
        let items = view
            .problems
            .into_iter()
            .map(|one| {
                let since = (one.row.since, now);
                view! { <ProblemItem diagnostic=one.row.diagnostic since lines=one.lines/> }
            })
            .collect_view();
        let card = view! {
            <Card title="Problems" id="problems" count=view.total class="flush">
                <ul class="problems">{items}</ul>
                {more}
            </Card>
        };
        Ok(card.into_any())
    })
}
