//! `/problems`: what is wrong in the files of the catalog, by file or by owner.
use callboard_model::{
    Severity,
    view::{FacetValue, ProblemGroup, ProblemsQuery, ProblemsView},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::error::ErrorPage;
use crate::platform::now_ms;
use crate::{
    api::catalog::list_problems,
    paths,
    ui::{
        components::{
            entity_link::EntityLink,
            problem_item::{ProblemEntry, severity_look},
        },
        kit::{
            empty_state::EmptyState,
            facet_list::{FacetLink, FacetList},
            filter_chip::FilterChip,
            icon::{Glyph, Icon},
            number::{counted, thousands},
        },
        layout::page_header::PageHeader,
    },
};

/// What the page is about.
const LEAD: &str = "What the portal found in the files of the catalog. A file with a problem never stops the others.";

/// The list of open problems with its filters.
#[component]
pub(super) fn ProblemsPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    Suspend::new(async move {
        match list_problems(query.clone()).await {
            Ok(answer) => view! {
                <Title text="Problems"/>
                <PageHeader title="Problems" lead=LEAD.to_owned()/>
                {content(answer, &query)}
            }
            .into_any(),
            Err(error) => {
                view! { <ErrorPage title="The problems could not be shown" error/> }.into_any()
            }
        }
    })
}

fn parse(params: &ParamsMap) -> ProblemsQuery {
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    ProblemsQuery {
        severity: text("severity"),
        owner: text("owner"),
        code: text("code"),
        group: text("group"),
    }
}

fn content(answer: ProblemsView, query: &ProblemsQuery) -> AnyView {
    if answer.counts.total() == 0 {
        return view! {
            <EmptyState glyph=Glyph::Done title="No open problems">
                <p>"Every file of the catalog was read, and every reference leads somewhere."</p>
                <p>"To check files before they are merged, run "<code>"callboard check PATH"</code>" where they are."</p>
            </EmptyState>
        }
        .into_any();
    }
    let shown: usize = answer.groups.iter().map(|group| group.problems.len()).sum();
    let sum = counted(answer.total, "problem");
    let capped = (shown < answer.total).then(
        || view! { <p class="meta">{format!("The first {} are shown.", thousands(shown))}</p> },
    );
    let severities = severities(&answer, query);
    let chips = chips(&answer, query);
    let lists = facets(&answer, query);
    let groups = if answer.total == 0 {
        nothing_left()
    } else {
        groups(answer.groups)
    };
    view! {
        <div class="tabs-row">{severities} {grouping(query)}</div>
        <div class="catalog">
            <details class="facets">
                <summary class="btn">"Filters"</summary>
                <nav aria-label="Filters">{lists}</nav>
            </details>
            <div class="results">
                <div class="bar"><p class="sum"><b>{sum}</b></p>{chips}</div>
                {groups} {capped}
            </div>
        </div>
    }
    .into_any()
}

/// Links to one severity each.
fn severities(answer: &ProblemsView, query: &ProblemsQuery) -> impl IntoView + use<> {
    let counts = answer.counts;
    let all = tab(query, "", None, "All", counts.total());
    let each = [
        (Severity::Error, counts.errors),
        (Severity::Warning, counts.warnings),
        (Severity::Info, counts.infos),
    ]
    .map(|(severity, count)| {
        let (tone, glyph, word) = severity_look(severity);
        tab(
            query,
            severity.as_str(),
            Some((glyph, tone.class())),
            word,
            count,
        )
    });
    view! { <nav aria-label="Severity"><ul class="tabs">{all} {each.collect_view()}</ul></nav> }
}

