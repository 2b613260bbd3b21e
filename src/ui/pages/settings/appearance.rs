//! How the portal looks for me: colours, density, and whether single keys do something.
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        frame::{Density, Frame, Theme},
        kit::{
            card::Card,
            icon::{Glyph, Icon},
        },
    },
};

const THEMES: [(Theme, Glyph, &str); 3] = [
    (Theme::System, Glyph::Screen, "System"),
    (Theme::Light, Glyph::Sun, "Light"),
    (Theme::Dark, Glyph::Moon, "Dark"),
];

const DENSITIES: [(Density, &str); 3] = [
    (Density::Compact, "Compact"),
    (Density::Default, "Default"),
    (Density::Comfortable, "Comfortable"),
];

/// A form with both choices, kept for every browser of the person.
#[component]
pub(super) fn AppearanceCard(
    /// What is chosen now.
    frame: Frame,
) -> impl IntoView {
    let themes = THEMES
        .into_iter()
        .map(|(theme, glyph, name)| {
            let checked = frame.theme == theme;
            view! {
                <label>
                    <input type="radio" name="theme" value=theme.as_str() checked=checked/>
                    <Icon glyph/>
                    {name}
                </label>
            }
        })
        .collect_view();
    let densities = DENSITIES
        .into_iter()
        .map(|(density, name)| {
            let checked = frame.density == density;
            view! {
                <label>
                    <input type="radio" name="density" value=density.as_str() checked=checked/>
                    {name}
                </label>
            }
        })
        .collect_view();
    view! {
        <Card title="Appearance" id="appearance">
            <form class="looks" method="post" action=paths::PREFERENCES>
                <input type="hidden" name="back" value="/settings#appearance"/>
                <fieldset>
                    <legend>"Colours"</legend>
                    {themes}
                </fieldset>
                <fieldset>
                    <legend>"Rows of tables"</legend>
                    {densities}
                </fieldset>
                <button class="btn primary">"Save"</button>
                <p class="quiet">"Kept for you: another browser starts with what you chose last."</p>
            </form>
        </Card>
    }
}

/// Whether single keys do something in this browser.
#[component]
pub(super) fn KeyboardCard() -> impl IntoView {
    view! {
        <Card title="Keyboard" id="keyboard">
            <div class="looks">
                <label class="js">
                    <input type="checkbox" data-keys/>
                    "Single keys are on in this browser"
                </label>
                <p class="quiet">
                    "With "<kbd>"g"</kbd>" "<kbd>"h"</kbd>" one comes home, with "<kbd>"/"</kbd>" to the search. Whoever speaks to the computer may want them off."
                </p>
                <button class="btn js" type="button" data-open="keys">"Show all shortcuts"</button>
            </div>
        </Card>
    }
}
