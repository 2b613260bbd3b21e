//! `/admin/audit`: who did what, on what, from where, and what came of it.
mod filters;
mod table;

use callboard_model::view::{AuditQuery, AuditView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{error::ErrorPage, sheet::Sheet};
use crate::{
    api::admin::list_audit,
    paths,
    ui::{
        kit::{
            card::Card,
            copy_button::CopyButton,
            empty_state::EmptyState,
            icon::{Glyph, Icon},
            number::thousands,
        },
        layout::page_header::PageHeader,
    },
};

/// What the page is about.
const LEAD: &str =
    "Every change, every sign-in and every request that the policy refused, the newest first.";

/// The audit log with its filters.
#[component]
pub(super) fn AuditPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let page = Suspend::new(async move {
        match list_audit(query.clone()).await {
            Ok(answer) => content(answer, &query).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The audit log could not be shown" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="account"/> {page} }
}

fn parse(params: &ParamsMap) -> AuditQuery {
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    AuditQuery {
        actor: text("actor"),
        event: text("event"),
        decision: text("decision"),
        result: text("result"),
        q: text("q"),
        from: text("from"),
        to: text("to"),
        before: text("before").parse().ok(),
    }
}

fn content(answer: AuditView, query: &AuditQuery) -> impl IntoView + use<> {
    let head = answer.head.clone().map(proof);
    let form = filters::form(query, &answer.events);
    let body = if answer.rows.is_empty() {
        nothing(query).into_any()
    } else {
        list(answer, query).into_any()
    };
    view! {
        <Title text="Audit log"/>
        <PageHeader title="Audit log" lead=LEAD.to_owned()/>
        {form} {body} {head}
    }
}

/// How many entries there are, what they are filtered by, and the entries.
fn list(answer: AuditView, query: &AuditQuery) -> impl IntoView + use<> {
    let total = usize::try_from(answer.total).unwrap_or(usize::MAX);
    let noun = if total == 1 { "entry" } else { "entries" };
    let export = ["csv", "json"].map(|format| {
        let href = paths::audit_export(query, format);
        let label = format!("Export as {}", format.to_uppercase());
        view! { <li><a class="btn" href=href download><Icon glyph=Glyph::Down/>{label}</a></li> }
    });
    view! {
        <div class="bar">
            <p class="sum"><b>{thousands(total)}</b>" "{noun}</p>
            {filters::chips(query)}
            <ul class="actions end">{export.collect_view()}</ul>
        </div>
        <table::AuditTable rows=answer.rows query=query.clone()/>
        {pages(query, answer.next)}
    }
}

/// Links to older entries and back to the newest.
fn pages(query: &AuditQuery, next: Option<i64>) -> impl IntoView + use<> {
    let link = |before: Option<i64>, rel: &'static str, text: &'static str| {
        let href = paths::audit(&AuditQuery {
            before,
            ..query.clone()
        });
        view! { <li><a rel=rel href=href>{text}</a></li> }
    };
    let newest = query.before.map(|_| link(None, "first", "Newest"));
    let older = next.map(|before| link(Some(before), "next", "Older"));
    (newest.is_some() || older.is_some()).then(|| {
        view! { <nav class="pages" aria-label="Pages"><ul>{newest}{older}</ul></nav> }
    })
}

/// Says that nothing is there, or nothing that was asked for.
fn nothing(query: &AuditQuery) -> impl IntoView + use<> {
    if *query == AuditQuery::default() {
        return view! {
            <EmptyState glyph=Glyph::Audit title="Nothing is in the audit log yet">
                <p>"The first sign-in, the first change and the first request that is refused will stand here."</p>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <div class="bar">{filters::chips(query)}</div>
        <EmptyState glyph=Glyph::Search title="No entry matches these filters">
            <p>"Take one of them off, or choose a longer time."</p>
            <p><a class="btn" href=paths::AUDIT>"Show all entries"</a></p>
        </EmptyState>
    }
    .into_any()
}

/// The hash of the newest entry, and what it is good for.
fn proof(head: String) -> impl IntoView {
    view! {
        <Card title="Is the log complete?" id="proof" class="after">
            <p>
                "Each entry holds a hash over itself and the entry before. "<code>"callboard audit verify"</code>
                " computes them again and names the first entry that was changed or taken out."
            </p>
            <p class="quiet">"Keep the newest hash where the portal cannot reach it. An end that was cut off shows only against a copy of it."</p>
            <p class="hash"><code id="head">{head}</code><CopyButton source="#head" label="Copy the newest hash"/></p>
        </Card>
    }
}
