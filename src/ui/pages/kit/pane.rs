//! One theme's side of the page: names that are unique on the page, and the frame around a state.
use leptos::prelude::*;

/// One theme's side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pane {
    /// The value of `data-theme`.
    pub(super) theme: &'static str,
    /// Whether it is the first one, which has what may be on the page once.
    pub(super) is_first: bool,
}

impl Pane {
    /// Returns an `id` that the other side does not have.
    pub(super) fn id(self, id: &str) -> String {
        format!("{id}-{}", self.theme)
    }

    /// Returns a name for a landmark that the other side does not have.
    pub(super) fn label(self, label: &str) -> String {
        format!("{label}, {}", self.theme)
    }
}

/// One state with its name.
#[component]
pub(super) fn State(
    /// What it is called.
    name: &'static str,
    /// Whether it takes the whole line.
    #[prop(optional)]
    wide: bool,
    /// The piece in this state.
    children: Children,
) -> impl IntoView {
    let class = if wide { "state wide" } else { "state" };
    view! {
        <div class=class>
            <p class="state-name">{name}</p>
            <div class="state-body">{children()}</div>
        </div>
    }
}
