//! The frame of a table that scrolls on its own, and the cell that selects a row.
use leptos::prelude::*;

/// A table in a pane; wide ones scroll sideways in it, and the keyboard can scroll it too.
#[component]
pub fn TableFrame(
    /// What the pane is called.
    #[prop(into)]
    label: String,
    /// What the table lists, for people who do not see it.
    #[prop(into)]
    caption: String,
    /// Whether the head stays in sight while the pane scrolls.
    #[prop(optional)]
    sticky: bool,
    /// `thead` and `tbody`.
    children: Children,
) -> impl IntoView {
    let class = if sticky { "scroll sticky" } else { "scroll" };
    view! {
        <div class=class tabindex="0" role="group" aria-label=label>
            <table class="table"><caption class="vh">{caption}</caption>{children()}</table>
        </div>
    }
}

/// The box that selects a row.
#[component]
pub fn SelectCell(
    /// Name of the value in the form.
    #[prop(into)]
    name: String,
    /// The value that stands for the row.
    #[prop(into)]
    value: String,
    /// What is selected.
    #[prop(into)]
    what: String,
    /// Whether it is selected at first.
    #[prop(optional)]
    on: bool,
) -> impl IntoView {
    let label = format!("Select {what}");
    view! {
        <td class="pick"><input type="checkbox" class="box" name=name value=value checked=on aria-label=label/></td>
    }
}
