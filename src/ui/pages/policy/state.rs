//! Where the policy comes from, and what is wrong with its files.
use callboard_model::{Diagnostic, Severity, view::PolicyView};
use leptos::prelude::*;

use crate::{
    platform::now_ms,
    ui::{
        components::{problem_item::ProblemItem, when::When},
        kit::{
            badge::{Badge, Tone},
            card::Card,
            icon::Glyph,
            key_value::KeyValue,
        },
    },
};

/// Whether permissions are on, the files, and when they were read.
#[component]
pub(super) fn StateFacts(
    /// The policy.
    view: PolicyView,
) -> impl IntoView {
    let (tone, glyph, text) = if view.enabled {
        (Tone::Ok, Glyph::Done, "Enabled")
    } else {
        (Tone::Warn, Glyph::Problem, "Not enabled")
    };
    let files = if view.files.is_empty() {
        view! { <span>"None: what is built in holds"</span> }.into_any()
    } else {
        let files = view.files.into_iter();
        let files = files
            .map(|file| view! { <code>{file}</code> })
            .collect_view();
        view! { <span class="lines">{files}</span> }.into_any()
    };
    view! {
        <dl class="kv facts">
            <KeyValue name="Permissions"><Badge tone text glyph/></KeyValue>
            <KeyValue name="Files">{files}</KeyValue>
            <KeyValue name="Read"><When at=view.loaded_at now=now_ms()/></KeyValue>
        </dl>
    }
}

/// What is wrong with a policy; nothing when all is well.
#[component]
pub(super) fn PolicyProblems(
    /// Heading.
    title: &'static str,
    /// What the errors mean for the policy that holds.
    #[prop(optional)]
    note: &'static str,
    /// The problems.
    problems: Vec<Diagnostic>,
) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let count = problems.len();
        let note = (!note.is_empty() && has_errors(&problems))
            .then(|| view! { <p class="none">{note}</p> });
        let items = problems
            .into_iter()
            .map(|diagnostic| view! { <ProblemItem diagnostic/> })
            .collect_view();
        view! {
            <Card title id="problems" count=count class="flush before">{note} <ul class="problems">{items}</ul></Card>
        }
    })
}

/// Tells whether a policy with these problems cannot hold.
pub(super) fn has_errors(problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}
