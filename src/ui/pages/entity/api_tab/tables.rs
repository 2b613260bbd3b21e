//! The APIs of what is no API itself.
use callboard_model::view::ApiTable;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::{
            entity_link::{EntityLink, EntityLinks},
            lifecycle::Lifecycle,
        },
        kit::{
            card::Card,
            empty_state::EmptyState,
            icon::{Glyph, Icon},
        },
    },
};

/// One table for each relation.
pub(super) fn tables(tables: Vec<ApiTable>) -> impl IntoView {
    if tables.is_empty() {
        return view! {
            <EmptyState glyph=Glyph::Api title="No definition and no APIs">
                <p>
                    "An API has its definition in "<code>"spec.definition"</code>
                    "; a component names what it offers and uses in "<code>"spec.providesApis"</code>" and "
                    <code>"spec.consumesApis"</code>"."
                </p>
            </EmptyState>
        }
        .into_any();
    }
    let cards = tables
        .into_iter()
        .enumerate()
        .map(|(place, one)| table(one, place))
        .collect_view();
    cards.into_any()
}

fn table(table: ApiTable, place: usize) -> impl IntoView {
    let shown = table.rows.len();
    let rows = table
        .rows
        .into_iter()
        .map(|row| {
            let definition = row.label.exists.then(|| {
                let href = paths::entity_tab(&row.label.entity_ref, "api");
                let label = format!("Definition of {}", row.label.title);
                view! { <a class="el" href=href aria-label=label><Icon glyph=Glyph::Code/><span>"Definition"</span></a> }
            });
            view! {
                <tr>
                    <td><EntityLink label=row.label/></td>
                    <td class="type">{row.entity_type}</td>
                    <td class="owner">{row.owner.map(|owner| view! { <EntityLinks labels=vec![owner]/> })}</td>
                    <td class="lifecycle">{row.lifecycle.map(|stage| view! { <Lifecycle stage/> })}</td>
                    <td class="about"><p dir="auto">{row.description}</p></td>
                    <td>{definition}</td>
                </tr>
            }
        })
        .collect_view();
    let more = (table.total > shown).then(
        || view! { <p class="none">{format!("{} of {} are shown.", shown, table.total)}</p> },
    );
    view! {
        <Card title=table.title id=format!("apis-{place}") count=table.total class="flush">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col" class="type">"Type"</th>
                        <th scope="col" class="owner">"Owner"</th>
                        <th scope="col" class="lifecycle">"Lifecycle"</th>
                        <th scope="col" class="about">"Description"</th>
                        <th scope="col">"Definition"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {more}
        </Card>
    }
}
