//! Related entities as tables, one for each type of relation.
use callboard_model::view::{EntityLabel, RelatedGroup, RelatedRow};
use leptos::prelude::*;

use super::{
    entity_link::{EntityLink, EntityName},
    lifecycle::Lifecycle,
};
use crate::ui::kit::number::{counted, thousands};

/// The tables of one page.
#[component]
pub fn RelatedTables(
    /// The relations by type.
    groups: Vec<RelatedGroup>,
    /// Whether there may be entities between.
    deep: bool,
) -> impl IntoView {
    groups
        .into_iter()
        .map(|group| table(group, deep))
        .collect_view()
}

fn table(group: RelatedGroup, deep: bool) -> impl IntoView {
    let shown = group.rows.len();
    let part = (shown < group.total)
        .then(|| view! { <small>{format!("{} on this page", thousands(shown))}</small> });
    let way = deep.then(|| {
        view! {
            <th scope="col" class="distance">"Distance"</th>
            <th scope="col">"Through"</th>
        }
    });
    let caption = group.title.clone();
    let rows = group
        .rows
        .into_iter()
        .map(|row| table_row(row, deep))
        .collect::<Vec<_>>();
    view! {
        <section class="card flush related">
            <h2>{group.title}" "<span class="count">{thousands(group.total)}</span>{part}</h2>
            <table class="table">
                <caption class="vh">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        {way}
                        <th scope="col">"Owner"</th>
                        <th scope="col" class="lifecycle">"Lifecycle"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn table_row(row: RelatedRow, deep: bool) -> impl IntoView {
    let reference = row.label.entity_ref.short(&row.label.kind);
    let told = row.label.title.to_lowercase().replace(' ', "-") == reference;
    let small = (!told).then(|| view! { <small>{reference}</small> });
    let way = deep.then(|| {
        view! {
            <td class="distance">{thousands(row.distance as usize)}</td>
            <td>{through(row.path)}</td>
        }
    });
    let owner = row.owner.map(|label| view! { <EntityName label/> });
    let stage = row.lifecycle.map(|stage| view! { <Lifecycle stage/> });
    view! {
        <tr>
            <td dir="auto"><EntityLink label=row.label/>{small}</td>
            {way}
            <td>{owner}</td>
            <td class="lifecycle">{stage}</td>
        </tr>
    }
}

/// The entities between, in their order.
fn through(path: Vec<EntityLabel>) -> AnyView {
    if path.is_empty() {
        return view! { <span class="meta">"directly"</span> }.into_any();
    }
    let told = format!("Through {}", counted(path.len(), "other"));
    let steps = path
        .into_iter()
        .map(|label| view! { <li><EntityLink label/></li> })
        .collect_view();
    view! { <ol class="through" aria-label=told>{steps}</ol> }.into_any()
}
