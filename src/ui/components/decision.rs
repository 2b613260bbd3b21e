//! What a policy decided and what came of it: icon and word.
use leptos::prelude::*;

use crate::ui::kit::{
    badge::{Badge, Tone},
    icon::Glyph,
};

/// Returns tone, picture and word of a decision, in any case.
#[must_use]
pub fn decision_look(decision: &str) -> (Tone, Glyph, &'static str) {
    match decision.to_lowercase().as_str() {
        "allow" => (Tone::Ok, Glyph::Done, "Allowed"),
        "deny" => (Tone::Danger, Glyph::Deny, "Denied"),
        "conditional" => (Tone::Info, Glyph::Depends, "It depends"),
        _ => (Tone::Neutral, Glyph::Info, "Unknown"),
    }
}

/// Returns tone, picture and word of what came of a request.
#[must_use]
pub fn result_look(result: &str) -> (Tone, Glyph, &'static str) {
    match result {
        "ok" => (Tone::Ok, Glyph::Done, "Done"),
        "refused" => (Tone::Warn, Glyph::Deny, "Refused"),
        "failed" => (Tone::Danger, Glyph::Error, "Failed"),
        _ => (Tone::Neutral, Glyph::Info, "Unknown"),
    }
}

/// A decision as a badge.
#[component]
pub fn DecisionMark(
    /// `allow`, `deny` or `conditional`.
    decision: String,
) -> impl IntoView {
    let (tone, glyph, text) = decision_look(&decision);
    view! { <Badge tone text glyph/> }
}

/// What came of a request as a badge.
#[component]
pub fn ResultMark(
    /// `ok`, `refused` or `failed`.
    result: String,
) -> impl IntoView {
    let (tone, glyph, text) = result_look(&result);
    view! { <Badge tone text glyph/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_has_one_look_whatever_its_case() {
        assert_eq!(decision_look("ALLOW"), decision_look("allow"));
        assert_eq!(decision_look("DENY").2, "Denied");
        assert_eq!(decision_look("maybe").0, Tone::Neutral);
        assert_eq!(result_look("refused").2, "Refused");
    }
}
