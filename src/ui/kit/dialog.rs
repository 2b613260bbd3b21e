//! What has to be answered before anything else: a dialog in the middle, or a drawer at the edge.
//!
//! The element is the browser's own, which keeps the focus inside, closes on Escape and gives the focus back.
//! The opener says what it does in HTML (`command`), and `public/boot.js` does it in browsers that do not know that yet.
use leptos::prelude::*;

use super::{
    button::Weight,
    icon::{Glyph, Icon},
};

/// A button that opens a dialog or a drawer.
#[component]
pub fn DialogOpener(
    /// The `id` of the dialog.
    #[prop(into)]
    opens: String,
    /// The verb.
    #[prop(into)]
    text: String,
    /// How much it stands out.
    #[prop(optional)]
    weight: Weight,
    /// Picture before the text.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    let icon = glyph.map(|glyph| view! { <Icon glyph/> });
    view! {
        <button
            class=weight.class()
            type="button"
            command="show-modal"
            commandfor=opens.clone()
            data-open=opens
            aria-haspopup="dialog"
        >
            {icon}
            {text}
        </button>
    }
}

/// A dialog with a heading, a cross and free content. A form inside ends with a `div` of the class `dialog-end`.
#[component]
pub fn Dialog(
    /// Unique name on the page.
    #[prop(into)]
    id: String,
    /// What it is about.
    #[prop(into)]
    title: String,
    /// Whether it stands at the edge and leaves the page visible.
    #[prop(optional)]
    drawer: bool,
    /// Content.
    children: Children,
) -> impl IntoView {
    let class = if drawer { "modal drawer" } else { "modal" };
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <dialog class=class id=id aria-labelledby=labelled_by closedby="any">
            <form method="dialog" class="dialog-head">
                <h2 id=heading>{title}</h2>
                <button class="icon-btn" aria-label="Close" title="Close"><Icon glyph=Glyph::Close/></button>
            </form>
            {children()}
        </dialog>
    }
}
