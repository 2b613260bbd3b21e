//! What an entity has to do with others, one table for each type of relation.
use callboard_model::view::RelationGroup;
use leptos::prelude::*;

use crate::ui::{
    components::entity_table::{BriefTable, Column},
    kit::number::thousands,
};

/// Tables by type of relation, in one card.
#[component]
pub(super) fn Relations(
    /// The relations by type.
    groups: Vec<RelationGroup>,
) -> impl IntoView {
    (!groups.is_empty()).then(|| {
        let tables = groups
            .into_iter()
            .map(|group| {
                let columns = if group.relation_type == "ownerOf" {
                    Column::OWNED
                } else {
                    Column::BRIEF
                };
                let count = thousands(group.targets.len());
                view! {
                    <h3>{group.title.clone()}" "<span class="count">{count}</span></h3>
                    <BriefTable rows=group.targets columns caption=group.title/>
                }
            })
            .collect_view();
        view! {
            <section class="card flush relations" id="relations" aria-labelledby="relations-title">
                <h2 id="relations-title">"Relations"</h2>
                {tables}
            </section>
        }
    })
}
