//! What happened to entities, newest first.
use callboard_model::view::{ChangeKind, ChangeRow};
use leptos::prelude::*;

use super::{entity_link::EntityLink, when::When};
use crate::ui::kit::badge::{Badge, Tone};

/// Whether each change names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Yes: the list is about many entities.
    Named,
    /// No: the page is about one.
    Understood,
}

/// A list of changes.
#[component]
pub fn ChangeList(
    /// The changes.
    changes: Vec<ChangeRow>,
    /// Whether each change names its entity.
    subject: Subject,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    let items = changes
        .into_iter()
        .map(|change| {
            let (tone, word) = match change.kind {
                ChangeKind::Added => (Tone::Ok, "added"),
                ChangeKind::Updated => (Tone::Info, "updated"),
                ChangeKind::Removed => (Tone::Danger, "removed"),
            };
            let label = change.label;
            let name = (subject == Subject::Named).then(|| view! { <EntityLink label/> });
            view! {
                <li>
                    {name} <Badge tone text=word/> <When at=change.at now/>
                    <small title=change.cause.clone()>{change.cause.clone()}</small>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="changes">{items}</ol> }
}
