//! What each sign-in resolver looked for, what it found, and how to make it find somebody.
use callboard_model::view::ResolverAttempt;
use leptos::prelude::*;

use crate::ui::{
    components::{entity_text::EntityText, problem_item::sentence},
    kit::{number::counted, prose::Prose},
};

/// The attempts in the order in which they were made.
#[component]
pub(super) fn Attempts(
    /// Name of the provider as people know it.
    provider: String,
    /// The attempts.
    attempts: Vec<ResolverAttempt>,
) -> impl IntoView {
    let count = counted(attempts.len(), "rule");
    let lead = format!(
        "{provider} says who you are. To find you in the catalog, the portal tried {count} of its configuration in \
         this order. Repairing one is enough."
    );
    view! {
        <h2>"What was tried"</h2>
        <p class="quiet">{lead}</p>
        <ol class="attempts">{attempts.into_iter().map(attempt).collect_view()}</ol>
    }
}

fn attempt(attempt: ResolverAttempt) -> impl IntoView {
    let found = if attempt.found.is_empty() {
        view! { <span>"Nothing"</span> }.into_any()
    } else {
        let found = attempt.found.into_iter();
        let found = found
            .map(|text| view! { <EntityText text/> })
            .collect_view();
        view! { <span class="els">{found}</span> }.into_any()
    };
    let row =
        |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <li>
            <h3><code>{attempt.resolver}</code></h3>
            <dl>
                {row("Looked for", view! { <Prose text=attempt.looked_for/> }.into_any())}
                {row("Found", found)}
                {row("Result", view! { <Prose text=sentence(&attempt.outcome)/> }.into_any())}
                {(!attempt.fix.is_empty())
                    .then(|| {
                        view! { <div class="repair"><dt>"How to fix it"</dt><dd><Prose text=sentence(&attempt.fix)/></dd></div> }
                    })}
            </dl>
        </li>
    }
}
