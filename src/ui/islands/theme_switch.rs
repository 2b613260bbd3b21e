//! The choice of colours. A plain form does it without JavaScript; live, the page changes at once.
use leptos::{prelude::*, wasm_bindgen::JsCast};
use web_sys::HtmlDocument;

use crate::{
    paths,
    ui::{
        frame::{THEME_COOKIE, Theme},
        kit::icon::{Glyph, Icon},
    },
};

/// The choices with icon and name.
const CHOICES: [(Theme, Glyph, &str); 3] = [
    (Theme::Light, Glyph::Sun, "Light"),
    (Theme::System, Glyph::Screen, "As the system"),
    (Theme::Dark, Glyph::Moon, "Dark"),
];

/// Three buttons, of which the chosen one is pressed.
#[island]
pub fn ThemeSwitch(
    /// The chosen theme, as its word.
    theme: String,
    /// Path to come back to without JavaScript.
    back: String,
) -> impl IntoView {
    let chosen = RwSignal::new(Theme::from_word(&theme));
    let buttons = CHOICES
        .into_iter()
        .map(|(theme, glyph, name)| {
            let choose = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                apply(theme);
                chosen.set(theme);
            };
            view! {
                <button
                    name="theme"
                    value=theme.as_str()
                    title=name
                    aria-label=name
                    aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                    on:click=choose
                >
                    <Icon glyph/>
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="theme" method="post" action=paths::THEME aria-label="Theme">
            <input type="hidden" name="back" value=back/>
            {buttons}
        </form>
    }
}

/// Changes the page that is open, and the cookie for those that follow.
pub(super) fn apply(theme: Theme) {
    let word = theme.as_str();
    let document = document();
    // Neither call can be refused: the attribute's name is valid, and a browser without cookies ignores them.
    if let Some(root) = document.document_element() {
        root.set_attribute("data-theme", word).ok();
    }
    let cookie = format!("{THEME_COOKIE}={word}; path=/; max-age=31536000; samesite=lax");
    document
        .unchecked_ref::<HtmlDocument>()
        .set_cookie(&cookie)
        .ok();
}
