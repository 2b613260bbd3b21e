//! Buttons that star an entity and watch it: forms of one button, which work without JavaScript.
use callboard_model::EntityRef;
use leptos::prelude::*;

use crate::{
    paths,
    ui::kit::icon::{Glyph, Icon},
};

/// What a person can do to find an entity again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It stands on the home page.
    Star,
    /// Its changes stand on the home page.
    Watch,
}

impl Mark {
    /// Returns where the form goes, the pictures for off and on, and the verbs for off and on.
    fn look(self) -> (&'static str, [Glyph; 2], [&'static str; 2]) {
        match self {
            Self::Star => (
                paths::STARS,
                [Glyph::Star, Glyph::StarFilled],
                ["Star", "Unstar"],
            ),
            Self::Watch => (
                paths::WATCHES,
                [Glyph::Eye, Glyph::EyeOff],
                ["Watch", "Stop watching"],
            ),
        }
    }
}

/// A button that switches a mark of the caller's on or off.
#[component]
pub fn MarkButton(
    /// Which mark.
    mark: Mark,
    /// The entity.
    entity_ref: EntityRef,
    /// Name of the entity for people.
    title: String,
    /// Whether it has the mark now.
    on: bool,
    /// Path to come back to.
    back: String,
) -> impl IntoView {
    let (action, glyphs, verbs) = mark.look();
    let label = format!("{} {title}", verbs[usize::from(on)]);
    let hint = label.clone();
    view! {
        <form class="mark-form" method="post" action=action data-mark>
            <input type="hidden" name="ref" value=entity_ref.to_string()/>
            <input type="hidden" name="on" value=if on { "" } else { "1" }/>
            <input type="hidden" name="back" value=back/>
            <button class="icon-btn" class:on=on aria-label=label title=hint>
                <Icon glyph=glyphs[usize::from(on)]/>
            </button>
        </form>
    }
}
