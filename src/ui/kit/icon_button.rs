//! A button that is a picture; its name is read out and shown when one points at it.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A square button with a picture; a link where there is an address.
#[component]
pub fn IconButton(
    /// The picture.
    glyph: Glyph,
    /// What it does.
    #[prop(into)]
    label: String,
    /// Where it leads; without it, the button is one of a form or of a script.
    #[prop(optional, into)]
    href: Option<String>,
    /// Whether it sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// Whether it is on, for a button that switches something.
    #[prop(optional_no_strip, into)]
    pressed: Option<bool>,
    /// Whether it cannot be used now.
    #[prop(optional)]
    off: bool,
    /// Whether what it started is still going on.
    #[prop(optional)]
    busy: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = format!("icon-btn {class}");
    let class = class.trim_end().to_owned();
    let picture = if busy {
        view! { <span class="spin"><Icon glyph=Glyph::Loader/></span> }.into_any()
    } else {
        view! { <Icon glyph/> }.into_any()
    };
    let hint = label.clone();
    if let Some(href) = href.filter(|_| !off) {
        return view! { <a class=class href=href aria-label=label title=hint>{picture}</a> }
            .into_any();
    }
    let kind = if submit { "submit" } else { "button" };
    let pressed = pressed.map(|pressed| pressed.to_string());
    let waits = busy.then_some("true");
    view! {
        <button
            class=class
            type=kind
            disabled=off
            aria-pressed=pressed
            aria-busy=waits
            aria-label=label
            title=hint
        >
            {picture}
        </button>
    }
    .into_any()
}
