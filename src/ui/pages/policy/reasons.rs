//! The rules that were looked at for one decision, in the order in which they matter.
use callboard_model::view::ReasonRow;
use leptos::prelude::*;

use super::super::json::readable;
use crate::ui::{
    components::{decision::decision_look, entity_text::EntityText},
    kit::{
        badge::{Badge, Tone},
        icon::Glyph,
    },
};

/// A list of rules; without any, what that means.
#[component]
pub(super) fn Reasons(
    /// The rules.
    reasons: Vec<ReasonRow>,
) -> impl IntoView {
    if reasons.is_empty() {
        return view! {
            <p class="quiet">"No rule of the policy is about this user and this permission. What no rule allows is denied."</p>
        }
        .into_any();
    }
    view! {
        <h3>"Rules that were looked at"</h3>
        <ol class="reasons">{reasons.into_iter().map(reason).collect_view()}</ol>
    }
    .into_any()
}

fn reason(reason: ReasonRow) -> impl IntoView {
    let (tone, glyph, _) = decision_look(&reason.effect);
    let word = if reason.effect.eq_ignore_ascii_case("deny") {
        "Denies"
    } else {
        "Allows"
    };
    let class = if reason.counts { "" } else { "idle" };
    let counts = (!reason.counts).then(|| view! { <Badge text="Not counted" glyph=Glyph::Close/> });
    let holds = reason.holds.map(|holds| {
        let (tone, glyph, text) = if holds {
            (Tone::Ok, Glyph::Done, "Condition holds")
        } else {
            (Tone::Neutral, Glyph::Close, "Condition does not hold")
        };
        view! { <Badge tone text glyph/> }
    });
    let condition = reason.condition.map(|text| {
        view! { <pre class="wrapped"><code>{readable(&text)}</code></pre> }
    });
    let note = reason.note.map(|note| view! { <p>{note}</p> });
    view! {
        <li class=class>
            <div>
                <p class="marks"><Badge tone text=word glyph/>{holds}{counts}<code>{reason.permission}</code></p>
                <p class="meta"><b class="code-text">{reason.role}</b><span>"through "<EntityText text=reason.via/></span><code>{reason.place}</code></p>
                {note}
            </div>
            {condition}
        </li>
    }
}
