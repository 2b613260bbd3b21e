//! Tags as links into the catalog.
use leptos::prelude::*;

use crate::paths;

/// Every tag, each leading to everything that has it.
#[component]
pub fn TagList(
    /// The tags.
    tags: Vec<String>,
) -> impl IntoView {
    let tags = tags
        .into_iter()
        .map(|tag| view! { <a class="tag" href=paths::tag(&tag)>{tag.clone()}</a> })
        .collect_view();
    view! { <span class="tags">{tags}</span> }
}
