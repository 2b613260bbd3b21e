//! A message across the whole page, about the page or the portal as a whole.
use leptos::prelude::*;

use super::{
    badge::Tone,
    icon::{Glyph, Icon},
};

/// One line with an icon, and what can be done at its end.
#[component]
pub fn Banner(
    /// How bad it is.
    tone: Tone,
    /// What is so, in one sentence.
    #[prop(into)]
    text: String,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Ok => Glyph::Done,
        Tone::Info | Tone::Neutral => Glyph::Info,
        Tone::Warn => Glyph::Problem,
        Tone::Danger => Glyph::Error,
    };
    view! {
        <div class=format!("banner {}", tone.class())>
            <Icon glyph/>
            <p>{text}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
