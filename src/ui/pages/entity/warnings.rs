//! What is said before anything else: nothing leads to the entity, nobody owns it, relations that lead nowhere, errors.
use callboard_model::view::{EntityHead, EntityView, WarningRow};
use leptos::prelude::*;

use super::link::safe;
use crate::{
    paths,
    platform::now_ms,
    ui::{
        components::problem_item::ProblemItem,
        kit::{
            alert::Alert,
            badge::Tone,
            icon::{Glyph, Icon},
            number::thousands,
        },
    },
};

/// Everything that has to be said; nothing when all is well.
#[component]
pub(super) fn Warnings(
    /// The entity.
    view: EntityView,
    /// What is known of it.
    head: EntityHead,
) -> impl IntoView {
    let warnings = view.warnings.clone();
    let orphan = warnings.orphan.then(|| orphan_alert(&view));
    let unowned = (view.lacks_owner && view.owners.is_empty()).then(|| unowned_alert(&head));
    view! { {orphan} {unowned} {problems(view)} }
}

/// Says that nothing refers to the entity any more.
fn orphan_alert(view: &EntityView) -> impl IntoView + use<> {
    let remove = view.warnings.can_remove.then(|| {
        let href = paths::unregister(&view.label.entity_ref);
        view! { <p class="alert-actions"><a class="btn" href=href><Icon glyph=Glyph::Trash/>"Remove"</a></p> }
    });
    let file = view
        .source
        .clone()
        .map(|file| view! { " ("<code>{file}</code>")" });
    view! {
        <Alert tone=Tone::Warn title="No location leads to this entity any more">
            <p>"Its file"{file}" was removed or moved. Add the file to a location again, or remove the entity."</p>
            {remove}
        </Alert>
    }
}

/// Says that the file names no owner, and how it would.
fn unowned_alert(head: &EntityHead) -> impl IntoView + use<> {
    let file = head
        .source
        .clone()
        .map(|file| view! { " in "<code>{file}</code> });
    let edit = head.edit_url.as_deref().and_then(safe).map(|url| {
        view! {
            <p class="alert-actions"><a class="btn" href=url.to_owned() rel="noopener"><Icon glyph=Glyph::Edit/>"Edit the file"</a></p>
        }
    });
    view! {
        <Alert tone=Tone::Warn title="Nobody owns this">
            <p>"Add "<code>"spec.owner"</code>{file}", so that people know whom to ask."</p>
            {edit}
        </Alert>
    }
}

/// The errors, and the relations that lead nowhere.
fn problems(view: EntityView) -> Option<impl IntoView> {
    let warnings = view.warnings;
    if warnings.problems.is_empty() && !warnings.stale {
        return None;
    }
    let now = now_ms();
    let rest = warnings.total - warnings.problems.len().min(warnings.total);
    let items = warnings
        .problems
        .into_iter()
        .map(|WarningRow { row, near }| {
            view! { <ProblemItem diagnostic=row.diagnostic entity=row.entity since=(row.since, now) near/> }
        })
        .collect_view();
    let all = paths::entity_tab(&view.label.entity_ref, "problems");
    let text = if rest > 0 {
        format!("Show all problems, {} more", thousands(rest))
    } else {
        "Show where in the file".to_owned()
    };
    let stale = warnings.stale.then(|| {
        let file = view.source.map(|file| view! { " "<code>{file}</code> });
        view! { <p>"What you see is the last good version: the file"{file}" cannot be used as it is."</p> }
    });
    let tone = if warnings.stale { "danger" } else { "warn" };
    Some(view! {
        <section class=format!("card flush attention {tone}") aria-labelledby="attention-title">
            <h2 id="attention-title"><Icon glyph=Glyph::Problem/>"Needs attention"</h2>
            {stale}
            <ul class="problems">{items}</ul>
            <p class="all"><a href=all>{text}</a></p>
        </section>
    })
}
