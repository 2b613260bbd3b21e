//! A problem of a file that is not registered yet, with its lines.
use callboard_model::view::{Excerpt, ImportProblem};
use leptos::prelude::*;

use crate::ui::components::problem_item::ProblemItem;

/// Problems as a list, each with the lines that it is about.
#[component]
pub(super) fn ProblemsWithLines(
    /// The problems.
    problems: Vec<ImportProblem>,
) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let items = problems
            .into_iter()
            .map(|one| {
                let lines = one.excerpt.map(lines);
                view! { <ProblemItem diagnostic=one.diagnostic/> {lines} }
            })
            .collect_view();
        view! { <ul class="problems">{items}</ul> }
    })
}

fn lines(excerpt: Excerpt) -> impl IntoView {
    let (from, to) = excerpt.marked;
    let label = format!("Lines {} and following", excerpt.first);
    let rows = (excerpt.first..).zip(excerpt.lines);
    let rows = rows
        .map(|(number, line)| {
            let class = (from..=to).contains(&number).then_some("marked");
            view! { <span class=class><b>{number}</b>{format!("{line}\n")}</span> }
        })
        .collect_view();
    view! {
        <li class="excerpt">
            <pre tabindex="0" role="group" aria-label=label dir="ltr"><code>{rows}</code></pre>
        </li>
    }
}
