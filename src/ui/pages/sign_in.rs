//! `/sign-in`: the ways to sign in, and why the last attempt failed.
mod attempts;
mod closed;

use callboard_model::view::{SignInFailure, SignInProvider, SignInView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{error::ErrorPage, sheet::Sheet};
use crate::{
    api::account::get_sign_in,
    paths,
    ui::{
        frame::Frame,
        kit::{
            alert::Alert,
            badge::Tone,
            icon::{Glyph, Icon},
        },
    },
};

/// Kind of the provider that asks for nothing.
const GUEST: &str = "guest";

/// The sign-in page.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let (back, failure) = use_query_map().with_untracked(|query| {
        let text = |key: &str| query.get_str(key).unwrap_or_default().to_owned();
        (text("back"), text("failure"))
    });
    let frame = use_context::<Frame>().unwrap_or_default();
    let page = Suspend::new(async move {
        match get_sign_in(back, failure).await {
            Ok(view) => content(view, frame),
            Err(error) => {
                view! { <ErrorPage title="The ways to sign in could not be shown" error/> }
                    .into_any()
            }
        }
    });
    view! { <Sheet name="account"/> {page} }
}

fn content(view: SignInView, frame: Frame) -> AnyView {
    if view.is_closed && view.failure.is_none() {
        return view! { <closed::ClosedPortal title=frame.title/> }.into_any();
    }
    let failed = view.failure.is_some();
    let class = if failed { "gate wide" } else { "gate" };
    let title = format!("Sign in to {}", frame.title);
    let lead = frame.organization.unwrap_or_default();
    let present = view.signed_in_as.map(present);
    let heading = match (failed, present.is_some()) {
        (true, _) => Some("Try again"),
        (false, true) => Some("Sign in as somebody else"),
        (false, false) => None,
    };
    view! {
        <Title text=if failed { "You could not be signed in" } else { "Sign in" }/>
        <section class=class>
            <header>
                <img src="/favicon.svg" alt="" width="44" height="44"/>
                <h1>{title}</h1>
                <p>{lead}</p>
            </header>
            {present} {view.failure.map(failure)} {providers(view.providers, heading)}
        </section>
    }
    .into_any()
}

/// Says who is signed in already.
fn present(name: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Ok title=format!("You are signed in as {name}")>
            <p><a href=paths::HOME>"Go to the home page"</a>" or "<a href=paths::SETTINGS>"see your settings"</a>"."</p>
        </Alert>
    }
}

/// Says why the last attempt failed, and what each resolver did.
fn failure(failure: SignInFailure) -> impl IntoView {
    let help = failure.help.map(|help| view! { <p>{help}</p> });
    let attempts = (!failure.attempts.is_empty()).then(
        || view! { <attempts::Attempts provider=failure.provider attempts=failure.attempts/> },
    );
    view! {
        <Alert tone=Tone::Danger title="You could not be signed in" answers=true>
            <p>{failure.message}</p>
            {help}
        </Alert>
        {attempts}
    }
}

/// One link for each way to sign in.
fn providers(providers: Vec<SignInProvider>, heading: Option<&'static str>) -> AnyView {
    if providers.is_empty() {
        return view! {
            <p class="quiet">"No way to sign in is configured. The people who run this portal can add one under "<code>"auth.providers"</code>"."</p>
        }
        .into_any();
    }
    let links = providers
        .into_iter()
        .enumerate()
        .map(|(place, provider)| {
            let (glyph, text) = if provider.kind == GUEST {
                (Glyph::User, "Enter as guest".to_owned())
            } else {
                (Glyph::SignIn, format!("Sign in with {}", provider.title))
            };
            let class = if place == 0 { "btn primary" } else { "btn" };
            view! { <li><a class=class href=provider.url><Icon glyph/>{text}</a></li> }
        })
        .collect_view();
    view! {
        {heading.map(|text| view! { <h2>{text}</h2> })}
        <ul class="ways" aria-label="Ways to sign in">{links}</ul>
    }
    .into_any()
}
