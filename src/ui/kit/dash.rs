//! What stands in a cell of a table that has no value.
use leptos::prelude::*;

/// A dash, which is read out as `none`.
#[component]
pub fn Dash() -> impl IntoView {
    view! { <span class="dash"><span aria-hidden="true">"–"</span><span class="vh">"none"</span></span> }
}
