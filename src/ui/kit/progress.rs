//! How far something is, and that something goes on.
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A bar with its name and, where it is known, how far it is.
#[component]
pub fn ProgressBar(
    /// What goes on.
    #[prop(into)]
    label: String,
    /// How much is done; unknown when absent.
    #[prop(optional_no_strip, into)]
    done: Option<u32>,
    /// How much there is to do.
    #[prop(default = 100)]
    of: u32,
    /// The state in words.
    #[prop(into)]
    note: String,
    /// Class that sets the colour, for what failed or is finished.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let bar = match done {
        Some(done) => {
            view! { <progress max=of.to_string() value=done.min(of).to_string()></progress> }
                .into_any()
        }
        None => view! { <progress></progress> }.into_any(),
    };
    view! {
        <label class=format!("progress {class}")>
            <span>{label}<small>{note}</small></span>
            {bar}
        </label>
    }
}

/// A turning circle with its words.
#[component]
pub fn Busy(
    /// What goes on.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="busy" role="status"><span class="spin"><Icon glyph=Glyph::Loader/></span>{text}</span> }
}
