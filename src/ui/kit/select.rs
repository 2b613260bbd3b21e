//! The choice of one among many values: a list that opens, or a line of text with suggestions.
use leptos::prelude::*;

use super::text_input::Control;

/// One among values that are all known.
#[component]
pub fn Select(
    /// Label, help, error and state.
    control: Control,
    /// Values as the form sends them and as people read them.
    options: Vec<(String, String)>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    chosen: String,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    let select = view! {
        <select
            class=control.class
            id=control.id.clone()
            name=control.name.clone()
            disabled=control.off
            required=control.required
            aria-invalid=control.invalid()
            aria-busy=control.busy.then_some("true")
            aria-describedby=control.described_by()
        >
            {options}
        </select>
    };
    control.around(select)
}

/// A line of text that suggests values and takes others as well.
#[component]
pub fn Combobox(
    /// Label, help, error and state.
    control: Control,
    /// What is suggested.
    suggestions: Vec<String>,
    /// The value at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let list = format!("{}-list", control.id);
    let suggestions = suggestions
        .into_iter()
        .map(|text| view! { <option value=text></option> })
        .collect_view();
    let input = view! {
        <input
            class=control.class
            type="text"
            id=control.id.clone()
            name=control.name.clone()
            list=list.clone()
            value=value
            dir="auto"
            autocomplete="off"
            disabled=control.off
            readonly=control.read_only
            required=control.required
            aria-invalid=control.invalid()
            aria-describedby=control.described_by()
        />
        <datalist id=list>{suggestions}</datalist>
    };
    control.around(input)
}
