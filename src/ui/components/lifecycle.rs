//! The lifecycle of an entity as a badge.
use leptos::prelude::*;

use crate::ui::kit::badge::{Badge, Tone};

/// The word of the file, coloured where it is one that everybody uses.
#[component]
pub fn Lifecycle(
    /// `spec.lifecycle`.
    #[prop(into)]
    stage: String,
) -> impl IntoView {
    let tone = match stage.to_lowercase().as_str() {
        "production" | "stable" => Tone::Ok,
        "experimental" | "development" | "beta" => Tone::Info,
        "deprecated" | "retired" | "end-of-life" => Tone::Warn,
        _ => Tone::Neutral,
    };
    view! { <Badge tone text=stage/> }
}