fn tab(
    query: &ProblemsQuery,
    severity: &str,
    look: Option<(Glyph, &'static str)>,
    word: &'static str,
    count: usize,
) -> impl IntoView + use<> {
    let current = (query.severity == severity).then_some("true");
    let href = paths::problems(&ProblemsQuery {
        severity: severity.to_owned(),
        ..query.clone()
    });
    let icon = look.map(|(glyph, class)| view! { <span class=class><Icon glyph/></span> });
    view! { <li><a href=href aria-current=current>{icon} {word} " " <b>{thousands(count)}</b></a></li> }
}

/// Links that group by file or by owner.
fn grouping(query: &ProblemsQuery) -> impl IntoView + use<> {
    let by_owner = query.group == "owner";
    let link = |group: &str, text: &'static str, current: bool| {
        let href = paths::problems(&ProblemsQuery {
            group: group.to_owned(),
            ..query.clone()
        });
        view! { <li><a href=href aria-current=current.then_some("true")>{text}</a></li> }
    };
    view! {
        <nav aria-label="Grouping">
            <ul class="tabs">{link("", "By file", !by_owner)} {link("owner", "By owner", by_owner)}</ul>
        </nav>
    }
}

/// Groups of owners and of codes to filter by.
fn facets(answer: &ProblemsView, query: &ProblemsQuery) -> impl IntoView + use<> {
    let list = |values: &[FacetValue], with: &dyn Fn(&str) -> ProblemsQuery| -> Vec<FacetLink> {
        values
            .iter()
            .map(|value| FacetLink {
                label: value.label.clone(),
                count: value.count,
                selected: value.selected,
                href: paths::problems(&with(if value.selected { "" } else { &value.value })),
                glyph: None,
            })
            .collect()
    };
    let owners = list(&answer.owners, &|owner| ProblemsQuery {
        owner: owner.to_owned(),
        ..query.clone()
    });
    let codes = list(&answer.codes, &|code| ProblemsQuery {
        code: code.to_owned(),
        ..query.clone()
    });
    view! { <FacetList title="Owner" values=owners/> <FacetList title="Code" values=codes/> }
}

/// The filters that are on.
fn chips(answer: &ProblemsView, query: &ProblemsQuery) -> impl IntoView + use<> {
    let label = |values: &[FacetValue], value: &str| {
        values
            .iter()
            .find(|known| known.value == value)
            .map_or_else(|| value.to_owned(), |known| known.label.clone())
    };
    let mut chips = Vec::new();
    if !query.owner.is_empty() {
        let without = ProblemsQuery {
            owner: String::new(),
            ..query.clone()
        };
        chips.push(("Owner", label(&answer.owners, &query.owner), without));
    }
    if !query.code.is_empty() {
        let without = ProblemsQuery {
            code: String::new(),
            ..query.clone()
        };
        chips.push(("Code", label(&answer.codes, &query.code), without));
    }
    (!chips.is_empty()).then(|| {
        let chips = chips
            .into_iter()
            .map(|(name, value, without)| {
                let href = paths::problems(&without);
                view! { <FilterChip name value href/> }
            })
            .collect_view();
        view! { <ul class="chips" aria-label="Active filters">{chips}</ul> }
    })
}

fn nothing_left() -> AnyView {
    view! {
        <EmptyState glyph=Glyph::Search title="No problem matches these filters">
            <p><a class="btn" href=paths::PROBLEMS>"Show all problems"</a></p>
        </EmptyState>
    }
    .into_any()
}

fn groups(groups: Vec<ProblemGroup>) -> AnyView {
    let now = now_ms();
    groups
        .into_iter()
        .map(|group| {
            let count = group.problems.len();
            let title = match group.owner {
                Some(label) => view! { <EntityLink label/> }.into_any(),
                None => view! { <Icon glyph=Glyph::File/><span>{group.title}</span> }.into_any(),
            };
            let items = group
                .problems
                .into_iter()
                .map(|row| view! { <ProblemEntry row now/> })
                .collect_view();
            view! {
                <section class="card flush place">
                    <h2>{title}" "<span class="count">{thousands(count)}</span></h2>
                    <ul class="problems">{items}</ul>
                </section>
            }
        })
        .collect_view()
        .into_any()
}
