//! `/catalog/compare`: a few entities side by side.
use callboard_model::view::Comparison;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{ErrorPage, PageHeader, Sheet};
use crate::{
    api::catalog::compare_entities,
    paths,
    ui::{
        components::{catalog_cell, entity_link::EntityLink},
        kit::{dash::Dash, empty_state::EmptyState, icon::Glyph},
    },
};

/// References that are looked at; the page shows four.
const MOST: usize = 20;

/// A table with a column for each entity.
#[component]
pub(in crate::ui::pages) fn ComparePage() -> impl IntoView {
    let refs = use_query_map().with_untracked(|params| {
        let mut refs = params.get_all("ref").unwrap_or_default();
        refs.truncate(MOST);
        refs
    });
    let page = Suspend::new(async move {
        match compare_entities(refs.join(" ")).await {
            Ok(comparison) => view! {
                <Title text="Compare"/>
                <PageHeader title="Compare"/>
                {missing(comparison.missing)}
                {table(comparison)}
            }
            .into_any(),
            Err(error) => {
                view! { <ErrorPage title="The entities could not be compared" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="catalog"/> {page} }
}

/// Says that something that was asked for is not there.
fn missing(count: usize) -> Option<impl IntoView> {
    let text = match count {
        0 => return None,
        1 => "One of the entities is not in the catalog.".to_owned(),
        more => format!("{more} of the entities are not in the catalog."),
    };
    Some(view! { <p class="hints">{text}</p> })
}

fn table(comparison: Comparison) -> AnyView {
    if comparison.entities.len() < 2 {
        return view! {
            <EmptyState glyph=Glyph::Columns title="There is nothing to compare yet">
                <p>"Select two to four entities in the catalog and press Compare."</p>
                <p><a class="btn" href=paths::CATALOG>"Go to the catalog"</a></p>
            </EmptyState>
        }
        .into_any();
    }
    let heads: Vec<_> = comparison
        .entities
        .into_iter()
        .map(|label| view! { <th scope="col"><EntityLink label/></th> })
        .collect();
    let rows: Vec<_> = comparison
        .facts
        .into_iter()
        .map(|(name, cells, is_different)| {
            let cells: Vec<_> = cells
                .into_iter()
                .map(|cell| match cell {
                    callboard_model::view::CatalogCell::Empty => {
                        view! { <td><Dash/></td> }.into_any()
                    }
                    cell => view! { <td>{catalog_cell::content(cell)}</td> }.into_any(),
                })
                .collect();
            let class = is_different.then_some("differs");
            let word = is_different.then(|| view! { <small>"differs"</small> });
            view! { <tr class=class><th scope="row">{name}{word}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="Comparison">
            <table class="table compare">
                <caption class="vh">"Comparison"</caption>
                <thead><tr><th scope="col">"Fact"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
