//! The card "Open problems", with those of what is mine first.
use callboard_model::{
    Severity,
    view::{HomeView, ProblemCounts},
};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::problem_item::{ProblemItem, severity_look},
        kit::{
            card::Card,
            icon::{Glyph, Icon},
            number::{counted, thousands},
        },
    },
};

/// How many problems there are, and the worst.
#[component]
pub(super) fn ProblemsCard(
    /// Everything the page shows.
    home: HomeView,
) -> impl IntoView {
    let mine = (home.problems_mine > 0).then(|| {
        let text = format!(
            "{} about what {} owns, shown first.",
            counted(home.problems_mine, "problem"),
            home.owner
                .map_or_else(|| "the owner".to_owned(), |owner| owner.title)
        );
        view! { <p class="none">{text}</p> }
    });
    let list = (!home.problems.is_empty()).then(|| {
        let items = home
            .problems
            .into_iter()
            .map(|diagnostic| view! { <ProblemItem diagnostic/> })
            .collect_view();
        view! { <ul class="problems">{items}</ul> }
    });
    view! {
        <Card title="Open problems" id="problems" class="flush">
            {summary(home.problem_counts)} {mine} {list}
        </Card>
    }
}

/// How many problems there are, or that there are none.
fn summary(counts: ProblemCounts) -> AnyView {
    if counts.total() == 0 {
        return view! {
            <p class="none ok"><Icon glyph=Glyph::Done/>" Every file was read without a problem."</p>
        }
        .into_any();
    }
    let all = format!("Show all {}", thousands(counts.total()));
    view! { <p class="none">{badges(counts)}<a href=paths::PROBLEMS>{all}</a></p> }.into_any()
}

/// How many there are of each severity, as badges; nothing where there are none.
pub(super) fn badges(counts: ProblemCounts) -> impl IntoView {
    [
        (Severity::Error, counts.errors, "error"),
        (Severity::Warning, counts.warnings, "warning"),
        (Severity::Info, counts.infos, "remark"),
    ]
    .into_iter()
    .filter(|(_, count, _)| *count > 0)
    .map(|(severity, count, noun)| {
        let (tone, glyph, _) = severity_look(severity);
        view! { <span class=format!("badge {}", tone.class())><Icon glyph/>{counted(count, noun)}</span> }
    })
    .collect_view()
}
