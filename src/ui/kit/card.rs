//! A titled part of a page on its own ground.
use leptos::prelude::*;

use super::number::thousands;

/// A section with a heading, optionally with a count and an anchor.
#[component]
pub fn Card(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Name of the anchor, unique on the page; also names the heading.
    #[prop(into)]
    id: String,
    /// How many things are inside.
    #[prop(optional_no_strip, into)]
    count: Option<usize>,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// Content.
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <section class=format!("card {class}") id=id aria-labelledby=labelled_by>
            <h2 id=heading>
                {title} {count.map(|count| view! { " "<span class="count">{thousands(count)}</span> })}
            </h2>
            {children()}
        </section>
    }
}
