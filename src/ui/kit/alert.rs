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
    /// Whether it is the answer to something a person just did: it is read out and has the focus.
    #[prop(optional)]
    answers: bool,
    /// Why, and what to do next.
    children: Children,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Ok => Glyph::Done,
        Tone::Info | Tone::Neutral => Glyph::Info,
        Tone::Warn => Glyph::Problem,
        Tone::Danger => Glyph::Error,
    };
    let role = answers.then_some("alert");
    let focus = answers.then_some("-1");
    view! {
        <div class=format!("alert {}", tone.class()) role=role tabindex=focus autofocus=answers>
            <Icon glyph/>
            <div>
                <p class="alert-title">{title}</p>
                {children()}
            </div>
        </div>
    }
}
