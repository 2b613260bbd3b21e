//! A filter that is on, with a link that takes it off.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Name and value of a filter, and a cross.
#[component]
pub fn FilterChip(
    /// Name of the filter.
    #[prop(into)]
    name: String,
    /// Value of the filter.
    #[prop(into)]
    value: String,
    /// Address of the list without it.
    href: String,
) -> impl IntoView {
    let label = format!("Remove filter {name}: {value}");
    view! {
        <li>
            <a class="chip" href=href aria-label=label>
                <span>{name}": "<b>{value}</b></span>
                <Icon glyph=Glyph::Close/>
            </a>
        </li>
    }
}
