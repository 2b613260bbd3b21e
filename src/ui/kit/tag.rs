//! A word that things are marked with.
use leptos::prelude::*;

/// A small word on its own ground; a link where there is an address.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: String,
    /// Where it leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = format!("tag {class}").trim_end().to_owned();
    match href {
        Some(href) => view! { <a class=class href=href><bdi>{text}</bdi></a> }.into_any(),
        None => view! { <span class=class><bdi>{text}</bdi></span> }.into_any(),
    }
}
