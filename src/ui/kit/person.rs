//! Somebody or a group: their letters, their name, and what they are.
use leptos::prelude::*;

use super::avatar::Avatar;

/// Avatar and name in one line; a link where there is an address.
#[component]
pub fn Person(
    /// Name for people.
    #[prop(into)]
    name: String,
    /// What they are, below the name.
    #[prop(optional, into)]
    note: Option<String>,
    /// Where the name leads.
    #[prop(optional, into)]
    href: Option<String>,
) -> impl IntoView {
    let name = if name.trim().is_empty() {
        "Unknown".to_owned()
    } else {
        name
    };
    let shown = match href {
        Some(href) => view! { <a href=href dir="auto">{name.clone()}</a> }.into_any(),
        None => view! { <b dir="auto">{name.clone()}</b> }.into_any(),
    };
    view! {
        <span class="person">
            <Avatar name/>
            <span>{shown} {note.map(|note| view! { <small>{note}</small> })}</span>
        </span>
    }
}
