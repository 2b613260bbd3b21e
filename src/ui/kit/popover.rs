//! More about something, opened by a button beside it; the browser closes it.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A button and what it opens. It works without a script.
#[component]
pub fn Popover(
    /// Unique name on the page.
    #[prop(into)]
    id: String,
    /// Text of the button, which also names what opens.
    #[prop(into)]
    text: String,
    /// Picture before the text.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
    /// Content.
    children: Children,
) -> impl IntoView {
    let icon = glyph.map(|glyph| view! { <Icon glyph/> });
    let target = id.clone();
    let label = text.clone();
    view! {
        <button class="btn" type="button" popovertarget=target>{icon}{text}<Icon glyph=Glyph::More/></button>
        <div class="popover" id=id popover="auto" role="group" aria-label=label>{children()}</div>
    }
}
