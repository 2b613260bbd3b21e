//! The question why somebody may do something, and the answer.
use callboard_model::view::{ExplainView, PolicyQuery};
use leptos::prelude::*;

use super::reasons::Reasons;
use crate::{
    paths,
    ui::{
        components::{decision::decision_look, entity_link::EntityLink, entity_text::EntityText},
        kit::{
            alert::Alert,
            badge::Tone,
            card::Card,
            field::Field,
            icon::{Glyph, Icon},
            number::{counted, thousands},
        },
    },
};

/// The form and, when it was filled in, the answer.
#[component]
pub(super) fn ExplainCard(
    /// What was asked.
    query: PolicyQuery,
    /// Every permission that can be asked about, with what it is for.
    permissions: Vec<(String, String)>,
    /// The answer.
    explanation: Option<ExplainView>,
    /// Why there is none.
    mistake: Option<String>,
) -> impl IntoView {
    let mistake = mistake.map(|text| {
        view! {
            <Alert tone=Tone::Danger title="The question could not be answered" answers=true>
                <p>{text}</p>
            </Alert>
        }
    });
    let asked = explanation.is_some() || mistake.is_some();
    let answer = explanation.map(answer);
    let hint = (!asked).then(|| {
        view! {
            <p class="quiet">"The answer names the rules that were looked at, and where they stand. "<code>"callboard policy explain"</code>" says the same on the command line."</p>
        }
    });
    view! {
        <Card title="Who may do what, and why" id="explain">
            <ExplainForm query permissions/>
            {hint} {mistake} {answer}
        </Card>
    }
}

#[component]
fn ExplainForm(query: PolicyQuery, permissions: Vec<(String, String)>) -> impl IntoView {
    let options = permissions
        .into_iter()
        .map(|(name, what)| view! { <option value=name>{what}</option> })
        .collect_view();
    view! {
        <form class="fields" action=paths::POLICY aria-label="Explain a decision">
            <Field label="User" id="user" class="grow">
                <input type="text" id="user" name="user" value=query.user required autocomplete="off" placeholder="user:default/ada"/>
            </Field>
            <Field label="Permission" id="permission" class="grow">
                <input
                    type="text"
                    id="permission"
                    name="permission"
                    value=query.permission
                    required
                    autocomplete="off"
                    list="permissions"
                    placeholder="catalog.entity.read"
                />
                <datalist id="permissions">{options}</datalist>
            </Field>
            <Field label="Entity (may be left out)" id="resource" class="grow">
                <input type="text" id="resource" name="resource" value=query.resource autocomplete="off" placeholder="component:default/ferry"/>
            </Field>
            <button class="btn primary"><Icon glyph=Glyph::Search/>"Explain"</button>
        </form>
    }
}

/// The verdict, what it was about, and the rules.
fn answer(explanation: ExplainView) -> impl IntoView {
    let (tone, glyph, word) = decision_look(&explanation.decision);
    let about = explanation.resource.map(|label| {
        view! { " on "<EntityLink label/> }
    });
    let share = explanation.holds_for.map(|(holds, all)| {
        view! { <p class="quiet">{share(holds, all)}</p> }
    });
    let count = counted(explanation.ownership.len(), "reference");
    let ownership = explanation
        .ownership
        .into_iter()
        .map(|text| view! { <EntityText text/> })
        .collect_view();
    view! {
        <div class=format!("verdict {}", tone.class())>
            <Icon glyph/>
            <div>
                <p class="verdict-word">{word}</p>
                <p><EntityLink label=explanation.user/>": "<code>{explanation.permission}</code>{about}</p>
                {share}
            </div>
        </div>
        <details class="fold">
            <summary>{format!("{count} count as this user's own")}</summary>
            <span class="els">{ownership}</span>
        </details>
        <Reasons reasons=explanation.reasons/>
    }
}

/// Says of how many entities a condition holds.
fn share(holds: u64, all: u64) -> String {
    let number = |number: u64| thousands(usize::try_from(number).unwrap_or(usize::MAX));
    format!(
        "At this moment the condition holds for {} of {} entities.",
        number(holds),
        number(all)
    )
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_readable_numbers() {
        assert_eq!(
            share(1_200, 98_000),
            "At this moment the condition holds for 1,200 of 98,000 entities."
        );
    }
}
