//! A short word on a tinted ground: a state, a severity, a kind of change.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// What a colour says. The word on the badge says it too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Info,
    /// Worth doing something about.
    Warn,
    /// Broken.
    Danger,
    /// Neither good nor bad.
    #[default]
    Neutral,
}

impl Tone {
    /// Returns the class that sets the colours.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Danger => "danger",
            Self::Neutral => "neutral",
        }
    }
}

/// A word with a tone.
#[component]
pub fn Badge(
    /// What the colour says.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
    /// A picture before the word.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    let icon = glyph.map(|glyph| view! { <Icon glyph/> });
    view! { <span class=format!("badge {}", tone.class())>{icon}{text}</span> }
}
