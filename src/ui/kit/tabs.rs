//! Tabs: links with addresses. The arrow keys go from one to the next, Enter and Space open it.
use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
    number::thousands,
};

/// One tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tab {
    /// What it says.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one that is shown.
    pub current: bool,
    /// How many things are behind it.
    pub count: Option<usize>,
    /// Picture before the text, with what its colour says.
    pub glyph: Option<(Glyph, Tone)>,
    /// Whether there is nothing behind it.
    pub off: bool,
}

/// The tabs of a page.
#[component]
pub fn Tabs(
    /// What they are tabs of.
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let tabs = tabs.into_iter().map(tab).collect_view();
    view! { <nav aria-label=label data-arrows=""><ul class="tabs">{tabs}</ul></nav> }
}

fn tab(tab: Tab) -> impl IntoView {
    let icon = tab
        .glyph
        .map(|(glyph, tone)| view! { <span class=tone.class()><Icon glyph/></span> });
    let count = tab
        .count
        .map(|count| view! { " "<b>{thousands(count)}</b> });
    if tab.off {
        return view! { <li><a role="link" aria-disabled="true">{icon}{tab.text}{count}</a></li> }
            .into_any();
    }
    let current = tab.current.then_some("page");
    view! { <li><a href=tab.href aria-current=current>{icon}{tab.text}{count}</a></li> }.into_any()
}
