//! The nearest relations of an entity as a small drawing.
use callboard_model::{
    EntityRef,
    view::{GraphQuery, MiniGraph as Mini},
};
use leptos::prelude::*;

use super::picture::Drawing;
use crate::{
    paths,
    ui::kit::{
        icon::{Glyph, Icon},
        number::thousands,
    },
};

/// The drawing with ways to all of it; the page loads the sheet `graph`.
#[component]
pub fn MiniGraph(
    /// The entity that it is about.
    entity_ref: EntityRef,
    /// What to draw.
    mini: Mini,
) -> impl IntoView {
    let total = mini.total;
    let table = paths::relations(&entity_ref, &GraphQuery::default());
    let graph = paths::relations(
        &entity_ref,
        &GraphQuery {
            view: "graph".to_owned(),
            ..GraphQuery::default()
        },
    );
    match mini.picture {
        None => {
            view! { <p class="none">"Nothing refers to this entity, and it refers to nothing."</p> }
                .into_any()
        }
        Some(picture) => {
            let drawn = picture.nodes.len().saturating_sub(1);
            let all = if drawn < total {
                format!("{} of {} are drawn.", thousands(drawn), thousands(total))
            } else {
                related(total)
            };
            view! {
                <div class="mini">
                    <Drawing picture label="Nearest relations"/>
                    <p class="graph-links">
                        <span>{all}</span>
                        <a class="el" href=table><Icon glyph=Glyph::Table/>{format!("Show all {} as a table", thousands(total))}</a>
                        <a class="el" href=graph><Icon glyph=Glyph::Graph/>"Open the graph"</a>
                    </p>
                </div>
            }
            .into_any()
        }
    }
}

fn related(total: usize) -> String {
    if total == 1 {
        "1 related entity.".to_owned()
    } else {
        format!("{} related entities.", thousands(total))
    }
}
