//! Boxes to tick, one of a few to pick, and switches.
use leptos::prelude::*;

/// What is drawn before the text of a choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// A box: any number of them.
    #[default]
    Box,
    /// A circle: one of those with the same name.
    Circle,
    /// A switch: on or off.
    Switch,
}

/// One choice with its text; the text can be clicked as well.
#[component]
pub fn Tick(
    /// What it says.
    #[prop(into)]
    text: String,
    /// Name of the value in the form.
    #[prop(into)]
    name: String,
    /// The value that the form sends when it is on.
    #[prop(optional, into)]
    value: String,
    /// What is drawn.
    #[prop(optional)]
    mark: Mark,
    /// Whether it is on at first.
    #[prop(optional)]
    on: bool,
    /// Whether it cannot be used now.
    #[prop(optional)]
    off: bool,
    /// Whether what was chosen is wrong.
    #[prop(optional)]
    wrong: bool,
    /// What follows from it.
    #[prop(optional, into)]
    note: Option<String>,
    /// Further classes of the box.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let (kind, role) = match mark {
        Mark::Box => ("checkbox", None),
        Mark::Circle => ("radio", None),
        Mark::Switch => ("checkbox", Some("switch")),
    };
    let drawn = match mark {
        Mark::Box => "box",
        Mark::Circle => "box round",
        Mark::Switch => "box slide",
    };
    let class = format!("{drawn} {class}").trim_end().to_owned();
    let value = (!value.is_empty()).then_some(value);
    view! {
        <label class="tick">
            <input
                class=class
                type=kind
                role=role
                name=name
                value=value
                checked=on
                disabled=off
                aria-invalid=wrong.then_some("true")
            />
            <span>{text} {note.map(|note| view! { <small>{note}</small> })}</span>
        </label>
    }
}

/// Choices that belong together, under one heading.
#[component]
pub fn TickGroup(
    /// The heading.
    #[prop(into)]
    legend: String,
    /// What is wrong with the choice, and what would be right.
    #[prop(optional, into)]
    error: Option<String>,
    /// The choices.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="ticks">
            <legend>{legend}</legend>
            {children()}
            {error.map(|text| view! { <p class="mistake">{text}</p> })}
        </fieldset>
    }
}
