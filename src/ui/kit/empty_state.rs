//! What stands where nothing is: what would be here, and how to make it so.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A calm block with an icon, a sentence and what to do next.
#[component]
pub fn EmptyState(
    /// Picture above the text.
    glyph: Glyph,
    /// What is not here, in one sentence.
    #[prop(into)]
    title: String,
    /// Why, and what to do next.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph/>
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
}
