//! A problem in a file: how bad, which code, where, about what, and what to do.
use callboard_model::{
    Diagnostic, Severity,
    view::{EntityLabel, ProblemRow, ProblemsQuery, SourceLines},
};
use leptos::prelude::*;

use super::{entity_link::EntityLink, source_excerpt::SourceExcerpt, when::When};
use crate::{
    paths,
    ui::kit::{
        badge::Tone,
        icon::{Glyph, Icon},
    },
};

/// Returns tone, picture and word of a severity.
#[must_use]
pub fn severity_look(severity: Severity) -> (Tone, Glyph, &'static str) {
    match severity {
        Severity::Error => (Tone::Danger, Glyph::Error, "Error"),
        Severity::Warning => (Tone::Warn, Glyph::Problem, "Warning"),
        Severity::Info => (Tone::Info, Glyph::Info, "Info"),
    }
}

/// How bad a problem is: icon and word.
#[component]
pub fn SeverityMark(
    /// The severity.
    severity: Severity,
) -> impl IntoView {
    let (tone, glyph, word) = severity_look(severity);
    view! { <span class=format!("badge {}", tone.class())><Icon glyph/>{word}</span> }
}

/// A problem as an item of a list.
#[component]
pub fn ProblemItem(
    /// The problem.
    diagnostic: Diagnostic,
    /// The entity, where the page does not say it already.
    #[prop(optional_no_strip, into)]
    entity: Option<EntityLabel>,
    /// The owner of that entity, where the page does not say it already.
    #[prop(optional_no_strip, into)]
    owner: Option<EntityLabel>,
    /// When it was first seen, and the present.
    #[prop(optional_no_strip, into)]
    since: Option<(i64, i64)>,
    /// The lines around it, where they are at hand.
    #[prop(optional_no_strip, into)]
    lines: Option<SourceLines>,
    /// What was probably meant.
    #[prop(optional_no_strip, into)]
    near: Option<EntityLabel>,
) -> impl IntoView {
    let near = near.map(|label| {
        let reference = label.entity_ref.to_string();
        view! { <p class="fix"><b>"Did you mean "</b><EntityLink label/>" "<code>{reference}</code></p> }
    });
    let lines = lines.map(|lines| view! { <SourceExcerpt lines place=diagnostic.file.clone()/> });
    let place = diagnostic.place();
    let code = paths::problems(&ProblemsQuery {
        code: diagnostic.code.clone(),
        ..ProblemsQuery::default()
    });
    let help = diagnostic
        .help
        .map(|help| view! { <p>{sentence(&help)}</p> });
    let fix = diagnostic
        .fix
        .map(|fix| view! { <p class="fix"><b>"Fix: "</b>{sentence(&fix.title)}</p> });
    let entity = entity.map(|label| view! { <EntityLink label/> });
    let owner = owner.map(|label| view! { <span>"owner "<EntityLink label/></span> });
    let since = since.map(|(at, now)| view! { <span>"first seen "<When at now/></span> });
    view! {
        <li class="problem">
            <SeverityMark severity=diagnostic.severity/>
            <div>
                <p class="message">{sentence(&diagnostic.message)}" "<a class="code-link" href=code>{diagnostic.code}</a></p>
                {lines} {help} {near} {fix}
                <p class="meta"><code>{place}</code>{entity}{owner}{since}</p>
            </div>
        </li>
    }
}

/// A problem as the problems page shows it.
#[component]
pub fn ProblemEntry(
    /// The problem with its surroundings.
    row: ProblemRow,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    let ProblemRow {
        diagnostic,
        entity,
        owner,
        since,
    } = row;
    view! { <ProblemItem diagnostic entity owner since=(since, now)/> }
}

/// Returns a fragment as a sentence: capital first, full stop last. A name in code, such as `spec.owner` or
/// `component:default/a`, keeps its case.
#[must_use]
pub fn sentence(fragment: &str) -> String {
    let word = fragment.split(' ').next().unwrap_or_default();
    let is_code = word
        .trim_end_matches(['.', ':', ','])
        .contains(['.', ':', '/'])
        || word.chars().any(char::is_uppercase);
    let mut letters = fragment.chars();
    let mut text: String = match letters.next() {
        Some(first) if !is_code => first.to_uppercase().chain(letters).collect(),
        _ => fragment.to_owned(),
    };
    if !text.is_empty() && !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_become_sentences() {
        assert_eq!(sentence("owner not found"), "Owner not found.");
        assert_eq!(sentence("Is it there?"), "Is it there?");
        assert_eq!(sentence("spec.owner is missing"), "spec.owner is missing.");
        assert_eq!(sentence(""), "");
    }
}
