//! A message in the flow of the page: what happened, why, and what to do next.
use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
};

/// A message with an icon, a headline and free content below.
#[component]
pub fn Alert(
    /// How bad it is.
    tone: Tone,
    /// What happened, in one sentence.
    #[prop(into)]
    title: String,
    /// Why, and what to do next.
    children: Children,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Ok => Glyph::Done,
        Tone::Info | Tone::Neutral => Glyph::Info,
        Tone::Warn => Glyph::Problem,
        Tone::Danger => Glyph::Error,
    };
    view! {
        <div class=format!("alert {}", tone.class())>
            <Icon glyph/>
            <div>
                <p class="alert-title">{title}</p>
                {children()}
            </div>
        </div>
    }
}
