//! What I starred and what I watch, each with the button that ends it.
use callboard_model::view::MarkedRow;
use leptos::prelude::*;

use crate::ui::{
    components::{
        entity_link::EntityLink,
        star::{Mark, MarkButton},
        when::When,
    },
    kit::{
        card::Card,
        icon::{Glyph, Icon},
        number::thousands,
    },
};

/// A list of marked entities.
#[component]
pub(super) fn MarkedCard(
    /// Stars or watches.
    mark: Mark,
    /// The newest of them.
    rows: Vec<MarkedRow>,
    /// How many there are in all.
    total: usize,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    let (title, id, glyph, empty) = match mark {
        Mark::Star => (
            "Starred",
            "starred",
            Glyph::Star,
            "Nothing yet. The star beside the name of an entity keeps it here and on the home page.",
        ),
        Mark::Watch => (
            "Watched",
            "watched",
            Glyph::Eye,
            "Nothing yet. The eye beside the name of an entity brings its changes to the home page.",
        ),
    };
    if rows.is_empty() {
        return view! {
            <Card title id><p class="none"><Icon glyph/>{empty}</p></Card>
        }
        .into_any();
    }
    let rest = (total > rows.len()).then(|| {
        let text = format!(
            "The newest {} are shown; the others come up when some of these go.",
            thousands(rows.len())
        );
        view! { <p class="none">{text}</p> }
    });
    let items = rows
        .into_iter()
        .map(|row| item(row, mark, id, now))
        .collect_view();
    view! { <Card title id count=total><ul class="shelf">{items}</ul>{rest}</Card> }.into_any()
}

fn item(row: MarkedRow, mark: Mark, id: &str, now: i64) -> impl IntoView + use<> {
    let entity_ref = row.label.entity_ref.clone();
    let title = row.label.title.clone();
    let back = format!("/settings#{id}");
    view! {
        <li>
            <EntityLink label=row.label/>
            <When at=row.at now/>
            <MarkButton mark entity_ref title on=true back/>
        </li>
    }
}
