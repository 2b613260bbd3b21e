//! Where one is on the way to a registration.
use leptos::prelude::*;

const STEPS: [&str; 3] = ["Address", "Review", "Follow"];

/// The steps with the present one marked.
#[component]
pub(super) fn Steps(
    /// The present one, counted from 0.
    at: usize,
) -> impl IntoView {
    let steps = STEPS.iter().enumerate().map(|(number, name)| {
        let current = (number == at).then_some("step");
        let class = (number < at).then_some("done");
        view! { <li class=class aria-current=current><b aria-hidden="true">{number + 1}</b>{*name}</li> }
    });
    view! { <ol class="steps" aria-label="Steps">{steps.collect_view()}</ol> }
}
