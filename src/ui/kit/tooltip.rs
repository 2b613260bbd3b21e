//! A few words about a control, shown while one points at it or has the focus in it.
//!
//! They say more about a control that has a name already. Escape takes them away (`public/kit.js`).
use leptos::prelude::*;

/// A control with its words.
#[component]
pub fn Tooltip(
    /// The words; the control says `aria-describedby` with the same `id`.
    #[prop(into)]
    text: String,
    /// Unique name of the words on the page.
    #[prop(into)]
    id: String,
    /// Whether the words are always there, for pictures of it.
    #[prop(optional)]
    shown: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    let class = if shown { "tip is-open" } else { "tip" };
    view! { <span class=class>{children()}<span role="tooltip" id=id>{text}</span></span> }
}
