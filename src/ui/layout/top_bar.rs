//! The bar at the top: search, shortcuts, theme.
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        frame::Frame,
        islands::theme_switch::ThemeSwitch,
        kit::icon::{Glyph, Icon},
    },
};

/// Search and settings, on every page.
#[component]
pub fn TopBar(
    /// The chosen theme and the path of this page.
    frame: Frame,
) -> impl IntoView {
    view! {
        <header class="top">
            <a class="brand" href=paths::HOME aria-label=frame.title>
                <img src="/favicon.svg" alt="" width="28" height="28"/>
            </a>
            <form class="search" role="search" action=paths::CATALOG>
                <Icon glyph=Glyph::Search/>
                <input
                    type="search"
                    name="q"
                    aria-label="Search the catalog"
                    placeholder="Search the catalog"
                    autocomplete="off"
                />
                <kbd class="js">"/"</kbd>
            </form>
            <button class="icon-btn js" type="button" data-open="keys" aria-label="Keyboard shortcuts" title="Keyboard shortcuts">
                "?"
            </button>
            <ThemeSwitch theme=frame.theme.as_str().to_owned() back=frame.here/>
        </header>
    }
}
