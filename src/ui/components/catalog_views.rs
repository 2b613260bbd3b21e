//! The saved views of the catalog: opening, saving, changing and deleting them.
use callboard_model::view::{CatalogQuery, SavedView, ViewState};
use leptos::prelude::*;

use crate::{
    paths,
    ui::kit::icon::{Glyph, Icon},
};

/// Returns the query string that a view of this page has.
fn kept(query: &CatalogQuery) -> String {
    let url = paths::catalog(&query.kept());
    url.split_once('?').map_or("", |(_, kept)| kept).to_owned()
}

/// The menu with every view, and the form that saves one.
#[component]
pub fn ViewsMenu(
    /// What the page asks for.
    query: CatalogQuery,
    /// The views.
    state: ViewState,
) -> impl IntoView {
    let current = state.current.filter(|_| !state.is_changed);
    let name = current.and_then(|at| state.views.get(at));
    let name = name.map_or_else(|| "Views".to_owned(), |view| view.name.clone());
    let views = state.views.iter().enumerate();
    let views: Vec<_> = views
        .map(|(at, view)| entry(view, state.current == Some(at)))
        .collect();
    let none = views.is_empty().then(|| {
        view! { <p>"A view keeps filters, columns and order under a name. Nothing is saved yet."</p> }
    });
    let groups: Vec<_> = state
        .groups
        .iter()
        .map(|group| {
            let value = group.entity_ref.to_string();
            view! { <option value=value>{group.title.clone()}</option> }
        })
        .collect();
    // What is saved is where one is, not a change of the view that one came from.
    let back = paths::catalog(&CatalogQuery {
        view: String::new(),
        ..query.clone()
    });
    view! {
        <details class="menu drop">
            <summary class="btn small"><Icon glyph=Glyph::Bookmark/><span>{name}</span></summary>
            <div>
                {none}
                <ul aria-label="Saved views">{views}</ul>
                <form id="unview" method="post" action=paths::VIEWS_DELETE>
                    <input type="hidden" name="back" value=paths::CATALOG/>
                </form>
                <form class="save" method="post" action=paths::VIEWS>
                    <input type="hidden" name="query" value=kept(&query)/>
                    <input type="hidden" name="back" value=back/>
                    <label>"Save this view as"<input type="text" name="name" required maxlength="100" autocomplete="off"/></label>
                    <label>"For"<select name="owner"><option value="">"Me"</option>{groups}</select></label>
                    <button class="btn small primary">"Save this view"</button>
                </form>
            </div>
        </details>
    }
}

fn entry(view: &SavedView, is_current: bool) -> impl IntoView + use<> {
    let href = paths::opened_view(&view.query, &view.id);
    let current = is_current.then_some("true");
    let owner = (view.owner.entity_ref.kind == "group")
        .then(|| view! { <small>{view.owner.title.clone()}</small> });
    let delete = view.can_edit.then(|| {
        let label = format!("Delete the view {}", view.name);
        view! { <button form="unview" name="id" value=view.id.clone() aria-label=label><Icon glyph=Glyph::Trash/></button> }
    });
    view! { <li><a href=href aria-current=current>{view.name.clone()}{owner}</a>{delete}</li> }
}

/// Says that the view that was opened is not what is shown any more, and offers to save or undo that.
#[component]
pub fn ChangedView(
    /// What the page asks for.
    query: CatalogQuery,
    /// The views.
    state: ViewState,
) -> impl IntoView {
    let view = state.current.filter(|_| state.is_changed);
    let view = view.and_then(|at| state.views.get(at).cloned());
    view.map(|view| {
        let href = paths::opened_view(&view.query, &view.id);
        let back = paths::catalog(&query);
        // A group's view is saved for the group; one's own needs no owner.
        let owner = match view.owner.entity_ref.kind.as_str() {
            "group" => view.owner.entity_ref.to_string(),
            _ => String::new(),
        };
        let save = view.can_edit.then(|| {
            view! {
                <form method="post" action=paths::VIEWS>
                    <input type="hidden" name="name" value=view.name.clone()/>
                    <input type="hidden" name="owner" value=owner/>
                    <input type="hidden" name="query" value=kept(&query)/>
                    <input type="hidden" name="back" value=back/>
                    <button class="btn small">"Save changes"</button>
                </form>
            }
        });
        view! {
            <div class="changed">
                <p>"The view "<b>{view.name.clone()}</b>" was changed."</p>
                {save}
                <a class="btn small" href=href>"Revert"</a>
            </div>
        }
    })
}
