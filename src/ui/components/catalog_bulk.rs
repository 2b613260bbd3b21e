//! What can be done with rows of the catalog: with one by its star, with those that are selected by the bar below.
use callboard_model::view::CatalogQuery;
use leptos::prelude::*;

use crate::{
    paths,
    ui::kit::icon::{Glyph, Icon},
};

/// A button that stars one row or takes its star off. It belongs to a form of [`BulkForms`].
pub(super) fn star(title: &str, entity_ref: &str, is_starred: bool) -> impl IntoView + use<> {
    let (form, verb) = if is_starred {
        ("unstar", "Unstar")
    } else {
        ("star", "Star")
    };
    let label = format!("{verb} {title}");
    view! { <button class="st" form=form name="ref" value=entity_ref.to_owned() aria-label=label></button> }
}

/// The forms that the buttons of the rows belong to, and the bar that is there once a row is selected.
#[component]
pub fn BulkForms(
    /// What the page asks for.
    query: CatalogQuery,
) -> impl IntoView {
    let back = paths::catalog(&query);
    let star = |id: &'static str, on: &'static str| {
        view! {
            <form id=id method="post" action=paths::STARS>
                <input type="hidden" name="on" value=on/>
                <input type="hidden" name="back" value=back.clone()/>
            </form>
        }
    };
    // The file has the columns and the order of the table.
    let columns = [
        ("kind", query.kind.clone()),
        ("sort", query.sort.clone()),
        ("columns", query.columns.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
    .collect_view();
    let post = |action: &'static str, on: &'static str, glyph: Glyph, text: &'static str| {
        view! { <button class="btn small" formaction=action name="on" value=on><Icon glyph/>{text}</button> }
    };
    view! {
        {star("star", "1")}
        {star("unstar", "")}
        <form id="bulk" class="bulk" method="post" action=paths::STARS aria-label="Selected entities">
            <input type="hidden" name="back" value=back.clone()/>
            {columns}
            <p role="status" data-count>"Selected"</p>
            {post(paths::STARS, "1", Glyph::Star, "Star")}
            {post(paths::STARS, "", Glyph::StarFilled, "Unstar")}
            {post(paths::WATCHES, "1", Glyph::Eye, "Watch")}
            {post(paths::REFRESH, "1", Glyph::Refresh, "Read again")}
            <button class="btn small" formaction=paths::COMPARE formmethod="get"><Icon glyph=Glyph::Columns/>"Compare"</button>
            <button class="btn small" formaction=paths::CATALOG_EXPORT formmethod="get" name="format" value="csv">
                <Icon glyph=Glyph::Download/>
                "Export"
            </button>
            <button class="btn small js" type="button" data-copy-refs><Icon glyph=Glyph::Copy/>"Copy references"</button>
        </form>
    }
}
