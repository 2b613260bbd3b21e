//! The form that tries another policy against what was really asked.
use callboard_model::view::SimulationView;
use leptos::prelude::*;

use super::simulation::Outcome;
use crate::{
    paths,
    ui::{
        frame::FormMistake,
        kit::{
            alert::Alert,
            area_text::area_text,
            badge::Tone,
            card::Card,
            field::Field,
            icon::{Glyph, Icon},
        },
    },
};

/// What an empty form shows.
const EXAMPLE: &str = "\
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: developer
    members: [everyone]
    rules:
      - allow: [catalog.entity.read]
";

/// The result, if there is one, and the form.
#[component]
pub(super) fn Simulator(
    /// What came of the text that was sent.
    result: Option<SimulationView>,
    /// Why the form was not taken.
    mistake: Option<FormMistake>,
) -> impl IntoView {
    let text = result
        .as_ref()
        .map(|result| result.text.clone())
        .unwrap_or_default();
    let mistake = mistake.map(|FormMistake(text)| {
        view! {
            <Alert tone=Tone::Danger title="The policy could not be tried" answers=true>
                <p>{text}</p>
            </Alert>
        }
    });
    view! {
        {mistake}
        {result.map(|result| view! { <Outcome result/> })}
        <Card title="Try a changed policy" id="simulator">
            <p class="lead">
                "Paste the whole policy as it would be. Requests of the audit log are decided again with it, and what people could read is compared. Nothing is changed and nothing is kept."
            </p>
            <form method="post" action=paths::SIMULATE>
                <Field label="Policy" id="policy">
                    <textarea id="policy" name="policy" rows="18" required spellcheck="false" autocomplete="off" placeholder=EXAMPLE>{area_text(&text)}</textarea>
                </Field>
                <button class="btn primary"><Icon glyph=Glyph::Policy/>"Simulate"</button>
            </form>
        </Card>
    }
}
