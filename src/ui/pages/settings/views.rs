//! The views of the catalog that I and my teams saved.
use callboard_model::view::SavedView;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::entity_link::EntityLink,
        kit::{
            card::Card,
            icon::{Glyph, Icon},
        },
    },
};

/// A table of saved views, each with the form that deletes it.
#[component]
pub(super) fn ViewsCard(
    /// The views, by name.
    views: Vec<SavedView>,
) -> impl IntoView {
    if views.is_empty() {
        return view! {
            <Card title="Saved views" id="views">
                <p class="none">
                    <Icon glyph=Glyph::Bookmark/>
                    "None yet. Filter the "<a href=paths::CATALOG>"catalog"</a>" and save what you see under a name, for yourself or for a team."
                </p>
            </Card>
        }
        .into_any();
    }
    let count = views.len();
    let rows = views.into_iter().map(row).collect_view();
    view! {
        <Card title="Saved views" id="views" count=count class="flush">
            <table class="table stacked">
                <caption class="vh">"Saved views"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Whose"</th>
                        <th scope="col">"Filters"</th>
                        <th scope="col"><span class="vh">"Action"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Card>
    }
    .into_any()
}

fn row(view: SavedView) -> impl IntoView {
    let is_team = view.owner.entity_ref.kind == "group";
    let whose = if is_team {
        view! { <EntityLink label=view.owner/> }.into_any()
    } else {
        view! { <span>"Mine"</span> }.into_any()
    };
    let label = format!("Delete the view {}", view.name);
    let delete = view.can_edit.then(|| {
        view! {
            <form method="post" action=paths::VIEWS_DELETE>
                <input type="hidden" name="id" value=view.id/>
                <input type="hidden" name="back" value="/settings#views"/>
                <button class="btn small" aria-label=label>"Delete"</button>
            </form>
        }
    });
    let filters = if view.query.is_empty() {
        "none".to_owned()
    } else {
        view.query.clone()
    };
    view! {
        <tr>
            <td><a href=paths::saved_view(&view.query) dir="auto">{view.name}</a></td>
            <td data-label="Whose">{whose}</td>
            <td data-label="Filters"><code class="query">{filters}</code></td>
            <td class="act">{delete}</td>
        </tr>
    }
}
