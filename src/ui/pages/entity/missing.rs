//! What stands at the address of an entity that the catalog does not have.
use callboard_model::{EntityRef, view::MissingView};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    paths,
    platform::{now_ms, set_status},
    ui::{
        components::{entity_link::EntityLink, kind, problem_item::ProblemEntry, when::When},
        kit::{card::Card, empty_state::EmptyState, icon::Glyph},
        layout::page_header::PageHeader,
    },
};

/// Names what was wanted, says what is known of it, and offers to search for it.
#[component]
pub(super) fn MissingEntity(
    /// What the address names.
    wanted: EntityRef,
    /// What is known of it.
    known: MissingView,
) -> impl IntoView {
    set_status(404);
    let title = format!("The catalog has no {wanted}");
    let of_kind = format!("All {}", kind::plural(&wanted.kind));
    let now = now_ms();
    let removed = known.removed.map(|change| {
        view! { <p>"It was removed "<When at=change.at now/>" by "<code>{change.cause}</code>"."</p> }
    });
    let has_problems = !known.problems.is_empty();
    let why = match (removed, has_problems) {
        (Some(removed), _) => removed.into_any(),
        (None, true) => view! { <p>"Its file has errors, which are below."</p> }.into_any(),
        (None, false) => view! {
            <p>"It may have been renamed or removed, or its file could not be read: then the problems page says why."</p>
        }
        .into_any(),
    };
    let near = near(known.near);
    let problems = has_problems.then(|| {
        let items = known
            .problems
            .into_iter()
            .map(|row| view! { <ProblemEntry row now/> })
            .collect_view();
        view! { <Card title="Problems of its file" id="problems" class="flush"><ul class="problems">{items}</ul></Card> }
    });
    view! {
        <Title text="Entity not found"/>
        <PageHeader title="Entity not found"/>
        <EmptyState glyph=Glyph::Search title>
            {why} {near}
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
        {problems}
    }
}

/// Entities whose names are nearly the same.
fn near(labels: Vec<callboard_model::view::EntityLabel>) -> Option<impl IntoView> {
    (!labels.is_empty()).then(|| {
        let items = labels
            .into_iter()
            .map(|label| {
                let reference = label.entity_ref.to_string();
                view! { <li><EntityLink label/><code>{reference}</code></li> }
            })
            .collect_view();
        view! {
            <div class="near">
                <p>"Did you mean"</p>
                <ul>{items}</ul>
            </div>
        }
    })
}
