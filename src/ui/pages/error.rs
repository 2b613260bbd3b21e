//! What a page shows when its data could not be had: what happened, why, and what to do next.
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    error::AppError,
    paths,
    platform::set_status,
    ui::{
        frame::Frame,
        kit::{
            alert::Alert,
            badge::Tone,
            empty_state::EmptyState,
            icon::{Glyph, Icon},
        },
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
    match error {
        AppError::NotAllowed(message) => forbidden(message, frame).into_any(),
        AppError::NotSignedIn(message) => signed_out(message, &frame).into_any(),
        error => failed(title, &error, frame).into_any(),
    }
}

/// Something went wrong, here or in the question.
fn failed(title: &'static str, error: &AppError, frame: Frame) -> impl IntoView + use<> {
    let next = match error {
        AppError::Unavailable(_) => "This is often over in a moment. Try again.",
        AppError::Internal | AppError::Transport(_) => {
            "Try again. If it stays, tell the people who run this portal the address of this page and the time."
        }
        AppError::NotFound(_)
        | AppError::Invalid(_)
        | AppError::Conflict(_)
        | AppError::NotAllowed(_)
        | AppError::NotSignedIn(_) => {
            "Check the address, or start again from one of the pages below."
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

/// The policy does not let this person see the page.
fn forbidden(message: String, frame: Frame) -> impl IntoView {
    let who = frame.user.clone().map(|user| {
        view! { <p>"You are signed in as "<b>{user.title}</b>" ("<code>{user.user_ref}</code>")."</p> }
    });
    let other = frame.user.is_some_and(|user| user.is_guest) && frame.can_sign_in;
    let sign_in = other.then(|| {
        let href = paths::sign_in(&frame.here);
        view! { <li><a class="btn primary" href=href><Icon glyph=Glyph::SignIn/>"Sign in"</a></li> }
    });
    view! {
        <Title text="You may not see this"/>
        <PageHeader title="You may not see this"/>
        <EmptyState glyph=Glyph::Lock title="The policy of this portal does not allow it">
            <p>{message}</p>
            {who}
            <ul class="offers">
                {sign_in}
                <li><a class="btn" href=paths::HOME>"Home"</a></li>
                <li><a class="btn" href=paths::SETTINGS>"Settings"</a></li>
            </ul>
        </EmptyState>
    }
}

/// Nobody is signed in.
fn signed_out(message: String, frame: &Frame) -> impl IntoView + use<> {
    let href = paths::sign_in(&frame.here);
    view! {
        <Title text="Sign in to see this"/>
        <PageHeader title="Sign in to see this"/>
        <EmptyState glyph=Glyph::Lock title=message>
            <p>"Afterwards you come back to this page."</p>
            <p><a class="btn primary" href=href><Icon glyph=Glyph::SignIn/>"Sign in"</a></p>
        </EmptyState>
    }
}
