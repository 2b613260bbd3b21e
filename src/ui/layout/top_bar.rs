//! The bar at the top: search, shortcuts, theme, and who is signed in.
use leptos::prelude::*;

use super::user_menu::UserMenu;
use crate::{
    paths,
    ui::{
        frame::Frame,
        islands::{palette::Palette, theme_switch::ThemeSwitch},
        kit::icon::{Glyph, Icon},
    },
};

/// Search and settings, on every page.
#[component]
pub fn TopBar(
    /// The chosen theme, the path of this page and who asks.
    frame: Frame,
) -> impl IntoView {
    let theme = frame.theme.as_str().to_owned();
    let back = frame.here.clone();
    let brand = frame.title.clone();
    let menu = frame
        .user
        .clone()
        .map(|user| view! { <UserMenu user frame/> });
    view! {
        <header class="top">
            <a class="brand" href=paths::HOME aria-label=brand>
                <img src="/favicon.svg" alt="" width="28" height="28"/>
            </a>
            <form class="search nojs" role="search" action=paths::SEARCH>
                <Icon glyph=Glyph::Search/>
                <input type="search" name="q" aria-label="Search" placeholder="Search"/>
            </form>
            <button class="search js" type="button" data-open="palette" aria-keyshortcuts="Control+K Meta+K">
                <Icon glyph=Glyph::Search/>
                <span>"Search or run a command"</span>
                <kbd>"Ctrl K"</kbd>
            </button>
            <Palette/>
            <button class="icon-btn js" type="button" data-open="keys" aria-label="Keyboard shortcuts" title="Keyboard shortcuts">
                "?"
            </button>
            <ThemeSwitch theme back/>
            {menu}
        </header>
    }
}

/// The bar for somebody who is not signed in: nothing in it leads to a page that is closed to them.
#[component]
pub fn BareBar(
    /// Names, the chosen theme and the path of this page.
    frame: Frame,
) -> impl IntoView {
    let (path, _) = frame.here.split_once('?').unwrap_or((&frame.here, ""));
    // On the sign-in page itself the way to sign in is the page.
    let elsewhere = path != paths::SIGN_IN;
    let sign_in = elsewhere.then(|| paths::sign_in(&frame.here));
    view! {
        <header class="top">
            <a class="brand" href=paths::HOME>
                <img src="/favicon.svg" alt="" width="28" height="28"/>
                <span><b>{frame.title}</b>{frame.organization.map(|name| view! { <small>{name}</small> })}</span>
            </a>
            <ThemeSwitch theme=frame.theme.as_str().to_owned() back=frame.here.clone()/>
            {sign_in.map(|href| view! { <a class="btn primary" href=href><Icon glyph=Glyph::SignIn/>"Sign in"</a> })}
        </header>
    }
}
