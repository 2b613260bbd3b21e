//! What a page shows when its data could not be had: what happened, why, and what to do next.
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    error::AppError,
    paths,
    platform::set_status,
    ui::{
        frame::Frame,
        kit::{alert::Alert, badge::Tone},
        layout::page_header::PageHeader,
    },
};

/// The failure of a whole page.
#[component]
pub(super) fn ErrorPage(
    /// What the page could not do, for example `The catalog could not be shown`.
    title: &'static str,
    /// Why.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    let frame = use_context::<Frame>().unwrap_or_default();
    let next = match &error {
        AppError::NotFound(_)
        | AppError::Invalid(_)
        | AppError::Conflict(_)
        | AppError::NotAllowed(_) => {
            "Check the address, or start again from one of the pages below."
        }
        AppError::Unavailable(_) => "This is often over in a moment. Try again.",
        AppError::Internal | AppError::Transport(_) => {
            "Try again. If it stays, tell the people who run this portal the address of this page and the time."
        }
    };
    let code = format!("Status {}", error.status());
    view! {
        <Title text=title/>
        <PageHeader title/>
        <Alert tone=Tone::Danger title=error.to_string()>
            <p>{next}</p>
            <p class="meta">{code}</p>
        </Alert>
        <ul class="offers">
            <li><a class="btn primary" href=frame.here>"Try again"</a></li>
            <li><a class="btn" href=paths::HOME>"Home"</a></li>
            <li><a class="btn" href=paths::CATALOG>"Catalog"</a></li>
        </ul>
    }
}
