//! One line of a description list: a name and what it is.
use leptos::prelude::*;

/// A name with its value; stands inside a `<dl class="kv">`.
#[component]
pub fn KeyValue(
    /// Name of the value.
    #[prop(into)]
    name: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
