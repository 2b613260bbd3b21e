//! `/settings`: who I am, what counts as mine, how the portal looks for me, what I keep, where I am signed in, and the
//! tokens that act in my name.
//!
//! `/settings/tokens` is the same page; the form that makes a token answers there and shows the token once.
mod appearance;
mod marked;
mod profile;
mod sessions;
mod tokens;
mod views;

use callboard_model::view::{AccountView, FreshToken};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{error::ErrorPage, sheet::Sheet};
use crate::{
    api::account::get_account,
    paths,
    platform::now_ms,
    ui::{
        components::star::Mark,
        frame::{FormMistake, Frame},
        kit::{alert::Alert, badge::Tone, copy_button::CopyButton},
        layout::page_header::PageHeader,
    },
};

/// What the page is about.
const LEAD: &str = "Who you are here, how the portal looks for you, and what it keeps for you.";

/// The parts of the page: anchor and name, and whether the guest has it too.
const PARTS: [(&str, &str, bool); 9] = [
    ("profile", "Profile", true),
    ("mine", "What counts as mine", true),
    ("keyboard", "Keyboard", true),
    ("appearance", "Appearance", true),
    ("starred", "Starred", true),
    ("watched", "Watched", true),
    ("views", "Saved views", true),
    ("sessions", "Sessions", false),
    ("tokens", "Access tokens", false),
];

/// The settings of whoever asks.
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    let fresh = use_context::<FreshToken>();
    let mistake = use_context::<FormMistake>();
    let frame = use_context::<Frame>().unwrap_or_default();
    let page = Suspend::new(async move {
        match get_account().await {
            Ok(account) => content(account, fresh, mistake, &frame).into_any(),
            Err(error) => {
                view! { <ErrorPage title="Your settings could not be shown" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="account"/> <Sheet name="settings"/> {page} }
}

fn content(
    account: AccountView,
    fresh: Option<FreshToken>,
    mistake: Option<FormMistake>,
    frame: &Frame,
) -> impl IntoView + use<> {
    let now = now_ms();
    let title = if mistake.is_some() {
        "That did not work: Settings"
    } else {
        "Settings"
    };
    let rest = if account.is_guest {
        guest_note(frame).into_any()
    } else {
        view! {
            <sessions::SessionsCard sessions=account.sessions.clone() now/>
            <tokens::TokensCard tokens=account.tokens.clone() now/>
        }
        .into_any()
    };
    view! {
        <Title text=title/>
        <PageHeader title="Settings" lead=LEAD.to_owned()/>
        {mistake.map(|FormMistake(text)| mistaken(text))}
        {fresh.map(fresh_token)}
        {parts(account.is_guest)}
        <div class="pair">
            <profile::ProfileCard account=account.clone()/>
            <profile::OwnershipCard ownership=account.ownership.clone() nested=account.nested_groups/>
            <appearance::KeyboardCard/>
            <appearance::AppearanceCard frame=frame.clone()/>
            <marked::MarkedCard mark=Mark::Star rows=account.starred total=account.starred_total now/>
            <marked::MarkedCard mark=Mark::Watch rows=account.watched total=account.watched_total now/>
        </div>
        <views::ViewsCard views=account.views/>
        {rest}
    }
}

/// Links to the parts of the page.
fn parts(is_guest: bool) -> impl IntoView {
    let all = PARTS
        .into_iter()
        .filter(|(.., for_guest)| *for_guest || !is_guest);
    let items = all
        .map(|(anchor, name, _)| view! { <li><a href=format!("#{anchor}")>{name}</a></li> })
        .collect_view();
    view! {
        <nav class="anchors" aria-label="Parts of the settings">
            <ul class="tabs">{items}</ul>
        </nav>
    }
}

/// Says why a form was not taken.
fn mistaken(text: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Danger title="That did not work" answers=true>
            <p>{text}</p>
        </Alert>
    }
}

/// Shows a new token, this once.
fn fresh_token(fresh: FreshToken) -> impl IntoView {
    let title = format!("The token {} is ready", fresh.name);
    view! {
        <Alert tone=Tone::Ok title answers=true>
            <p>"Copy it now. It is shown once; the portal keeps no copy that it could show again."</p>
            <p class="token"><code id="fresh-token">{fresh.token}</code><CopyButton source="#fresh-token" label="Copy the token"/></p>
            <p>"Programs send it as "<code>"Authorization: Bearer TOKEN"</code>"."</p>
        </Alert>
    }
}

/// Says why the guest has neither sessions nor tokens.
fn guest_note(frame: &Frame) -> impl IntoView + use<> {
    let sign_in = frame.can_sign_in.then(|| {
        let href = paths::sign_in(paths::SETTINGS);
        view! { <p><a href=href>"Sign in"</a>" to have both."</p> }
    });
    view! {
        <div class="after">
            <Alert tone=Tone::Info title="The guest has no sessions and no access tokens">
                <p>
                    "The guest proves nothing about who they are, and what a token does must lead back to one person."
                </p>
                {sign_in}
            </Alert>
        </div>
    }
}
