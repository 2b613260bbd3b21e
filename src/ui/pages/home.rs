//! `/`: what there is, what is mine, what changed, what is wrong.
mod first_run;
mod owned;

use callboard_model::view::{HomeView, KindCount, ProblemCounts};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::error::ErrorPage;
use crate::platform::now_ms;
use crate::{
    api::catalog::get_home,
    paths,
    ui::{
        components::{
            change_list::{ChangeList, Subject},
            kind,
            problem_item::{ProblemItem, severity_look},
        },
        frame::Frame,
        kit::{
            alert::Alert,
            badge::Tone,
            card::Card,
            icon::{Glyph, Icon},
            number::{counted, thousands},
        },
        layout::page_header::PageHeader,
    },
};
use callboard_model::Severity;

/// The home page.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("owner"));
    let frame = use_context::<Frame>().unwrap_or_default();
    let owner = asked.unwrap_or(frame.owner);
    Suspend::new(async move {
        match get_home(owner).await {
            Ok(home) => content(home).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The home page could not be shown" error/> }.into_any()
            }
        }
    })
}

fn content(home: HomeView) -> impl IntoView {
    let total: usize = home.kinds.iter().map(|kind| kind.count).sum();
    let body = if total == 0 && !home.ingesting {
        view! { <first_run::FirstRun/> }.into_any()
    } else {
        overview(home.clone())
    };
    let lead = (total > 0).then(|| {
        let noun = if total == 1 { "entity" } else { "entities" };
        format!("{} {noun} in the catalog", thousands(total))
    });
    let ingesting = home.ingesting.then(|| {
        view! {
            <Alert tone=Tone::Info title="The catalog is being read for the first time">
                <p>"What is here grows until every location was read. Reload the page to see more."</p>
            </Alert>
        }
    });
    view! {
        <Title text=""/>
        <PageHeader title=home.organization lead/>
        {ingesting} {body}
    }
}

fn overview(home: HomeView) -> AnyView {
    let now = now_ms();
    let changes = if home.changes.is_empty() {
        view! { <p class="none">"Nothing has changed yet."</p> }.into_any()
    } else {
        view! { <ChangeList changes=home.changes subject=Subject::Named now/> }.into_any()
    };
    view! {
        <ul class="tiles" aria-label="Catalog by kind">{home.kinds.into_iter().map(tile).collect_view()}</ul>
        <div class="columns">
            <div>
                <owned::OwnedCard owners=home.owners owner=home.owner rows=home.owned total=home.owned_total/>
                <Card title="Problems" id="problems" class="flush">
                    {problem_summary(home.problem_counts)}
                    {(!home.problems.is_empty())
                        .then(|| {
                            let items = home
                                .problems
                                .into_iter()
                                .map(|diagnostic| view! { <ProblemItem diagnostic/> })
                                .collect_view();
                            view! { <ul class="problems">{items}</ul> }
                        })}
                </Card>
            </div>
            <div>
                <Card title="Recently changed" id="changes">{changes}</Card>
            </div>
        </div>
    }
    .into_any()
}

/// A kind with its count, leading to its table.
fn tile(count: KindCount) -> impl IntoView {
    let (glyph, class) = kind::look(&count.kind);
    let name = if count.count == 1 {
        kind::name(&count.kind)
    } else {
        kind::plural(&count.kind)
    };
    view! {
        <li>
            <a class=class href=paths::kind(&count.kind)>
                <Icon glyph/>
                <b>{thousands(count.count)}</b>
                <span>{name}</span>
            </a>
        </li>
    }
}

/// How many problems there are, or that there are none.
fn problem_summary(counts: ProblemCounts) -> AnyView {
    if counts.total() == 0 {
        return view! {
            <p class="none ok"><Icon glyph=Glyph::Done/>" Every file was read without a problem."</p>
        }
        .into_any();
    }
    let parts = [
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
    .collect_view();
    let all = format!("Show all {}", thousands(counts.total()));
    view! { <p class="none">{parts}<a href=paths::PROBLEMS>{all}</a></p> }.into_any()
}
