//! The shape of what is on its way. It appears only when that takes longer than an instant.
use leptos::prelude::*;

/// Bars where lines of text will be.
#[component]
pub fn Skeleton(
    /// What is loading, for people who do not see the bars.
    #[prop(into)]
    label: String,
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let bars = (0..lines).map(|_| view! { <i></i> }).collect_view();
    view! { <div class="bones" role="status"><span class="vh">{label}</span>{bars}</div> }
}

/// Rows of a table where data will be.
#[component]
pub fn SkeletonRows(
    /// How many rows.
    #[prop(default = 3)]
    rows: usize,
    /// How many columns.
    columns: usize,
) -> impl IntoView {
    (0..rows)
        .map(|_| {
            let cells = (0..columns)
                .map(|_| view! { <td><span class="bones"><i></i></span></td> })
                .collect_view();
            view! { <tr aria-hidden="true">{cells}</tr> }
        })
        .collect_view()
}

/// One row across a table that says why there are no others.
#[component]
pub fn TableNote(
    /// How many columns the table has.
    columns: usize,
    /// Why there are none, and what to do next.
    children: Children,
) -> impl IntoView {
    view! { <tr class="note"><td colspan=columns.to_string()>{children()}</td></tr> }
}
