//! What starts an action: a button, or a link that looks like one.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// One of several.
    #[default]
    Plain,
    /// What most people want here; at most once in a group.
    Primary,
    /// What cannot be taken back.
    Danger,
    /// Beside others that matter more.
    Quiet,
}

impl Weight {
    /// Returns the classes of the button.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "btn",
            Self::Primary => "btn primary",
            Self::Danger => "btn risk",
            Self::Quiet => "btn quiet",
        }
    }
}

/// A button with a verb; a link where there is an address.
#[component]
pub fn Button(
    /// The verb.
    #[prop(into)]
    text: String,
    /// How much it stands out.
    #[prop(optional)]
    weight: Weight,
    /// Picture before the text.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
    /// Where it leads; without it, the button is one of a form or of a script.
    #[prop(optional, into)]
    href: Option<String>,
    /// Whether it sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// Whether it cannot be used now. Say beside it why.
    #[prop(optional)]
    off: bool,
    /// Whether what it started is still going on.
    #[prop(optional)]
    busy: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = format!("{} {class}", weight.class());
    let class = class.trim_end().to_owned();
    let picture = if busy {
        Some(view! { <span class="spin"><Icon glyph=Glyph::Loader/></span> }.into_any())
    } else {
        glyph.map(|glyph| view! { <Icon glyph/> }.into_any())
    };
    let waits = busy.then_some("true");
    match href {
        Some(href) if !off => {
            view! { <a class=class href=href aria-busy=waits>{picture}{text}</a> }.into_any()
        }
        // A link without an address is not focused, so that nobody lands where nothing happens.
        Some(_) => {
            view! { <a class=class role="link" aria-disabled="true">{picture}{text}</a> }.into_any()
        }
        None => {
            let kind = if submit { "submit" } else { "button" };
            view! { <button class=class type=kind disabled=off aria-busy=waits>{picture}{text}</button> }.into_any()
        }
    }
}
