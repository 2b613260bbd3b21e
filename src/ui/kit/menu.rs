//! Actions behind a button. It is a `details` element, so it opens without JavaScript.
//!
//! With `public/boot.js` the arrow keys go through it, Escape closes it and gives the focus back to the button.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A button that opens a list of actions.
#[component]
pub fn Menu(
    /// What it is a menu of; shown unless there is a picture.
    #[prop(into)]
    label: String,
    /// Picture that stands for the words.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
    /// Whether it opens towards the end of the line, for a button at its start.
    #[prop(optional)]
    at_start: bool,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// The actions: [`MenuItem`] and [`MenuLine`].
    children: Children,
) -> impl IntoView {
    let class = if at_start {
        "menu drop at-start"
    } else {
        "menu drop"
    };
    let summary = match glyph {
        Some(glyph) => {
            let hint = label.clone();
            view! { <summary class="icon-btn" title=hint><Icon glyph/><span class="vh">{label}</span></summary> }
                .into_any()
        }
        None => {
            view! { <summary class="btn">{label}<Icon glyph=Glyph::More/></summary> }.into_any()
        }
    };
    view! {
        <details class=class open=open data-arrows="">
            {summary}
            <div><ul>{children()}</ul></div>
        </details>
    }
}

/// One action: a link, or a button of the form that stands around the menu.
#[component]
pub fn MenuItem(
    /// The verb.
    #[prop(into)]
    text: String,
    /// Picture before the text.
    #[prop(optional_no_strip, into)]
    glyph: Option<Glyph>,
    /// Where it leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// Name and value that the form sends.
    #[prop(optional_no_strip, into)]
    sends: Option<(String, String)>,
    /// The key that does the same.
    #[prop(optional, into)]
    key: Option<String>,
    /// Whether it cannot be used now; the text says why.
    #[prop(optional)]
    off: bool,
    /// Whether it cannot be taken back.
    #[prop(optional)]
    risk: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let icon = glyph.map(|glyph| view! { <Icon glyph/> });
    let key = key.map(|key| view! { <kbd>{key}</kbd> });
    let class = format!("{class}{}", if risk { " risk" } else { "" });
    let content = view! { {icon}<span>{text}</span>{key} };
    let item = match (href, sends) {
        (Some(href), _) if !off => view! { <a class=class href=href>{content}</a> }.into_any(),
        (_, Some((name, value))) => {
            view! { <button class=class name=name value=value disabled=off>{content}</button> }
                .into_any()
        }
        _ => view! { <button class=class type="button" disabled=off>{content}</button> }.into_any(),
    };
    view! { <li>{item}</li> }
}

/// A line between actions, with what the next ones are about.
#[component]
pub fn MenuLine(
    /// What the next actions are about.
    #[prop(optional, into)]
    text: Option<String>,
) -> impl IntoView {
    view! { <li class="line">{text}</li> }
}
