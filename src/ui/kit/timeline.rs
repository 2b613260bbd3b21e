//! What happened, one after the other.
use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
};

/// The list around the events.
#[component]
pub fn Timeline(
    /// What it is the history of.
    #[prop(into)]
    label: String,
    /// The events: [`TimelineItem`].
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline" aria-label=label>{children()}</ol> }
}

/// One event.
#[component]
pub fn TimelineItem(
    /// Picture of what happened.
    glyph: Glyph,
    /// What the colour says.
    #[prop(optional)]
    tone: Tone,
    /// When, as people read it.
    #[prop(into)]
    when: String,
    /// When, as programs read it.
    #[prop(into)]
    datetime: String,
    /// What happened, and by whom.
    children: Children,
) -> impl IntoView {
    view! {
        <li class=tone.class()>
            <span class="dot" aria-hidden="true"><Icon glyph/></span>
            <div>{children()}</div>
            <time datetime=datetime>{when}</time>
        </li>
    }
}
