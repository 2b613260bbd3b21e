//! The way from the top to this page.
use leptos::prelude::*;

/// Links to what is above, and the name of what is here.
#[component]
pub fn Breadcrumb(
    /// Names and addresses, from the top down.
    above: Vec<(String, String)>,
    /// The name of this page.
    #[prop(into)]
    here: String,
    /// What the way is called; it has to differ where a page has two.
    #[prop(default = "Breadcrumb".to_owned(), into)]
    label: String,
) -> impl IntoView {
    let above = above
        .into_iter()
        .map(|(name, href)| view! { <li><a href=href><bdi>{name}</bdi></a></li> })
        .collect_view();
    view! {
        <nav class="way" aria-label=label>
            <ol>{above}<li aria-current="page"><bdi>{here}</bdi></li></ol>
        </nav>
    }
}
