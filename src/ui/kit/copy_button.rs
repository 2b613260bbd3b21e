//! A button that puts a text on the clipboard.
//!
//! `public/boot.js` does the copying and shows the button; without JavaScript it is not there.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A small button that copies a text.
#[component]
pub fn CopyButton(
    /// What is copied: a text, or `#id` for the text of an element of the page.
    #[prop(into)]
    source: String,
    /// What the button does, for people who do not see the icon.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <button class="copy" type="button" data-copy=source aria-label=label.clone() title=label>
            <Icon glyph=Glyph::Copy/>
        </button>
    }
}
