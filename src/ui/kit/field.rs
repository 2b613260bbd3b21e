//! A labelled control of a form.
use leptos::prelude::*;

/// A label above the control that it belongs to.
#[component]
pub fn Field(
    /// What to fill in.
    #[prop(into)]
    label: String,
    /// The `id` of the control.
    id: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// The control, and help below it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("field {class}")>
            <label for=id>{label}</label>
            {children()}
        </div>
    }
}

/// A choice of one among a few values.
#[component]
pub fn Choice(
    /// What to choose.
    #[prop(into)]
    label: String,
    /// The `id` of the control.
    id: &'static str,
    /// Name of the value in the form.
    name: &'static str,
    /// Values as the form sends them and as people read them.
    options: Vec<(String, String)>,
    /// The value that is chosen at first.
    #[prop(into)]
    chosen: String,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <Field label id>
            <select id=id name=name>{options}</select>
        </Field>
    }
}
