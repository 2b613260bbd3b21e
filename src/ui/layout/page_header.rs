//! The heading of a page.
use leptos::prelude::*;

/// Title, a line below it, and free content beside it.
#[component]
pub fn PageHeader(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A sentence below the heading.
    #[prop(optional_no_strip, into)]
    lead: Option<String>,
    /// What stands at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="head">
            <div>
                <h1>{title}</h1>
                {lead.map(|lead| view! { <p>{lead}</p> })}
            </div>
            {children.map(|children| children())}
        </header>
    }
}
